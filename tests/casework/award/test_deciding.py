"""The decision: worked examples of the 2026 training voucher, to the fen, with what they reserve."""

import datetime

import pytest

from casework.award import deciding
from casework.core.refused import Refused
from casework.issuing import approval, publicity
from casework.review import checking
from models import CapEntry, Finding, LedgerEntry
from tests.casework.desk import CODE, GONE_ON, OTHER_CODE, Desk

YEAR_FEN = 50_000_000_000
YOUNG = datetime.date(2026, 1, 15)


def test_a_general_firm_gets_half_and_the_money_is_reserved(desk: Desk) -> None:
    decision = desk.decide(desk.submit())
    assert (decision.status, decision.award_fen, decision.binding) == ("awarded", 400_000_000, "rate")
    assert desk.budget() == (YEAR_FEN, YEAR_FEN - 400_000_000, 400_000_000, 0)
    assert desk.cap_used() == 400_000_000
    assert (decision.seq, decision.used, decision.left_fen) == (1, "0", YEAR_FEN)
    assert decision.pack == "shenzhen-training-voucher@2026"


@pytest.mark.parametrize(
    ("amount", "founded", "award_fen", "binding"),
    [
        (3_000_000_000, datetime.date(2020, 3, 1), 1_000_000_000, "applicant_year"),
        (800_000_000, YOUNG, 480_000_000, "rate"),
        (2_000_000_000, YOUNG, 1_000_000_000, "applicant_year"),
        (50_000_000, datetime.date(2020, 3, 1), 25_000_000, "rate"),
    ],
)
def test_worked_examples(
    desk: Desk, amount: int, founded: datetime.date, award_fen: int, binding: str
) -> None:
    signed = max(founded, datetime.date(2026, 4, 1))
    decision = desk.decide(desk.submit(contract_amount=amount, founded_on=founded, signed_on=signed))
    assert (decision.award_fen, decision.binding) == (award_fen, binding)


def test_a_fen_below_the_threshold_is_refused_and_holds_nothing(desk: Desk) -> None:
    case = desk.submit(contract_amount=49_999_999)
    decision = desk.decide(case)
    assert (decision.status, decision.reasons, decision.holds_fen) == ("refused", "threshold", 0)
    assert desk.state(case) == "refused"
    assert desk.budget() == (YEAR_FEN, YEAR_FEN, 0, 0)
    assert desk.rows(CapEntry) == []


def test_the_second_contract_gets_what_the_first_left_of_the_cap(desk: Desk) -> None:
    assert desk.decide(desk.submit(contract_amount=1_600_000_000)).award_fen == 800_000_000
    second = desk.decide(desk.submit(contract_no="HT-2", contract_amount=600_000_000))
    assert (second.award_fen, second.binding, second.used) == (200_000_000, "applicant_year", "800000000")
    assert desk.cap_used() == 1_000_000_000


def test_a_case_that_two_readings_decide_otherwise_is_blocked_and_holds_the_larger(desk: Desk) -> None:
    case = desk.submit(contract_amount=1_000_000_000, founded_on=YOUNG, other_support=300_000_000)
    decision = desk.decide(case)
    assert (decision.status, decision.reasons) == ("blocked", "startup_ceiling")
    assert decision.readings == "startup_ceiling=50:200000000;startup_ceiling=60:300000000"
    assert (decision.award_fen, decision.holds_fen) == (None, 300_000_000)
    assert desk.state(case) == "suspended"
    assert desk.budget()[2] == 300_000_000
    assert desk.cap_used() == 300_000_000


def test_a_supplement_lets_the_blocked_case_be_decided_again(desk: Desk) -> None:
    case = desk.submit(contract_amount=1_000_000_000, founded_on=YOUNG, other_support=300_000_000)
    desk.decide(case)
    desk.set("startup_ceiling", "50")
    change = deciding.decide_again(desk.office, "officer", case, "补充规定已明确")
    decision = desk.decision(case)
    assert (decision.seq, decision.supersedes_seq, decision.award_fen) == (2, 1, 200_000_000)
    assert change.facts["award_fen"] == 200_000_000
    assert desk.budget() == (YEAR_FEN, YEAR_FEN - 200_000_000, 200_000_000, 0)
    assert desk.cap_used() == 200_000_000
    held = [entry.amount_fen for entry in desk.rows(LedgerEntry) if entry.account == "reserved"]
    assert held == [300_000_000, -300_000_000, 200_000_000]


def test_what_a_later_case_gets_does_not_touch_what_a_blocked_one_may_be_owed(desk: Desk) -> None:
    blocked = {"contract_amount": 1_800_000_000, "founded_on": YOUNG, "other_support": 300_000_000}
    held = desk.decide(desk.submit(**blocked)).holds_fen
    second = desk.decide(desk.submit(contract_no="HT-2", contract_amount=2_000_000_000, founded_on=YOUNG))
    assert held == 780_000_000
    assert second.award_fen == 1_000_000_000 - held


def test_the_budget_s_last_fen_is_awarded_and_the_next_case_is_refused(desk: Desk) -> None:

    desk.budget_of(500_000_000)
    desk.set("budget_exceeded", "rest")
    assert desk.decide(desk.submit()).award_fen == 400_000_000
    last = desk.decide(desk.submit(applicant=OTHER_CODE, contract_no="HT-2"))
    assert (last.award_fen, last.binding) == (100_000_000, "budget")
    empty = desk.decide(desk.submit(applicant="91440300MA5005046B", contract_no="HT-3"))
    assert (empty.status, empty.reasons) == ("refused", "budget")
    assert desk.budget() == (500_000_000, 0, 500_000_000, 0)


