"""Cells put into a sheet of a workbook, as changes of the sheet's own text: no other byte of it moves.

What a bank made of its template stays as it was: what reads a workbook into a model of its own and writes it
anew leaves out what the model does not know (lists for choosing that newer programs wrote, buttons, shapes,
macros).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape

from papers.reading.survey import column_letters, column_number
from papers.reading.unreadable import Unreadable

_DATA = re.compile(r"<((?:\w+:)?)sheetData\s*(?:/>|>)")
_R = re.compile(r"""\br\s*=\s*["']([^"']*)["']""")
_STYLE = re.compile(r"""\ss\s*=\s*["'](\d+)["']""")
_SPANS = re.compile(r"""\sspans\s*=\s*["'][^"']*["']""")


class Put(NamedTuple):
    """What goes into a cell: a text, or a number's digits; an empty one clears it."""

    said: str
    is_number: bool = False


class _Cell(NamedTuple):
    column: int
    text: str


class _Row(NamedTuple):
    number: int
    head: str
    cells: list[_Cell]
    text: str


class Sheet:
    """The rows of a sheet as they stand in its text.

    Raises:
        Unreadable: ``damaged``: there are none.
    """

    def __init__(self, text: str) -> None:
        found = _DATA.search(text)
        if found is None:
            raise Unreadable("damaged")
        self.prefix = found[1]
        self.before, self.after = text[: found.start()], text[found.end() :]
        inside = ""
        if not found[0].endswith("/>"):
            end = f"</{self.prefix}sheetData>"
            inside, closed, self.after = self.after.partition(end)
            if not closed:
                raise Unreadable("damaged")
        self.rows = {row.number: row for row in self._rows(inside)}

    def _rows(self, inside: str) -> Iterator[_Row]:
        p, number = self.prefix, 0
        for found in re.finditer(rf"<{p}row\b([^>]*?)(?:/>|>(.*?)</{p}row>)", inside, re.DOTALL):
            said = _R.search(found[1])
            number = int(said[1]) if said else number + 1
            yield _Row(number, found[1], list(self._cells(found[2] or "")), found[0])

    def _cells(self, inside: str) -> Iterator[_Cell]:
        p, column = self.prefix, -1
        for found in re.finditer(rf"<{p}c\b([^>]*?)(?:/>|>.*?</{p}c>)", inside, re.DOTALL):
            said = _R.search(found[1])
            column = column_number(said[1].rstrip("0123456789")) if said else column + 1
            yield _Cell(column, found[0])

    def style(self, row: int, column: int) -> str:
        """The number of a cell's look, or empty."""
        cells = self.rows[row].cells if row in self.rows else []
        cell = next((cell.text for cell in cells if cell.column == column), "")
        found = _STYLE.search(cell.partition(">")[0])
        return found[1] if found else ""

    def formulas(self, row: int, columns: Mapping[int, Put]) -> bool:
        """Whether any of some cells of a row holds a formula."""
        cells = self.rows[row].cells if row in self.rows else []
        return any(cell.column in columns and f"<{self.prefix}f" in cell.text for cell in cells)

    @property
    def has_formulas(self) -> bool:
        """Whether any cell holds one."""
        return any(f"<{self.prefix}f" in row.text for row in self.rows.values())

    def put(self, row: int, values: Mapping[int, Put], look_of: int) -> None:
        """Put cells into a row. One that was there keeps its look, a new one takes that of the row `look_of`
        in its column."""
        there = self.rows.get(row) or _Row(row, f' r="{row}"', [], "")
        cells = {cell.column: cell.text for cell in there.cells}
        for column, value in values.items():
            style = self.style(row if column in cells else look_of, column)
            cells[column] = self._cell(f"{column_letters(column)}{row}", style, value)
        p, head = self.prefix, _SPANS.sub("", there.head)
        text = f"<{p}row{head}>{''.join(cells[column] for column in sorted(cells))}</{p}row>"
        self.rows[row] = _Row(row, head, [_Cell(*cell) for cell in sorted(cells.items())], text)

    def _cell(self, name: str, style: str, value: Put) -> str:
        p = self.prefix
        head = f'<{p}c r="{name}"' + (f' s="{style}"' if style else "")
        if not value.said:
            return f"{head}/>"
        if value.is_number:
            return f"{head}><{p}v>{value.said}</{p}v></{p}c>"
        space = ' xml:space="preserve"' if value.said != value.said.strip() else ""
        return f'{head} t="inlineStr"><{p}is><{p}t{space}>{escape(value.said)}</{p}t></{p}is></{p}c>'

    def text(self) -> str:
        """The whole sheet."""
        rows = "".join(self.rows[number].text for number in sorted(self.rows))
        p = self.prefix
        before = self._wider(self.before)
        return f"{before}<{p}sheetData>{rows}</{p}sheetData>{self.after}"

    def _wider(self, before: str) -> str:
        """What stands before the rows, with the sheet's extent as it is now."""
        found = re.search(rf'<{self.prefix}dimension ref="([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?"\s*/>', before)
        if found is None or not self.rows:
            return before
        right = max((cell.column for row in self.rows.values() for cell in row.cells), default=0)
        right = max(right, column_number(found[3] or found[1]))
        bottom = max(*self.rows, int(found[4] or found[2]))
        ref = f"{found[1]}{found[2]}:{column_letters(right)}{bottom}"
        return before[: found.start()] + f'<{self.prefix}dimension ref="{ref}"/>' + before[found.end() :]
