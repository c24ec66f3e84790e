"""Money that is only held for a blocked case cuts nobody for good, and no letter calls it awarded."""

import pytest

from casework.award import deciding
from casework.core.refused import Refused
from casework.issuing import approval, letters, publicity, withdraw_suspend_revoke
from casework.review import checking
from tests.casework.desk import MINUTES, Desk

MILLION = 100_000_000


def two(desk: Desk, held: int, amount: int) -> tuple[str, str]:
    """A case that is blocked and holds, and the same firm's next one after it, decided both."""
    first = desk.submit(contract_no="HT-1", contract_amount=held, related_party=None)
    second = desk.submit(contract_no="HT-2", contract_amount=amount)
    assert desk.decide(first).status == "blocked"
    desk.decide(second)
    return first, second


def refused(act: object, *args: object) -> Refused:
    with pytest.raises(Refused) as found:
        act(*args)  # type: ignore[operator]
    return found.value


def test_a_refusal_for_money_that_is_only_held_is_told_to_nobody(desk: Desk) -> None:
    desk.set_terms()
    first, second = two(desk, 30 * MILLION, 8 * MILLION)
    assert (desk.decision(second).status, desk.decision(second).binding) == ("refused", "applicant_year")
    found = refused(letters.issue_refusal, desk.office, "approver", second)
    assert found.code == "refused.rests_on_hold" and first in found.say()
    checking.verify_facts(desk.office, "officer", first, {"related_party": True}, "核实")
    deciding.decide_again(desk.office, "officer", first, "已核实")
    found = refused(letters.issue_refusal, desk.office, "approver", second)
    assert found.code == "refused.rested_on_hold" and first in found.say()
    deciding.decide_again(desk.office, "officer", second, "预留已释放")
    assert desk.decision(second).award_fen == 4 * MILLION


def test_a_cut_award_waits_for_the_case_that_it_was_cut_for(desk: Desk) -> None:
    desk.set_terms()
    first, second = two(desk, 12 * MILLION, 1_234_567_800)
    assert desk.decision(second).award_fen == 4 * MILLION
    found = refused(publicity.publish, desk.office, "officer", None, [second])
    assert found.code == "refused.rests_on_hold"
    checking.verify_facts(desk.office, "officer", first, {"related_party": True}, "核实")
    deciding.decide_again(desk.office, "officer", first, "已核实")
    assert refused(publicity.publish, desk.office, "officer").code == "refused.rested_on_hold"
    deciding.decide_again(desk.office, "officer", second, "预留已释放")
    assert desk.decision(second).award_fen == 617_283_900
    publicity.publish(desk.office, "officer", None, [second])


def test_what_was_held_and_then_awarded_cuts_rightly(desk: Desk) -> None:
    desk.set_terms()
    first, second = two(desk, 12 * MILLION, 1_234_567_800)
    checking.verify_facts(desk.office, "officer", first, {"related_party": False}, "核实")
    deciding.decide_again(desk.office, "officer", first, "已核实")
    assert desk.decision(first).award_fen == 6 * MILLION
    publicity.publish(desk.office, "officer", None, [second])
    assert desk.decision(second).award_fen == 4 * MILLION


def test_a_case_that_nothing_held_has_cut_waits_for_nobody(desk: Desk) -> None:
    desk.set_terms()
    _, second = two(desk, 4 * MILLION, 8 * MILLION)
    assert desk.decision(second).award_fen == 4 * MILLION
    publicity.publish(desk.office, "officer", None, [second])


def test_the_budget_that_is_only_held_is_not_used_up(desk: Desk) -> None:
    desk.set_terms()
    desk.budget_of(5 * MILLION)
    first = desk.submit(contract_no="HT-1", contract_amount=10 * MILLION, related_party=None)
    second = desk.submit(contract_no="HT-2", contract_amount=4 * MILLION)
    assert desk.decide(first).status == "blocked"
    assert (desk.decide(second).status, desk.decision(second).binding) == ("refused", "budget")
    assert refused(letters.issue_refusal, desk.office, "approver", second).code == "refused.rests_on_hold"
    withdraw_suspend_revoke.withdraw(desk.office, "officer", first, "申请单位撤回")
    assert refused(letters.issue_refusal, desk.office, "approver", second).code == "refused.rested_on_hold"
    deciding.decide_again(desk.office, "officer", second, "预留已释放")
    assert desk.decision(second).award_fen == 2 * MILLION


def test_an_award_published_by_an_earlier_program_is_not_approved(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.set_terms()
    _, second = two(desk, 12 * MILLION, 1_234_567_800)
    with monkeypatch.context() as earlier:
        earlier.setattr(publicity, "must_not_rest_on_hold", lambda *said: None)
        desk.publish_and_end(second)
    found = refused(approval.approve, desk.office, "approver", second, MINUTES)
    assert found.code == "refused.rests_on_hold"
    approval.send_back(desk.office, "approver", second, "预留未定")
    assert desk.state(second) == "eligibility"
