"""A refusal for a fact outside the rules: two people, the money released, a notice, and no decision."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from casework.audit import replay, verify
from casework.award import deciding, refusals
from casework.boards import application_list, approval_board, case_view, worklist
from casework.boards.application_list import Filter, Lists, Query
from casework.boards.case_view import CaseView
from casework.core.refused import Refused
from casework.issuing import approval, delivery, issue_many, letters, publicity, withdraw_suspend_revoke
from casework.review import checking
from models import Application, Decision, Letter, Objection, Person, Refusal
from tests.casework.desk import CODE, MINUTES, Desk
from tests.casework.issuing.test_letters import text_of
from tests.casework.stored_letter import stored

SAID = ("用途材料系伪造", "不符合支持用途", "《某某措施》（深科〔2026〕1号）", "第九条")

BACK = ("鉴定推翻了原来的认定", "《某某措施》（深科〔2026〕1号）", "第十条")


def objected(desk: Desk) -> str:
    """A published award of 4,000,000, an objection to it upheld, and its list at its end."""
    desk.set_terms()
    case = desk.submit()
    desk.decide(case)
    public = publicity.publish(desk.office, "officer", cases=[case]).facts["publicity"]
    change = publicity.take_objection(desk.office, "officer", case, "某公司（签名）", "用途不实")
    publicity.settle_objection(desk.office, "approver", change.facts["objection"], "upheld", "经核查属实")
    desk.days(14)
    publicity.end_publicity(desk.office, "officer", public)
    return case


def seen(desk: Desk, case: str, person: str = "officer") -> CaseView:
    view = case_view.view(desk.office, person, case)
    assert view is not None
    return view


def listed(desk: Desk, case: str, column: str) -> object:
    """What the list of applications shows of a case."""
    (row,) = application_list.rows(desk.office, [desk.application(case).id])
    return row[[one.name for one in application_list.COLUMNS].index(column)]


def kinds(desk: Desk, role: str) -> set[str]:
    return {one.kind for one in worklist.waiting(desk.office, frozenset((role,)))}


def refused_for_it(desk: Desk, case: str) -> None:
    refusals.propose_refusal(desk.office, "officer", case, *SAID)
    refusals.confirm_refusal(desk.office, "approver", case)


def test_an_upheld_objection_is_said_everywhere_and_stops_what_comes_next(desk: Desk) -> None:
    case = objected(desk)
    with pytest.raises(Refused, match="objection"):
        approval.approve(desk.office, "approver", case, MINUTES)
    view = seen(desk, case, "approver")
    assert view.objected and view.bar is not None and view.bar.code == "refused.objection"
    assert listed(desk, case, "kept_back") == "objection_upheld"
    found = Lists(desk.office).ids(Query(filters=(Filter("kept_back", "in", ("objection_upheld",)),)))
    assert list(found) == [desk.application(case).id]
    assert {"objections_upheld"} <= kinds(desk, "officer") & kinds(desk, "approver")
    assert [one.bar.code for one in approval_board.queue(desk.office, "approver").cases if one.bar] == [
        "refused.objection"
    ]


def test_two_people_refuse_and_what_is_held_goes_back(desk: Desk) -> None:
    case = objected(desk)
    assert desk.budget()[2] == desk.cap_used() == 400_000_000
    refusals.propose_refusal(desk.office, "officer", case, *SAID)
    assert "refusals_to_confirm" in kinds(desk, "approver")
    assert listed(desk, case, "kept_back") == "refusal_proposed"
    change = refusals.confirm_refusal(desk.office, "approver", case)
    assert change.facts["released_fen"] == 400_000_000
    assert desk.state(case) == "refused"
    assert desk.budget()[2] == desk.cap_used() == 0
    assert [one.status for one in desk.rows(Decision)] == ["awarded"]  # no decision of the rules
    assert (listed(desk, case, "award"), listed(desk, case, "decision")) == (None, "refused")
    assert listed(desk, case, "reasons") == "outside"
    assert application_list.sums(desk.office, [desk.application(case).id]).award_fen == 0
    view = seen(desk, case)
    assert view.refusal is not None and view.refusal.stands
    assert (view.refusal.proposed_by, view.refusal.closed_by) == ("陈知远", "周明轩")
    told = [event for event in view.events if event.act == "confirm_refusal"]
    assert told[0].details["fact"] == SAID[0] and told[0].details["released_fen"] == 400_000_000
    assert "refusals_to_confirm" not in kinds(desk, "approver")
    assert [check.name for check in verify.checks(desk.office) if not check.ok] == []
    answer = replay.replay(desk.office)
    assert answer["same"] == answer["decisions"] == 1


def test_its_notice_tells_the_fact_the_reason_and_the_article(desk: Desk) -> None:
    case = objected(desk)
    refused_for_it(desk, case)
    assert issue_many.waiting(desk.office).refusals == (case,)
    letters.issue_refusal(desk.office, "approver", case)
    with desk.office.read() as session:
        letter = desk.rows(Letter)[-1]
        text = text_of(stored(session, letter.id)).replace("\n", "").replace(" ", "")
    assert letter.decision_seq is None
    assert "经查实，用途材料系伪造，不符合支持用途" in text
    assert "《某某措施》（深科〔2026〕1号）第九条" in text
    assert issue_many.waiting(desk.office).refusals == ()
    with pytest.raises(Refused, match="letter_exists"):
        letters.issue_refusal(desk.office, "approver2", case)


def test_a_case_is_refused_so_before_it_was_ever_decided(desk: Desk) -> None:
    case = desk.submit()
    refused_for_it(desk, case)
    assert desk.state(case) == "refused" and desk.rows(Decision) == []
    assert issue_many.waiting(desk.office).refusals == (case,)
    change = letters.issue_refusal(desk.office, "approver", case)
    assert seen(desk, case).letters[0].current
    assert issue_many.waiting(desk.office).refusals == ()
    assert change.facts["number"] == "深科创券不受〔2026〕1号"
    (letter,) = desk.rows(Letter)
    assert letter.kind == "nonacceptance" and delivery.terms(letter.kind, desk.office.today()) is not None
    with desk.office.read() as session:
        text = text_of(stored(session, letter.id))
    for words in (
        "申请不予受理通知书",
        "决定不予受理",
        "深科〔2026〕1号）第九条",
        "可以自收到本通知书之日起60日内",
    ):
        assert words in text
    assert "不予资助" not in text.replace(SAID[1], "")
    with pytest.raises(Refused, match="letter_exists"):
        letters.issue_refusal(desk.office, "approver2", case)


def test_what_was_accepted_is_refused_and_not_left_unaccepted(desk: Desk) -> None:
    case = desk.submit()
    checking.accept(desk.office, "officer", case)
    refused_for_it(desk, case)
    letters.issue_refusal(desk.office, "approver", case)
    assert [one.kind for one in desk.rows(Letter)] == ["refusal"]


def test_it_is_decided_again_only_once_its_notice_is_void(desk: Desk) -> None:
    """The refusal ends with the new decision; what it held is held anew."""
    case = objected(desk)
    refused_for_it(desk, case)
    letters.issue_refusal(desk.office, "approver", case)
    with pytest.raises(Refused, match="notice_stands"):
        deciding.decide_again(desk.office, "officer", case, "材料系误判")
    assert "decide_again" not in seen(desk, case).may
    letters.void_letter(desk.office, "approver2", desk.rows(Letter)[-1].id, "误判")
    refusals.take_back_refusal(desk.office, "approver2", case, *BACK)
    deciding.decide_again(desk.office, "officer", case, "材料系误判")
    assert desk.state(case) == "calculated" and desk.budget()[2] == 400_000_000
    assert seen(desk, case).refusal is None
    assert listed(desk, case, "award") == 400_000_000


def test_a_refusal_by_the_rules_is_decided_again_only_once_its_notice_is_void(desk: Desk) -> None:
    desk.cite()
    case = desk.submit(related_party=True)
    desk.decide(case)
    letters.issue_refusal(desk.office, "approver", case)
    with pytest.raises(Refused, match="notice_stands"):
        deciding.decide_again(desk.office, "officer", case, "复核")
    letters.void_letter(desk.office, "approver2", desk.rows(Letter)[-1].id, "复核")
    deciding.decide_again(desk.office, "officer", case, "复核")
    letters.issue_refusal(desk.office, "approver", case)


def test_it_takes_two_and_all_that_its_notice_says(desk: Desk) -> None:
    case = desk.submit()
    for at, word in ((0, "1"), (1, "是"), (2, " "), (2, "无"), (3, "/")):
        said = [word if number == at else text for number, text in enumerate(SAID)]
        with pytest.raises(Refused, match="refusal_incomplete"):
            refusals.propose_refusal(desk.office, "officer", case, *said)
    with pytest.raises(Refused, match="no_refusal"):
        refusals.confirm_refusal(desk.office, "approver", case)
    refusals.propose_refusal(desk.office, "approver", case, *SAID)
    for person, code in (("approver", "same_person"), ("officer", "not_allowed")):
        with pytest.raises(Refused, match=code):
            refusals.confirm_refusal(desk.office, person, case)
    with pytest.raises(Refused, match="refusal_proposed"):
        refusals.propose_refusal(desk.office, "officer", case, *SAID)
    refusals.reject_refusal(desk.office, "approver", case, "材料补来了")
    assert desk.state(case) == "submitted"
    assert [one.state for one in desk.rows(Refusal)] == ["rejected"]


def test_the_database_itself_refuses_one_person_twice(desk: Desk) -> None:
    case = desk.submit()
    refusals.propose_refusal(desk.office, "approver", case, *SAID)
    proposer = desk.rows(Refusal)[0].proposed_by_id
    assert any(one.id == proposer and one.name == "approver" for one in desk.rows(Person))
    alone = update(Refusal).values(state="confirmed", closed_by_id=proposer, closed_at=desk.office.now())
    with pytest.raises(IntegrityError, match="two_people"), desk.office.write() as session:
        session.execute(alone.where(col(Refusal.id) == 1))


def test_while_it_is_proposed_nothing_is_published_or_approved(desk: Desk) -> None:
    case = desk.published()
    refusals.propose_refusal(desk.office, "officer", case, *SAID)
    with pytest.raises(Refused, match="refusal_proposed"):
        approval.approve(desk.office, "approver", case, MINUTES)
    refusals.reject_refusal(desk.office, "approver", case, "查无实据")
    approval.approve(desk.office, "approver", case, MINUTES)
    other = desk.submit(contract_no="HT-2", contract_amount=700_000_000)
    desk.decide(other)
    refusals.propose_refusal(desk.office, "officer", other, *SAID)
    with pytest.raises(Refused, match="refusal_proposed"):
        publicity.publish(desk.office, "officer", cases=[other])


def test_what_changed_since_it_was_proposed_is_proposed_anew(desk: Desk) -> None:
    case = desk.submit()
    refusals.propose_refusal(desk.office, "officer", case, *SAID)
    checking.verify_facts(desk.office, "officer", case, {"contract_amount": 700_000_000}, "按发票")
    with pytest.raises(Refused, match="refusal_older"):
        refusals.confirm_refusal(desk.office, "approver", case)


def test_an_upheld_objection_is_answered_by_new_facts_and_a_reason(desk: Desk) -> None:
    """Returned, verified and decided again with a reason, the case goes on; the decision says why."""
    case = objected(desk)
    approval.send_back(desk.office, "approver", case, "异议成立")
    checking.verify_facts(desk.office, "officer", case, {"contract_amount": 500_000_000}, "剔除非训练部分")
    assert [one.kind for one in seen(desk, case).open if one.asks] == ["objection"]
    with pytest.raises(Refused, match="open_things") as refused:
        deciding.decide(desk.office, "officer", case)
    assert "异议已成立" in refused.value.say("zh")
    assert desk.rows(Objection)[0].state == "upheld" and len(desk.rows(Decision)) == 1
    deciding.decide(desk.office, "officer", case, "已剔除异议所指部分")
    assert desk.decision(case).reason == "已剔除异议所指部分"
    assert listed(desk, case, "kept_back") is None and not seen(desk, case).objected
    desk.publish_and_end(case)
    approval.approve(desk.office, "approver", case, MINUTES)
    assert desk.budget()[3] == 250_000_000 and desk.cap_used(CODE) == 250_000_000


def test_an_objection_that_nobody_settled_is_not_lost_with_its_list(desk: Desk) -> None:
    desk.set_terms()
    case = desk.submit()
    desk.decide(case)
    publicity.publish(desk.office, "officer", cases=[case])
    publicity.take_objection(desk.office, "officer", case, "某公司（签名）", "用途不实")
    approval.send_back(desk.office, "approver", case, "先核查")
    deciding.decide(desk.office, "officer", case, "核查与异议无关")
    with pytest.raises(Refused, match=r"refused\.objection"):
        publicity.publish(desk.office, "officer", cases=[case])
    publicity.settle_objection(desk.office, "approver", desk.rows(Objection)[0].id, "dismissed", "不属实")
    desk.publish_and_end(case)
    approval.approve(desk.office, "approver", case, MINUTES)


def last(desk: Desk) -> Refusal:
    found: Refusal = desk.rows(Refusal)[-1]
    return found


def test_a_proposal_falls_away_when_its_case_is_withdrawn(desk: Desk) -> None:
    case = desk.submit()
    refusals.propose_refusal(desk.office, "officer", case, *SAID)
    change = withdraw_suspend_revoke.withdraw(desk.office, "officer", case, "企业来函撤回")
    row = last(desk)
    assert (row.state, row.close_reason, change.facts["refusal_fell_away"]) == (
        "rejected",
        "企业来函撤回",
        row.id,
    )
    assert "refusals_to_confirm" not in kinds(desk, "approver")
    assert all(check.ok for check in verify.checks(desk.office))


def test_a_proposal_falls_away_when_the_rules_refuse_and_waits_on_when_they_award(desk: Desk) -> None:
    refused, awarded = desk.submit(related_party=True), desk.submit(contract_no="HT-2")
    for case in (refused, awarded):
        refusals.propose_refusal(desk.office, "officer", case, *SAID)
        deciding.decide(desk.office, "officer", case, "两件事分别处理")
    assert [(row.state, row.close_reason) for row in desk.rows(Refusal)] == [
        ("rejected", "两件事分别处理"),
        ("proposed", None),
    ]
    assert replay.replay(desk.office)["differ"] == []


def test_a_round_decided_lets_the_proposal_of_a_refused_case_fall_away(desk: Desk) -> None:
    case = desk.submit(related_party=True)
    refusals.propose_refusal(desk.office, "officer", case, *SAID)
    deciding.decide_round(desk.office, "officer", reason="一并核算")
    assert (desk.state(case), last(desk).state) == ("refused", "rejected")


def test_a_proposal_that_an_office_of_old_left_open_can_be_rejected(desk: Desk) -> None:
    case = desk.submit()
    refusals.propose_refusal(desk.office, "officer", case, *SAID)
    with desk.office.write() as session:
        session.execute(update(Application).values(state="withdrawn"))
    refusals.reject_refusal(desk.office, "approver", case, "申请已撤回")
    assert last(desk).state == "rejected"
