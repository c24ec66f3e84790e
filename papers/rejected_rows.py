"""The rows of a portal's file that were not taken, as a workbook to be mended and read in again.

Every cell stands as text, so that long numbers keep their digits; the cells at fault are marked, and the last
column says why. That column is no field: a file that comes back with it reads as if it were not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import words
from papers import reader
from papers.columns import shown
from papers.portal import Reject

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
) -> int:
    """Write the rejected rows of a file with their reasons.

    Args:
        heading_rows: by sheet, the number of the row that holds its headings.

    Returns:
        The number of rows.

    Raises:
        Unreadable: the file can't be read any more.
        OSError: the workbook can't be written.
    """
    from xlsxwriter.exceptions import FileCreateError

    try:
        return _written(file, out, rejects, heading_rows, lang)
    except FileCreateError as fault:
        cause = fault.args[0] if fault.args else None
        raise cause if isinstance(cause, OSError) else OSError(str(fault)) from fault


def _written(
    file: Path, out: Path, rejects: Iterable[Reject], heading_rows: Mapping[str, int], lang: str
) -> int:
    import xlsxwriter

    faults: dict[str, dict[int, list[Reject]]] = {}
    for reject in rejects:
        faults.setdefault(reject.sheet, {}).setdefault(reject.row, []).append(reject)
    count = 0
    with xlsxwriter.Workbook(str(out)) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@"})
        wrong = book.add_format({"num_format": "@", "bg_color": "#FBE3E1"})
        for table in reader.tables(file):
            rows = faults.get(table.name)
            if not rows:
                continue
            sheet = book.add_worksheet(table.name or None)
            head = heading_rows[table.name]
            headings = next(cells for number, cells in table.lines if number == head)
            width = len(headings)
            sheet.set_column(0, width - 1, WIDTH)
            sheet.set_column(width, width, REASON_WIDTH)
            line = 0
            for number, cells in table.lines:
                if head - ABOVE <= number <= head:
                    for column, cell in enumerate(cells[:width]):
                        sheet.write_string(line, column, "" if cell == "#merged" else cell, bold)
                    if number == head:
                        sheet.write_string(line, width, words.say("import.returned_because", lang), bold)
                        sheet.freeze_panes(line + 1, 0)
                    line += 1
                elif number in rows:
                    marked = {_short(reject.column) for reject in rows[number]}
                    for column, cell in enumerate(cells[:width]):
                        style = wrong if _short(shown(headings[column])) in marked else text
                        sheet.write_string(line, column, "" if cell == "#merged" else cell, style)
                    sheet.write_string(line, width, "\n".join(reject.say(lang) for reject in rows[number]))
                    line, count = line + 1, count + 1
    return count


def _short(heading: str) -> str:
    """A heading without its group."""
    return heading.rpartition("/")[2] if not heading.endswith("/") else heading
