"""A wide ledger on paper: sheets beside each other, the cells never smaller than can be read."""

from operator import itemgetter

import pytest

from casework.outgoing.voucher_ledger import COLUMNS, FROZEN
from papers.ledgers.ledger_column import A3, A4, Column
from papers.ledgers.print_pages import LEAST, print_pages


def columns(*widths: float, group: str = "") -> list[Column[tuple[str, ...]]]:
    return [Column("列", itemgetter(0), "text", width, group=group) for width in widths]


@pytest.mark.parametrize(("paper", "most"), [(A3, 24), (A4, 17)])
def test_what_one_sheet_holds_at_a_size_that_can_be_read_stays_on_one(paper: int, most: int) -> None:
    """A column of 10 characters is 56 points wide; a sheet across has 1,140 (A3) or 791 (A4) of them."""
    assert print_pages(columns(*[10.0] * most), paper, 1).starts == ()
    wider = print_pages(columns(*[10.0] * (most + 2)), paper, 1)
    assert len(wider.starts) == 1 and LEAST <= wider.percent <= 100


def test_columns_under_one_heading_stay_on_one_sheet() -> None:
    apart = columns(*[10.0] * 40)
    starts = print_pages(apart, A3, 2).starts
    at = starts[0]
    joined = [*apart[: at - 2], *columns(*[10.0] * 4, group="起止"), *apart[at + 2 :]]
    assert not {at - 1, at, at + 1} & set(print_pages(joined, A3, 2).starts)


def test_the_columns_that_are_repeated_take_their_room_on_each_sheet() -> None:
    wide = columns(*[10.0] * 60)
    assert len(print_pages(wide, A3, 12).starts) > len(print_pages(wide, A3, 1).starts)


def test_the_voucher_ledger_can_be_read_on_paper() -> None:
    laid = print_pages(COLUMNS, A3, FROZEN)
    assert len(laid.starts) == 2 and laid.percent * 9 / 100 >= 7
