"""How a wide ledger is laid on paper: on as many sheets beside each other as it takes to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from papers.ledgers.ledger_column import A3, A4, Column

MARGIN = 0.35
"""Inches left and right of the cells."""
LEAST = 80
"""Percent of its size below which no ledger is printed: cells of 9 points stay above 7."""

_ACROSS = {A3: 1190.55, A4: 841.89}  # points, the paper lying on its long side
_SLACK = 0.9
"""Programs differ by a few hundredths in how wide a column comes out."""


class PrintPages(NamedTuple):
    """The first column of each sheet but the leftmost, and the percent that all are printed at; no starts
    where one sheet is wide enough: what prints it then fits it."""

    starts: tuple[int, ...]
    percent: int


def print_pages(columns: Sequence[Column[Any]], paper: int, repeated: int) -> PrintPages:
    """The fewest sheets beside each other, at the largest size that takes no more of them.

    The first `repeated` columns stand on each sheet. Columns that share a heading stand together.
    """
    room = _ACROSS[paper] - 2 * MARGIN * 72
    if sum(map(_points, columns)) <= room * 100 / LEAST:
        return PrintPages((), LEAST)
    fewest = _starts(columns, room * _SLACK * 100 / LEAST, repeated)
    for percent in range(100, LEAST, -1):
        starts = _starts(columns, room * _SLACK * 100 / percent, repeated)
        if len(starts) == len(fewest):
            return PrintPages(starts, percent)
    return PrintPages(fewest, LEAST)


def _starts(columns: Sequence[Column[Any]], room: float, repeated: int) -> tuple[int, ...]:
    """Where sheets of so many points begin, the leftmost left out."""
    again = sum(map(_points, columns[:repeated]))
    starts: list[int] = []
    used = 0.0
    for first, after in _together(columns):
        wide = sum(map(_points, columns[first:after]))
        if used + wide > room and first > repeated:
            starts.append(first)
            used = again
        used += wide
    return tuple(starts)


def _together(columns: Sequence[Column[Any]]) -> Iterator[tuple[int, int]]:
    """Each run of columns that share a heading, from its first to behind its last."""
    first = 0
    for number in range(1, len(columns) + 1):
        group = columns[first].group
        if number == len(columns) or not group or columns[number].group != group:
            yield first, number
            first = number


def _points(column: Column[Any]) -> float:
    """A column's width on paper: a character takes 7 pixels, the cell's edges 5, a pixel ¾ of a point."""
    return int(column.width * 7 + 5) * 0.75