def test_before_the_first_pack_a_case_is_blocked(desk: Desk) -> None:
    case = desk.submit(applied_at=datetime.datetime(2024, 1, 5, 9))
    decision = desk.decide(case)
    assert (decision.status, decision.reasons, decision.pack) == ("blocked", "no_pack", "")
    assert {entry.act for entry in desk.rows(LedgerEntry)} == {"appropriate"}


def test_a_round_is_decided_in_order_of_arrival(desk: Desk) -> None:
    late = desk.submit(applied_at=datetime.datetime(2026, 5, 22, 9), contract_amount=1_600_000_000)
    early = desk.submit(
        applied_at=datetime.datetime(2026, 5, 21, 9), contract_no="HT-2", contract_amount=1_000_000_000
    )
    seen: list[tuple[int, int]] = []
    done = deciding.decide_round(desk.office, "officer", 1, progress=lambda at, of: seen.append((at, of)))
    assert (done.awarded, done.award_fen) == (2, 1_000_000_000)
    assert desk.decision(early).award_fen == 500_000_000
    assert desk.decision(late).award_fen == 500_000_000
    assert seen == [(0, 2), (2, 2)]


def test_a_stopped_round_keeps_what_was_decided(desk: Desk) -> None:
    for number in range(4):
        desk.submit(contract_no=f"HT-{number}", contract_amount=60_000_000)
    answers = iter([True, False])
    done = deciding.decide_round(
        desk.office, "officer", 1, reason=GONE_ON, batch=3, progress=lambda at, of: next(answers)
    )
    assert done.awarded == 3
    states = sorted(desk.state(f"SL2026{number:06d}") for number in range(1, 5))
    assert states == ["calculated", "calculated", "calculated", "submitted"]


def test_a_recused_officer_s_cases_are_skipped_and_named(desk: Desk) -> None:
    from casework.people import accounts

    mine, other = desk.submit(), desk.submit(applicant=OTHER_CODE, contract_no="HT-2")
    accounts.recuse(desk.office, "officer", desk.application(mine).applicant_id, "亲属任职")
    done = deciding.decide_round(desk.office, "officer", 1)
    assert done.skipped == ((mine, "refused.recused"),)
    assert (desk.state(mine), desk.state(other)) == ("submitted", "calculated")
    with pytest.raises(Refused, match="recused"):
        deciding.decide(desk.office, "officer", mine)


def test_a_returned_award_can_be_decided_again_and_is_not_released_twice(desk: Desk) -> None:
    case = desk.submit()
    desk.decide(case)
    approval.send_back(desk.office, "approver", case, "请复核用途")
    assert desk.budget() == (YEAR_FEN, YEAR_FEN, 0, 0)
    assert desk.cap_used() == 0
    again = desk.decide(case)
    assert (again.seq, again.supersedes_seq, again.award_fen) == (2, 1, 400_000_000)
    assert desk.budget() == (YEAR_FEN, YEAR_FEN - 400_000_000, 400_000_000, 0)


def test_deciding_a_case_that_was_decided_needs_a_reason(desk: Desk) -> None:
    case = desk.submit()
    desk.decide(case)
    with pytest.raises(Refused, match="reason_missing"):
        deciding.decide_again(desk.office, "officer", case, " ")


def test_what_was_awarded_elsewhere_before_counts_on_top(desk: Desk) -> None:
    decision = desk.decide(desk.submit(awarded_before=900_000_000))
    assert (decision.award_fen, decision.binding) == (100_000_000, "applicant_year")
    assert desk.cap_used(CODE) == 100_000_000


def test_a_refused_case_that_comes_back_is_asked_about_who_claims_its_contract_since(desk: Desk) -> None:
    """Whoever came second was let pass because the first was refused; that one is decided again then."""
    desk.set_terms()
    desk.budget_of(100_000_000)
    taker = desk.submit(contract_no="HT-8", applicant=OTHER_CODE, applicant_name="另一家公司")
    desk.decide(taker)
    first = desk.submit(contract_no="HT-9", contract_amount=600_000_000)
    assert desk.decide(first).status == "refused"
    desk.budget_of(2_000_000_000)
    second = desk.submit(contract_no="ht 9", contract_amount=600_000_000)
    (claimed,) = [one for one in desk.rows(Finding) if one.code == "same_contract"]
    checking.judge_finding(desk.office, "officer", claimed.id, "cleared", "前一件不予资助")
    desk.decide(second)
    deciding.decide_again(desk.office, "officer", first, "预算追加")
    assert desk.decision(first).award_fen == 300_000_000
    (anew,) = [one for one in desk.rows(Finding) if one.code == "same_contract" and one.state == "open"]
    assert (anew.application_id, anew.with_text) == (desk.application(first).id, second)
    with pytest.raises(Refused, match="finding_open"):
        publicity.publish(desk.office, "officer", None, [first])


def test_two_numbers_that_are_alike_but_for_where_they_are_parted_are_asked_about(desk: Desk) -> None:
    """HT-1-11 and HT-11-1 count as one contract until a person has looked: no cap is shared in silence."""
    desk.set_terms()
    first, second = desk.submit(contract_no="HT-1-11"), desk.submit(contract_no="HT-11-1")
    (claimed,) = [one for one in desk.rows(Finding) if one.code == "same_contract"]
    assert (claimed.application_id, claimed.with_text) == (desk.application(second).id, first)
    desk.decide(first)
    deciding.decide(desk.office, "officer", second, "先到先得")
    with pytest.raises(Refused, match="finding_open"):
        publicity.publish(desk.office, "officer", None, [second])
    checking.judge_finding(desk.office, "officer", claimed.id, "cleared", "两份合同")
    publicity.publish(desk.office, "officer", None, [second])
