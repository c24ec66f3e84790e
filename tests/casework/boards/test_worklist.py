"""What waits for whom: each case stands under one kind of work, by its deadline; and what others did."""

import datetime

from casework.boards.worklist import SHOWN, Item, Waiting, news, waiting
from casework.issuing import approval, letters, publicity, vouchers
from casework.review import checking, corrections
from casework.rulebook import supplements
from tests.casework.desk import CODE, MINUTES, OTHER_CODE, PACK, YOUNG_CODE, Desk

TODAY = datetime.date(2026, 5, 20)
OFFICER, APPROVER = frozenset({"officer"}), frozenset({"approver"})


def kinds(desk: Desk, roles: frozenset[str] = OFFICER) -> dict[str, int]:
    """How many cases wait, by kind of work, in the order in which they are shown."""
    return {one.kind: one.cases for one in waiting(desk.office, roles)}


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
    assert (kinds(desk), kinds(desk, APPROVER)) == ({}, {"to_approve": 1})
    publicity.end_publicity(desk.office, "officer", change.facts["publicity"])
    assert kinds(desk, APPROVER) == {"to_approve": 1}
    approval.approve(desk.office, "approver", case, MINUTES)
    assert (kinds(desk), kinds(desk, APPROVER)) == ({"to_issue": 1}, {})
    vouchers.issue_voucher(desk.office, "officer", case)
    assert kinds(desk) == {}


def test_a_correction_has_its_day_and_its_answer_is_work_of_its_own(desk: Desk) -> None:
    desk.set("correction_days", "5")
    checking.accept(desk.office, "officer", case := desk.submit(related_party=None))
    desk.corrected(case)
    (out,) = waiting(desk.office, OFFICER)
    due_on = datetime.date(2026, 5, 27)
    assert (out.kind, out.due_on, [item.due_on for item in out.first]) == ("correction_out", due_on, [due_on])
    corrections.answer_correction(desk.office, "officer", case, {"related_party": False})
    assert kinds(desk) == {"corrected": 1}, "and not checked as one that just came in"
    checking.review(desk.office, "officer", case, "eligibility")
    assert kinds(desk) == {"to_check": 1}, "reviewed further, it is a case like others"


def test_the_nearest_deadline_comes_first_then_the_fullest(desk: Desk) -> None:
    desk.set("correction_days", "5")
    checking.accept(desk.office, "officer", desk.submit(contract_no="1"))
    for number in ("2", "3"):
        desk.submit(contract_no=number, applicant=OTHER_CODE)
    desk.corrected(desk.submit(contract_no="4", applicant=YOUNG_CODE, related_party=None))
    assert list(kinds(desk).items()) == [("correction_out", 1), ("to_accept", 2), ("to_check", 1)]


def test_the_first_to_apply_stand_first_and_no_more_than_are_shown(desk: Desk) -> None:
    for hour in range(SHOWN + 1):
        at = datetime.datetime(2026, 5, 20, 18 - hour)
        desk.submit(contract_no=str(hour), applied_at=at)
    found = of_kind(desk, "to_accept")
    assert (found.cases, len(found.first)) == (SHOWN + 1, SHOWN)
    first, last = (desk.application(found.first[at].case).applied_at for at in (0, -1))
    assert first < last


def test_the_day_one_applied_is_the_day_in_the_office(desk: Desk) -> None:
    desk.submit(applied_at=datetime.datetime(2026, 5, 20, 0, 30))
    assert of_kind(desk, "to_accept").first[0].since == TODAY, "half past midnight, in UTC the day before"


def test_a_blocked_case_waits_for_both_and_is_not_published(desk: Desk) -> None:
    young = datetime.date(2026, 1, 15)
    desk.decide(desk.submit(founded_on=young, contract_amount=600_000_000, other_support=100_000_000))
    assert kinds(desk) == kinds(desk, APPROVER) == {"blocked": 1}


def test_a_refusal_waits_until_its_notice_is_out(desk: Desk) -> None:
    case = desk.submit(contract_amount=1)
    assert desk.decide(case).status == "refused"
    assert kinds(desk) == {"refusals_to_send": 1}
    desk.cite()
    letters.issue_refusal(desk.office, "approver", case)
    assert kinds(desk) == {}


def test_a_proposed_supplement_waits_for_an_approver(desk: Desk) -> None:
    proposed = supplements.propose_supplement(desk.office, "officer", PACK, "startup_ceiling", "50", "纪要")
    assert (kinds(desk), kinds(desk, APPROVER)) == ({}, {"rules_to_confirm": 1})
    assert of_kind(desk, "rules_to_confirm", APPROVER) == Waiting("rules_to_confirm", 1, (), None)
    supplements.confirm_supplement(desk.office, "approver", proposed.facts["supplement"])
    assert kinds(desk, APPROVER) == {}


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
