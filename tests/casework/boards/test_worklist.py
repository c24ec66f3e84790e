"""What waits for whom: each case stands under one kind of work, by its deadline; and what others did."""

import datetime

from casework.boards import application_list, approval_board, chart_data
from casework.boards.worklist import SHOWN, Item, Waiting, news, numbers, waiting
from casework.core.office import SHANGHAI
from casework.issuing import (
    approval,
    delivery,
    letters,
    procedural_letters,
    publicity,
    vouchers,
    withdraw_suspend_revoke,
)
from casework.people import accounts
from casework.review import checking, corrections
from casework.rulebook import supplements
from models import Letter
from models.columns import moment_of
from tests.casework.desk import CODE, MINUTES, OTHER_CODE, PACK, YOUNG_CODE, Desk

TODAY = datetime.date(2026, 5, 20)
READING = {"startup_ceiling": "50"}
OFFICER, APPROVER = frozenset({"officer"}), frozenset({"approver"})


def kinds(desk: Desk, roles: frozenset[str] = OFFICER, person: str = "") -> dict[str, int]:
    """How many cases wait, by kind of work, in the order in which they are shown."""
    return {one.kind: one.cases for one in waiting(desk.office, roles, person)}


def of_kind(desk: Desk, kind: str, roles: frozenset[str] = OFFICER) -> Waiting:
    return next(one for one in waiting(desk.office, roles) if one.kind == kind)


def test_nothing_waits_in_an_office_without_cases(desk: Desk) -> None:
    assert kinds(desk, OFFICER | APPROVER) == {}


def test_a_case_that_came_in_waits_for_the_officer_alone(desk: Desk) -> None:
    case = desk.submit()
    (only,) = waiting(desk.office, OFFICER)
    item = Item(case, "湾畔语言模型有限公司", TODAY, None)
    assert only == Waiting("to_accept", 1, (item,), None)
    assert waiting(desk.office, APPROVER) == waiting(desk.office, frozenset({"finance", "auditor"})) == ()


def test_a_case_goes_from_kind_to_kind_until_its_voucher_is_issued(desk: Desk) -> None:
    case = desk.submit()
    checking.accept(desk.office, "officer", case)
    assert kinds(desk) == {"to_check": 1}
    desk.decide(case)
    assert kinds(desk) == {"to_publish": 1}
    desk.set_terms()
    change = publicity.publish(desk.office, "officer", cases=[case])
    last: datetime.date = change.facts["until_on"]
    for roles in (OFFICER, APPROVER):
        (listed,) = waiting(desk.office, roles)
        assert (listed.kind, listed.due_on, listed.first[0].due_on) == ("in_publicity", last, last)
    desk.days((last - TODAY).days)
    assert kinds(desk, APPROVER) == {"in_publicity": 1}, "the last day belongs to it"
    desk.days(1)
    assert (kinds(desk), kinds(desk, APPROVER)) == ({}, {"publicity_to_end": 1})
    publicity.end_publicity(desk.office, "officer", change.facts["publicity"])
    assert kinds(desk, APPROVER) == {"to_approve": 1}
    approval.approve(desk.office, "approver", case, MINUTES)
    assert (kinds(desk), kinds(desk, APPROVER)) == ({"to_issue": 1}, {})
    vouchers.issue_voucher(desk.office, "officer", case)
    assert kinds(desk) == {"letters_to_issue": 1}
    desk.cite()
    letters.issue_approval(desk.office, "officer", case)
    assert kinds(desk) == {"letters_to_deliver": 1}
    letters.void_letter(desk.office, "approver", approved := desk.rows(Letter)[-1].id, "印错")
    assert kinds(desk) == {"letters_to_issue": 1, "voids_to_tell": 1}
    procedural_letters.issue_void_notice(desk.office, "officer", approved)
    letters.issue_approval(desk.office, "officer", case)
    assert kinds(desk) == {"letters_to_deliver": 1}
    withdraw_suspend_revoke.revoke(desk.office, "approver", case, "查实不符合条件")
    assert kinds(desk, APPROVER) == {"revocations_to_send": 1}
    procedural_letters.issue_revocation(desk.office, "approver2", case, "申报指南第五条")
    assert kinds(desk, APPROVER) == {}


