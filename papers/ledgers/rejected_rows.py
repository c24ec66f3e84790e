"""The rows of a portal's file that were not taken, as a workbook to be mended and read in again.

Every cell stands as text, so that long numbers keep their digits; the cells at fault are marked, and the last
column says why. That column is no field: a file that comes back with it reads as if it were not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

import words
from papers.ledgers.workbook_file import workbook
from papers.reading import reader
from papers.reading.portal import Reject
from papers.reading.portal_headings import shown

ABOVE = 2
"""Rows above the headings that go along: groups of headings."""
WIDTH, REASON_WIDTH = 16, 60
"""Widths of columns, in characters."""


def write(
    file: Path,
    out: Path,
    rejects: Iterable[Reject],
    heading_rows: Mapping[str, int],
    lang: str = words.DEFAULT,
    notice: str = "",
) -> int:
    """Write the rejected rows of a file with their reasons.

    Args:
        heading_rows: by sheet, the number of the row that holds its headings.
        notice: stands above everything where not empty: that this is a demonstration.

    Returns:
        The number of rows.

    Raises:
        Unreadable: the file can't be read any more.
        OSError: the workbook can't be written.
    """
    faults: dict[str, dict[int, list[Reject]]] = {}
    for reject in rejects:
        faults.setdefault(reject.sheet, {}).setdefault(reject.row, []).append(reject)
    count = 0
    with workbook(out) as book:
        styles = _Styles(book)
        for table in reader.tables(file):
            if rows := faults.get(table.name):
                page = _Page(book.add_worksheet(table.name or None), styles, lang)
                if notice:
                    page.notice(notice)
                count += page.fill(table.lines, heading_rows[table.name], rows)
    return count


class _Styles:
    def __init__(self, book: Workbook) -> None:
        self.notice = book.add_format({"bold": True, "font_color": "#C00000"})
        self.bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.text = book.add_format({"num_format": "@"})
        self.wrong = book.add_format({"num_format": "@", "bg_color": "#FBE3E1"})


class _Page:
    """A sheet of the workbook, from the top down."""

    def __init__(self, sheet: Worksheet, styles: _Styles, lang: str) -> None:
        self.sheet, self.styles, self.lang = sheet, styles, lang
        self.line = 0

    def notice(self, text: str) -> None:
        """A line of its own above the table."""
        self.sheet.write_string(0, 0, text, self.styles.notice)
        self.line = 1

    def fill(
        self, lines: Sequence[tuple[int, Sequence[str]]], head: int, faults: Mapping[int, list[Reject]]
    ) -> int:
        """Copy the headings and the rows at fault; answers how many rows."""
        headings = next(cells for number, cells in lines if number == head)
        self.sheet.set_column(0, len(headings) - 1, WIDTH)
        self.sheet.set_column(len(headings), len(headings), REASON_WIDTH)
        count = 0
        for number, cells in lines:
            if head - ABOVE <= number <= head:
                self._head(cells[: len(headings)], len(headings) if number == head else None)
            elif number in faults:
                self._row(headings, cells, faults[number])
                count += 1
        return count

    def _head(self, cells: Sequence[str], reasons: int | None) -> None:
        """A row of headings; `reasons` is the column of the reasons on the last one."""
        for column, cell in enumerate(cells):
            self.sheet.write_string(self.line, column, _own(cell), self.styles.bold)
        if reasons is not None:
            because = words.say("import.returned_because", self.lang)
            self.sheet.write_string(self.line, reasons, because, self.styles.bold)
            self.sheet.freeze_panes(self.line + 1, 0)
        self.line += 1

    def _row(self, headings: Sequence[str], cells: Sequence[str], rejects: Sequence[Reject]) -> None:
        marked = {_short(reject.column) for reject in rejects}
        for column, (heading, cell) in enumerate(zip(headings, cells, strict=False)):
            style = self.styles.wrong if _short(shown(heading)) in marked else self.styles.text
            self.sheet.write_string(self.line, column, _own(cell), style)
        self.sheet.write_string(
            self.line, len(headings), "\n".join(reject.say(self.lang) for reject in rejects)
        )
        self.line += 1


def _own(cell: str) -> str:
    """A cell's text; none where it is the rest of a merged one."""
    return "" if cell == "#merged" else cell


def _short(heading: str) -> str:
    """A heading without its group."""
    return heading.rpartition("/")[2] if not heading.endswith("/") else heading
