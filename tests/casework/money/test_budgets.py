"""Budgets: a case draws on what has been allotted, and opens none."""

import datetime

import pytest

from casework.award import deciding
from casework.core.refused import Refused
from casework.intake import counter_entry
from casework.money import budgets
from models import Budget, Decision
from tests.casework.desk import BUDGET, BUDGET_FEN, CODE, Desk

MODEL = "shenzhen-model-voucher"


def model_case(desk: Desk) -> str:
    facts = {
        "applied_at": datetime.datetime(2026, 5, 20, 9),
        "applicant": CODE,
        "applicant_name": "湾畔语言模型有限公司",
        "applicant_kind": "enterprise",
        "contract_no": "HT-1",
        "contract_amount": 100_000_000,
        "model_filed": True,
    }
    return str(counter_entry.submit(desk.office, "officer", facts, scheme=MODEL).facts["case"])


def test_a_case_draws_on_what_is_allotted(desk: Desk) -> None:
    desk.budget_of(900_000_000)
    desk.decide(desk.submit())
    assert desk.budget() == (900_000_000, 500_000_000, 400_000_000, 0)


def test_no_case_opens_a_budget(desk: Desk) -> None:
    case = model_case(desk)
    with pytest.raises(Refused) as refused:
        deciding.decide(desk.office, "officer", case)
    assert (refused.value.code, refused.value.params) == ("refused.no_budget", {"budget": f"{MODEL}/2026"})
    assert "财务" in refused.value.say() and "Finance" in refused.value.say("en")
    assert [row.key for row in desk.rows(Budget)] == [BUDGET]
    assert desk.rows(Decision) == [] and desk.state(case) == "submitted"


def test_what_is_left_is_told_and_nothing_of_what_was_never_allotted(desk: Desk) -> None:
    with desk.office.read() as session:
        assert budgets.left(session, BUDGET) == BUDGET_FEN
        assert budgets.left(session, f"{MODEL}/2026") is None


def test_a_budget_that_was_cut_to_nothing_is_as_if_nothing_was_allotted(desk: Desk) -> None:
    desk.budget_of(0)
    with pytest.raises(Refused, match="no_budget"):
        desk.decide(desk.submit())


def test_the_budgets_in_sight_are_this_year_s_with_their_ceiling(desk: Desk) -> None:
    desk.give(1_000_000, f"{MODEL}/2026")
    desk.give(900_000_000_000, "beijing-compute-voucher/2025")
    desk.decide(desk.submit())
    first, second = budgets.all_in_sight(desk.office)
    assert first == (BUDGET, 2026, BUDGET_FEN, BUDGET_FEN - 400_000_000, 400_000_000, 0, 0, 0, BUDGET_FEN)
    assert (second.key, second.appropriation_fen, second.ceiling_fen) == (
        f"{MODEL}/2026",
        1_000_000,
        10_000_000_000,
    )