def test_a_correction_has_its_day_and_its_answer_is_work_of_its_own(desk: Desk) -> None:
    desk.set("correction_days", "5")
    checking.accept(desk.office, "officer", case := desk.submit(related_party=None))
    desk.corrected(case)
    out, to_tell = waiting(desk.office, OFFICER)
    due_on = datetime.date(2026, 5, 27)
    assert (out.kind, out.due_on, [item.due_on for item in out.first]) == ("correction_out", due_on, [due_on])
    assert (to_tell.kind, to_tell.due_on) == ("corrections_to_tell", due_on)
    letters.issue_correction(desk.office, "officer", case)
    assert kinds(desk) == {"correction_out": 1, "letters_to_deliver": 1}
    delivery.record_delivery(desk.office, "officer", 1, "direct", desk.office.today(), "回证1号")
    corrections.answer_correction(desk.office, "officer", case, {"related_party": False})
    assert kinds(desk) == {"corrected": 1}, "and not checked as one that just came in"
    checking.review(desk.office, "officer", case, "eligibility")
    assert kinds(desk) == {"to_check": 1}, "reviewed further, it is a case like others"


def test_the_nearest_deadline_comes_first_then_the_fullest(desk: Desk) -> None:
    desk.set("correction_days", "5")
    checking.accept(desk.office, "officer", desk.submit(contract_no="1"))
    for number in (2, 3):
        desk.submit(contract_no=str(number), contract_amount=number, applicant=OTHER_CODE)
    desk.corrected(desk.submit(contract_no="4", applicant=YOUNG_CODE, related_party=None))
    assert list(kinds(desk).items()) == [
        ("correction_out", 1), ("corrections_to_tell", 1), ("to_accept", 2), ("to_check", 1),
    ]  # fmt: skip


def test_the_first_to_apply_stand_first_and_no_more_than_are_shown(desk: Desk) -> None:
    for hour in range(SHOWN + 1):
        at = datetime.datetime(2026, 5, 20, 18 - hour)
        desk.submit(contract_no=str(hour), applied_at=at)
    found = of_kind(desk, "to_accept")
    assert (found.cases, len(found.first)) == (SHOWN + 1, SHOWN)
    first, last = (desk.application(found.first[at].case).applied_at for at in (0, -1))
    assert first < last


def test_a_case_waits_from_one_day_wherever_it_is_told(desk: Desk) -> None:
    case = desk.submit(applied_at=datetime.datetime(2026, 5, 15, 0, 30))
    desk.decide(case)
    desk.clock.at += datetime.timedelta(days=8)
    assert of_kind(desk, "to_publish").first[0].since == TODAY, "since it was decided"
    (row,) = application_list.rows(desk.office, [1])
    listed = row[[column.name for column in application_list.COLUMNS].index("waiting")]
    assert moment_of(listed).astimezone(SHANGHAI).date() == TODAY
    charts = {chart.name: chart.rows for chart in chart_data.charts(desk.office, 2026)}
    assert charts["waiting"] == (("calculated", (1, 8)),)


def test_a_blocked_case_waits_for_both_and_is_not_published(desk: Desk) -> None:
    young = datetime.date(2026, 1, 15)
    desk.decide(desk.submit(founded_on=young, contract_amount=600_000_000, other_support=100_000_000))
    assert kinds(desk) == kinds(desk, APPROVER) == {"blocked": 1}


def test_a_refusal_waits_until_its_notice_is_out(desk: Desk) -> None:
    case = desk.submit(contract_amount=1)
    assert desk.decide(case).status == "refused"
    assert kinds(desk, APPROVER) == {"refusals_to_send": 1}
    assert kinds(desk) == {}, "only an approver may issue it"
    desk.cite()
    letters.issue_refusal(desk.office, "approver", case)
    assert kinds(desk) == {"letters_to_deliver": 1}


def test_a_proposed_supplement_waits_for_an_approver(desk: Desk) -> None:
    proposed = supplements.propose_supplement(desk.office, "officer", PACK, "startup_ceiling", "50", "纪要")
    assert kinds(desk, OFFICER, "officer") == {}
    assert waiting(desk.office, APPROVER, "approver") == (
        Waiting("rules_to_confirm", 1, (), None, "policies"),
    )
    supplements.confirm_supplement(desk.office, "approver", proposed.facts["supplement"])
    assert kinds(desk, APPROVER, "approver") == {}


def test_what_is_finished_waits_since_its_voucher_or_letter_and_not_since_its_decision(desk: Desk) -> None:
    desk.set_terms()
    case = desk.approved()
    desk.days(4)
    issued = desk.office.today()
    vouchers.issue_voucher(desk.office, "officer", case)
    desk.days(2)
    assert of_kind(desk, "letters_to_issue").first[0].since == issued
    letters.issue_approval(desk.office, "officer", case)
    desk.days(3)
    (item,) = of_kind(desk, "letters_to_deliver").first
    assert (desk.office.today() - item.since).days == 3, "the letter went out three days ago"


