"""The demonstration's money: raised, cut, lifted above the ceiling by two, and one that waits."""

from casework.boards import budget_board
from casework.founding import made_up_allotments
from models import AppropriationProposal
from tests.casework.desk import BUDGET, BUDGET_FEN, Desk


def test_it_shows_a_raise_a_cut_and_one_that_two_signed(desk: Desk) -> None:
    desk.budget_of(0)
    made_up_allotments.fill(desk.office, BUDGET)
    assert desk.budget()[0] == BUDGET_FEN
    (one,) = (each for each in budget_board.board(desk.office, "finance2").budgets if each.key == BUDGET)
    assert [entry.amount_fen for entry in one.entries[:4]] == [
        -3_000_000_000,
        3_000_000_000,
        8_000_000_000,
        42_000_000_000,
    ]
    assert [bool(entry.second) for entry in one.entries[:4]] == [False, True, False, False]


def test_the_last_one_waits_and_moves_nothing(desk: Desk) -> None:
    made_up_allotments.ask_for_more(desk.office, BUDGET)
    assert desk.budget()[0] == BUDGET_FEN
    assert [row.state for row in desk.rows(AppropriationProposal)] == ["proposed"]
