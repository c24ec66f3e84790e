"""Approval: by another person, of what was published and nothing else; and the way back."""

import pytest
from sqlalchemy.exc import IntegrityError

from casework.cases import providers
from casework.core.act import By
from casework.core.refused import Refused
from casework.issuing import approval, publicity
from casework.people import accounts
from casework.review import checking
from models import Approval, LedgerEntry
from tests.casework.desk import MINUTES, PROVIDER, SERVICE, Desk

YEAR_FEN = 50_000_000_000


def test_approving_commits_what_was_reserved(desk: Desk) -> None:
    case = desk.published()
    assert desk.budget() == (YEAR_FEN, YEAR_FEN - 400_000_000, 400_000_000, 0)
    approval.approve(desk.office, "approver", case, MINUTES)
    assert desk.state(case) == "approved"
    assert desk.budget() == (YEAR_FEN, YEAR_FEN - 400_000_000, 0, 400_000_000)
    assert desk.rows(Approval)[0].minutes == MINUTES
    last = [(entry.account, entry.amount_fen) for entry in desk.rows(LedgerEntry)[-2:]]
    assert last == [("reserved", -400_000_000), ("committed", 400_000_000)]


def test_the_same_request_again_approves_once(desk: Desk) -> None:
    case = desk.published()
    by = By("approver", request="7e1f")
    first = approval.approve(desk.office, by, case, MINUTES)
    again = approval.approve(desk.office, by, case, MINUTES)
    assert (first.repeated, again.repeated) == (False, True)
    assert desk.budget()[3] == 400_000_000


def test_an_award_is_not_approved_before_its_publicity_has_ended(desk: Desk) -> None:
    case = desk.submit()
    desk.decide(case)
    desk.set_terms()
    with pytest.raises(Refused, match="state"):
        approval.approve(desk.office, "approver", case, MINUTES)
    publicity.publish(desk.office, "officer", 1)
    with pytest.raises(Refused, match="publicity_running"):
        approval.approve(desk.office, "approver", case, MINUTES)
    desk.days(8)
    with pytest.raises(Refused, match="publicity_to_end") as over:
        approval.approve(desk.office, "approver", case, MINUTES)
    assert "尚未登记结束" in over.value.say("zh") and "officer" in over.value.say("en")


def test_who_prepared_does_not_approve_whatever_their_roles(desk: Desk) -> None:
    accounts.give_role(desk.office, "rights", "officer", "approver")
    case = desk.published()
    with pytest.raises(Refused, match="same_person"):
        approval.approve(desk.office, "officer", case, MINUTES)
    with pytest.raises(Refused, match="same_person"):
        approval.send_back(desk.office, "officer", case, "自查")
    assert desk.state(case) == "publicity"


def test_not_even_the_database_lets_the_preparer_approve(desk: Desk) -> None:
    desk.published()
    decision = desk.decision("SL2026000001")
    with pytest.raises(IntegrityError), desk.office.write() as session:
        by = decision.decided_by_id
        at = desk.office.now()
        session.add(
            Approval(decision_seq=1, outcome="approved", prepared_by_id=by, person_id=by, at=at, minutes="x")
        )


def test_minutes_are_needed(desk: Desk) -> None:
    case = desk.published()
    with pytest.raises(Refused, match="minutes_missing"):
        approval.approve(desk.office, "approver", case, " ")


@pytest.mark.parametrize("outcome", ["upheld", "open"])
def test_an_objection_that_stands_holds_the_approval_up(desk: Desk, outcome: str) -> None:
    case = desk.submit()
    desk.decide(case)
    desk.set_terms()
    publicity.publish(desk.office, "officer", 1)
    publicity.take_objection(desk.office, "officer", case, "某公司（签名）", "合同虚假")
    if outcome == "upheld":
        publicity.settle_objection(desk.office, "approver2", 1, "upheld", "属实")
    desk.days(10)
    publicity.end_publicity(desk.office, "officer", 1)
    with pytest.raises(Refused, match=r"refused\.objection"):
        approval.approve(desk.office, "approver", case, MINUTES)
    approval.send_back(desk.office, "approver", case, "异议成立")
    assert (desk.state(case), desk.budget()[2]) == ("eligibility", 0)


def test_what_the_office_has_learnt_since_holds_the_approval_up(desk: Desk) -> None:
    case = desk.published()
    signed = desk.application(case).applied_at.date().replace(month=3, day=1)
    providers.admit_provider(desk.office, "officer", PROVIDER, "第一批", SERVICE, "更正名单", None, signed)
    with pytest.raises(Refused, match="changed_since"):
        approval.approve(desk.office, "approver", case, MINUTES)
    assert desk.budget()[3] == 0


def test_a_return_says_why_and_releases(desk: Desk) -> None:
    case = desk.published()
    with pytest.raises(Refused, match="reason_missing"):
        approval.send_back(desk.office, "approver", case, "")
    change = approval.send_back(desk.office, "approver", case, "用途存疑")
    assert change.facts["released_fen"] == 400_000_000
    assert desk.budget() == (YEAR_FEN, YEAR_FEN, 0, 0)
    assert desk.rows(Approval)[0].outcome == "returned"


def test_a_changed_version_is_not_approved(desk: Desk) -> None:
    case = desk.published()
    with pytest.raises(Refused, match="state"):
        checking.verify_facts(desk.office, "officer", case, {"contract_amount": 1}, "迟了")