def test_news_is_what_others_did_since_the_newest_first(desk: Desk) -> None:
    case = desk.submit()
    desk.days(1)
    since = desk.clock.at
    assert news(desk.office, "approver", since) == ()
    checking.accept(desk.office, "officer", case)
    for number in ("2", "3"):
        desk.submit(contract_no=number, applicant=CODE)
    told = news(desk.office, "approver", since)
    assert [(one.act, one.times) for one in told] == [("submit", 2), ("accept", 1)]
    assert told[1].subject == f"case {case}" and told[0].last_at > told[1].last_at > since
    assert news(desk.office, "officer", since) == (), "what one did oneself is no news"
    assert [one.act for one in news(desk.office, "approver", since, most=1)] == ["submit"]


def test_a_correction_past_its_day_is_overdue(desk: Desk) -> None:
    desk.set("correction_days", "5")
    desk.corrected(case := desk.submit(related_party=None))
    letters.issue_correction(desk.office, "officer", case)
    delivery.record_delivery(desk.office, "officer", 1, "direct", desk.office.today(), "回证1号")
    desk.clock.at += datetime.timedelta(days=7)
    assert kinds(desk) == {"correction_out": 1}, "its last day"
    desk.clock.at += datetime.timedelta(days=1)
    assert kinds(desk) == {"correction_overdue": 1}


def test_a_case_goes_on_once_what_blocked_it_is_confirmed(desk: Desk) -> None:
    young = datetime.date(2026, 1, 15)
    case = desk.submit(founded_on=young, contract_amount=600_000_000, other_support=100_000_000)
    assert desk.decide(case).status == "blocked"
    assert kinds(desk) == {"blocked": 1}
    desk.clock.at += datetime.timedelta(hours=1)
    desk.set("publicity_days", "5")
    assert kinds(desk) == {"blocked": 1}, "a term is not what it waits for"
    for parameter in desk.decision(case).reasons.split(";"):
        desk.set(parameter, READING[parameter])
    assert kinds(desk) == {"can_go_on": 1}
    assert list(numbers(desk.office, "can_go_on")) == [desk.application(case).id]
    assert kinds(desk, APPROVER, "approver") == {}, "it is the officer's step"


def test_the_end_of_a_list_waits_to_be_recorded_and_is_no_deadline_of_the_approver(desk: Desk) -> None:
    desk.set_terms()
    case = desk.submit()
    desk.decide(case)
    publicity.publish(desk.office, "officer", 1)
    assert kinds(desk, OFFICER, "officer") == {"in_publicity": 1}
    number = publicity.take_objection(desk.office, "officer", case, "湾畔某企业", "用途不符").facts
    assert kinds(desk, APPROVER, "approver") == {"in_publicity": 1, "objections_open": 1}
    desk.clock.at += datetime.timedelta(days=8)
    found = {one.kind: one for one in waiting(desk.office, OFFICER, "officer")}
    assert (found["publicity_over"].cases, found["publicity_over"].page) == (1, "rounds")
    over = of_kind(desk, "publicity_to_end", APPROVER)
    assert (over.due_on, [item.due_on for item in over.first]) == (None, [None])
    publicity.settle_objection(desk.office, "approver", number["objection"], "dismissed", "已核")
    publicity.end_publicity(desk.office, "officer", 1)
    assert "publicity_over" not in kinds(desk, OFFICER, "officer")
    ready = of_kind(desk, "to_approve", APPROVER)
    assert (ready.due_on, [item.due_on for item in ready.first]) == (None, [None])


def test_the_approver_is_told_only_of_what_can_be_approved(desk: Desk) -> None:
    """As many as the page of approvals calls ready: an objection is work of its own."""
    desk.set_terms()
    case = desk.submit()
    desk.decide(case)
    publicity.publish(desk.office, "officer", 1)
    objected = publicity.take_objection(desk.office, "officer", case, "湾畔某企业", "用途不符").facts
    desk.clock.at += datetime.timedelta(days=8)

    def told() -> tuple[int, int]:
        ready = approval_board.queue(desk.office, "approver").ready
        return kinds(desk, APPROVER).get("to_approve", 0), len(ready)

    assert told() == (0, 0)
    publicity.end_publicity(desk.office, "officer", 1)
    assert (told(), kinds(desk, APPROVER)) == ((0, 0), {"objections_open": 1})
    publicity.settle_objection(desk.office, "approver", objected["objection"], "dismissed", "已核")
    assert told() == (1, 1)


