"""Cells of a file that were read wrongly or written wrongly, with the text that a person typed instead.

What is retyped stands beside the file: the file stays as it came, the reader takes the text where the cell
was, and says what stood there before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from papers.reading import portal_values
from papers.reading.cells import Row
from papers.reading.portal_headings import PortalColumn


class Retyping(NamedTuple):
    """What is to be read in a cell: `row` as Excel shows it, `heading` as a reject names its column."""

    sheet: str
    row: int
    heading: str
    text: str


class Retyped(NamedTuple):
    """A cell that was read as it was retyped. `field` is empty where the column is no field."""

    sheet: str
    row: int
    heading: str
    field: str
    was: str
    now: str


class Retyper:
    """Puts retypings in the place of a sheet's cells before they are read."""

    def __init__(self, sheet: str, columns: Sequence[PortalColumn], retypings: Iterable[Retyping]) -> None:
        by_heading = {column.heading: column for column in reversed(columns)}
        self._sheet = sheet
        self._rows: dict[int, dict[int, tuple[PortalColumn, str]]] = {}
        self.done: list[Retyped] = []
        for each in retypings:
            column = by_heading.get(each.heading)
            if each.sheet == sheet and column is not None:
                self._rows.setdefault(each.row, {})[column.place] = (column, each.text)

    def applied(self, row: Row) -> Row:
        """The row with what was typed in the place of its cells."""
        found = self._rows.get(row.number)
        if found is None:
            return row
        cells = list(row.cells) + [""] * (1 + max(found) - len(row.cells))
        for place, (column, text) in found.items():
            was = portal_values.shown(cells[place])
            cells[place] = text
            self.done.append(Retyped(self._sheet, row.number, column.heading, column.field, was, text))
        return Row(row.number, cells)
