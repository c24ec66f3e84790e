"""The books at a date with the allotments behind them."""

import datetime

from casework.boards.books_board import books
from casework.core.office import SHANGHAI
from casework.money.allotments_taken_back import reverse_appropriation
from casework.money.periods import close_period
from tests.casework.desk import BUDGET, BUDGET_FEN, Desk

MAY = datetime.date(2026, 5, 31)


def test_what_was_taken_back_and_what_takes_it_back_stand_side_by_side(desk: Desk) -> None:
    desk.clock.at = datetime.datetime(2026, 6, 2, 9, tzinfo=SHANGHAI)
    desk.give(-500)
    reverse_appropriation(desk.office, "finance", 2, "文号填写有误")
    close_period(desk.office, "finance", "2026-05")
    found = books(desk.office)
    assert [(one.key, one.balance.available_fen) for one in found.budgets] == [(BUDGET, BUDGET_FEN)]
    assert [(one.entry, one.amount_fen, one.taken_back, one.takes_back) for one in found.allotments] == [
        (1, BUDGET_FEN, False, None),
        (2, -500, True, None),
        (3, 500, False, 2),
    ]
    assert found.closed_until == MAY
    assert [one.entry for one in books(desk.office, MAY).allotments] == [1]