def test_a_finding_waits_to_be_judged_and_a_letter_to_be_delivered(desk: Desk) -> None:
    desk.submit()
    case = desk.submit(applicant_name="另一家有限公司")
    checking.check(desk.office, "officer", case)
    open_findings = kinds(desk).get("findings_to_judge", 0)
    assert open_findings == len(numbers(desk.office, "findings_to_judge")) > 0
    desk.cite()
    desk.set("correction_days", "5")
    checking.accept(desk.office, "officer", case)
    corrections.ask_correction(desk.office, "officer", case, ["field:district:未填写"])
    letters.issue_correction(desk.office, "officer", case)
    assert kinds(desk)["letters_to_deliver"] == 1
    delivery.record_delivery(desk.office, "officer", 1, "direct", desk.office.today(), "回证1号")
    assert "letters_to_deliver" not in kinds(desk)


def test_what_a_check_only_tells_waits_for_nobody_and_what_was_judged_is_done(desk: Desk) -> None:
    """Conditions that hold are findings too, and nobody judges them; nor what the facts no longer are."""
    plain = desk.submit()
    checking.check(desk.office, "officer", plain)
    assert kinds(desk) == {"to_accept": 1}
    case = desk.submit(applicant_name="另一家有限公司", contract_no="HT-77", founded_on=TODAY)
    numbers_of = checking.check(desk.office, "officer", case).facts["numbers"]
    assert list(numbers(desk.office, "findings_to_judge")) == [desk.application(case).id]
    for number in numbers_of:
        checking.judge_finding(desk.office, "officer", number, "cleared", "已与企业电话核实情况")
    assert kinds(desk) == {"to_accept": 2}


def test_what_one_proposed_oneself_waits_for_somebody_else(desk: Desk) -> None:
    supplements.propose_supplement(desk.office, "approver", PACK, "startup_ceiling", "50", "纪要")
    assert kinds(desk, APPROVER, "approver") == {}
    accounts.add_person(desk.office, "system", "second", "李审定", "casework")
    accounts.give_role(desk.office, "rights", "second", "approver")
    assert kinds(desk, APPROVER, "second") == {"rules_to_confirm": 1}


def test_a_case_that_a_person_put_aside_waits_for_the_officer_and_is_not_called_blocked(desk: Desk) -> None:
    young = datetime.date(2026, 1, 15)
    case = desk.submit(founded_on=young, contract_amount=600_000_000, other_support=100_000_000)
    assert desk.decide(case).status == "blocked"
    withdraw_suspend_revoke.resume(desk.office, "officer", case)
    withdraw_suspend_revoke.suspend(desk.office, "officer", case, "等待核查结论")
    assert kinds(desk) == {"set_aside": 1} and kinds(desk, APPROVER) == {}
    assert list(numbers(desk.office, "set_aside")) == [desk.application(case).id]
    withdraw_suspend_revoke.resume(desk.office, "officer", case)
    assert kinds(desk) == {"to_accept": 1}


def test_a_case_goes_on_once_what_was_missing_is_verified(desk: Desk) -> None:
    case = desk.submit(related_party=None)
    assert desk.decide(case).status == "blocked"
    assert kinds(desk) == {"blocked": 1}
    checking.verify_facts(desk.office, "officer", case, {"related_party": False}, "股东名册")
    assert (kinds(desk), kinds(desk, APPROVER)) == ({"can_go_on": 1}, {})


def test_who_handled_an_objection_is_told_that_its_answer_is_to_come(desk: Desk) -> None:
    desk.set_terms()
    case = desk.submit()
    desk.decide(case)
    publicity.publish(desk.office, "officer", 1)
    taken = publicity.take_objection(desk.office, "officer", case, "湾畔某企业", "用途不符")
    objected = taken.facts["objection"]
    assert "objections_to_answer" not in kinds(desk, OFFICER, "officer")
    publicity.settle_objection(desk.office, "approver", objected, "dismissed", "已核")
    for roles, person in ((OFFICER, "officer"), (APPROVER, "approver")):
        assert kinds(desk, roles, person)["objections_to_answer"] == 1
        assert len(numbers(desk.office, "objections_to_answer", person)) == 1
    assert "objections_to_answer" not in kinds(desk, OFFICER, "officer2"), "nobody else knows whom to answer"
    procedural_letters.issue_objection_answer(desk.office, "officer", objected)
    assert "objections_to_answer" not in kinds(desk, APPROVER, "approver")
