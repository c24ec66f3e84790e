"""A mistake of finance is taken back by an entry of its own, to the fen, once."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from casework.core.refused import Refused
from casework.money import allotments, books_check, budgets, ledger
from casework.money.allotments_taken_back import reverse_appropriation
from models import Appropriation
from tests.casework.desk import BUDGET, BUDGET_FEN, Desk
from tests.casework.money.test_allotments import MODEL, MODEL_FEN, refused, silently, stands

WHY = "金额多录一个零"


def last(desk: Desk, budget: str = BUDGET) -> Appropriation:
    with desk.office.read() as session:
        found = budgets.find(session, budget)
        assert found is not None
        rows = select(Appropriation).where(col(Appropriation.budget_id) == found.id)
        newest: Appropriation = list(session.execute(rows.order_by(col(Appropriation.id))).scalars())[-1]
    return newest


def back(desk: Desk, entry: int, why: str = WHY, by: str = "finance") -> ledger.Balance | None:
    reverse_appropriation(desk.office, by, entry, why)
    return stands(desk, BUDGET)


def test_a_cut_and_an_allotment_are_taken_back_and_both_stay(desk: Desk) -> None:
    desk.give(-30_000_000)
    cut = last(desk)
    assert back(desk, cut.id) == (BUDGET_FEN, BUDGET_FEN, 0, 0, 0, 0)
    taken = last(desk)
    assert (taken.amount_fen, taken.replaces_id, taken.allotment_no) == (30_000_000, cut.id, cut.allotment_no)
    for entry, code in ((cut.id, "refused.taken_back"), (taken.id, "refused.is_taking_back")):
        refused(code, reverse_appropriation, desk.office, "finance", entry, WHY)
    refused("refused.no_such_entry", reverse_appropriation, desk.office, "finance", 999, WHY)
    refused("refused.reason_missing", reverse_appropriation, desk.office, "finance", 1, " ")
    assert back(desk, 1) == (0, 0, 0, 0, 0, 0), "the very first too: nothing is held yet"


def test_what_is_held_is_not_taken_back(desk: Desk) -> None:
    desk.decide(desk.submit())
    found = refused("refused.cut_too_deep", reverse_appropriation, desk.office, "finance", 1, WHY)
    assert found.params["most_fen"] == BUDGET_FEN - 400_000_000


def test_a_cut_is_not_taken_back_above_the_ceiling(desk: Desk) -> None:
    """What takes two people to give takes two people to give again."""
    desk.give(-30_000_000)
    cut = last(desk)
    desk.give(30_000_000)
    refused("refused.back_above_ceiling", reverse_appropriation, desk.office, "finance", cut.id, WHY)


def test_what_the_program_entered_is_replaced_and_not_taken_back(desk: Desk) -> None:
    silently(desk, 500)
    refused("refused.silent_budget", reverse_appropriation, desk.office, "finance", last(desk, MODEL).id, WHY)


def test_what_was_moved_is_taken_back_in_both_budgets_from_either_half(desk: Desk) -> None:
    for half in (0, 1):
        number = f"财指〔2026〕{half + 60}号"
        told = allotments.move_appropriation(
            desk.office, "finance", BUDGET, MODEL, number, MODEL_FEN, "年中调剂"
        ).facts
        assert (told["budget"], told["from_budget"], told["available_fen"]) == (MODEL, BUDGET, MODEL_FEN)
        source, target = last(desk), last(desk, MODEL)
        assert (source.amount_fen, target.amount_fen) == (-MODEL_FEN, MODEL_FEN)
        assert target.moved_with_id == source.id
        reverse_appropriation(desk.office, "finance", (source, target)[half].id, WHY)
        assert stands(desk, BUDGET) == (BUDGET_FEN, BUDGET_FEN, 0, 0, 0, 0)
        assert stands(desk, MODEL) == (0, 0, 0, 0, 0, 0)


def test_the_other_budget_has_spent_what_was_moved_and_nothing_is_half_done(desk: Desk) -> None:
    allotments.move_appropriation(desk.office, "finance", BUDGET, MODEL, "财指〔2026〕60号", 700, "年中调剂")
    moved = last(desk)
    allotments.appropriate(desk.office, "finance", MODEL, "财指〔2026〕61号", -1, "调减一分")
    with pytest.raises(Refused, match="cut_too_deep"):
        reverse_appropriation(desk.office, "finance", moved.id, WHY)
    assert stands(desk, BUDGET) == (BUDGET_FEN - 700, BUDGET_FEN - 700, 0, 0, 0, 0)
    with desk.office.read() as session:
        assert books_check.check(session).faults == ()
