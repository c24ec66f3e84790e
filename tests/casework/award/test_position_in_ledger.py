"""The position in the ledger: what deciding writes, and that it writes no more than it must."""

import pytest

from casework.award import deciding
from casework.award.position_in_ledger import STATE_AFTER
from models import Appropriation, CapEntry, Decision, LedgerEntry, Policy
from models.state_names import APPLICATION, DECISION
from tests.casework.adopted import adopt
from tests.casework.award.test_deciding_bench import submit
from tests.casework.desk import BUDGET_FEN, Desk
from tests.rules.round_packs import READINGS, pack_text


def test_a_decision_is_kept_with_what_it_follows_from(desk: Desk) -> None:
    decision = desk.decide(desk.submit())
    assert decision.policy_sha256 == desk.rows(Policy)[0].sha256
    assert decision.cap_keys.startswith("shenzhen-training-voucher/applicant_year/")
    assert decision.witness and decision.trace
    entries = [entry for entry in desk.rows(LedgerEntry) if entry.decision_seq == decision.seq]
    assert [(entry.account, entry.amount_fen) for entry in entries] == [
        ("available", -400_000_000),
        ("reserved", 400_000_000),
    ]
    assert [(entry.decision_seq, entry.amount_fen) for entry in desk.rows(CapEntry)] == [(1, 400_000_000)]


def test_a_case_opens_no_budget_and_the_policy_is_kept_once(desk: Desk) -> None:
    adopt(desk.office, pack_text('exceeded = "rest"'))
    submit(desk, (10_000_000, 20_000_000, 30_000_000))
    deciding.decide_round(desk.office, "officer")
    assert [row.amount_fen for row in desk.rows(Appropriation)] == [BUDGET_FEN, 100_000_000]
    assert len(desk.rows(Policy)) == 1
    assert {row.budget_id for row in desk.rows(Decision)} == {2}


@pytest.mark.parametrize(("state", "resumes"), [("accepted", "accepted"), ("suspended", "eligibility")])
def test_a_blocked_case_is_taken_up_again_where_it_was(desk: Desk, state: str, resumes: str) -> None:
    from casework.review import checking

    adopt(desk.office, pack_text('exceeded = "rest"', rate='{ unset = "rate" }', more=READINGS))
    (case,) = submit(desk, (10_000_000,))
    checking.accept(desk.office, "officer", case)
    desk.decide(case)
    if state == "suspended":
        deciding.decide_again(desk.office, "officer", case, "复核")
    assert (desk.state(case), desk.application(case).resumes) == ("suspended", resumes)


def test_every_outcome_has_its_state() -> None:
    assert set(STATE_AFTER) == set(DECISION)
    assert set(STATE_AFTER.values()) <= set(APPLICATION)
    assert STATE_AFTER["refused"] == "refused"
