"""Budgets: opened when first asked for, raised and cut within the year by entries."""

import pytest

from casework.core.refused import Refused
from casework.money import budgets
from models import Appropriation
from tests.casework.desk import BUDGET, Desk


def test_the_first_case_opens_the_year_s_budget_as_the_pack_states_it(desk: Desk) -> None:
    desk.decide(desk.submit())
    assert desk.budget()[0] == 50_000_000_000
    row = desk.rows(Appropriation)[0]
    assert (row.allotment_no, row.amount_fen) == ("shenzhen-training-voucher@2026", 50_000_000_000)


def test_money_under_an_allotment_number_goes_before_the_pack_s_figure(desk: Desk) -> None:
    budgets.appropriate(desk.office, "finance", BUDGET, "财指〔2026〕1号", 900_000_000)
    desk.decide(desk.submit())
    assert desk.budget() == (900_000_000, 500_000_000, 400_000_000, 0)


def test_a_cut_takes_no_more_than_is_available(desk: Desk) -> None:
    budgets.appropriate(desk.office, "finance", BUDGET, "财指〔2026〕1号", 900_000_000)
    desk.decide(desk.submit())
    with pytest.raises(Refused, match="budget"):
        budgets.appropriate(desk.office, "finance", BUDGET, "财指〔2026〕2号", -500_000_001)
    budgets.appropriate(desk.office, "finance", BUDGET, "财指〔2026〕2号", -500_000_000)
    assert desk.budget() == (400_000_000, 0, 400_000_000, 0)


def test_an_allotment_has_its_number_and_an_amount(desk: Desk) -> None:
    with pytest.raises(Refused, match="allotment_missing"):
        budgets.appropriate(desk.office, "finance", BUDGET, " ", 1)
    with pytest.raises(Refused, match="amount_zero"):
        budgets.appropriate(desk.office, "finance", BUDGET, "财指〔2026〕1号", 0)
    with pytest.raises(Refused, match="not_allowed"):
        budgets.appropriate(desk.office, "officer", BUDGET, "财指〔2026〕1号", 1)
