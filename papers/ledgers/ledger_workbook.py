"""Ledgers (台账) as workbooks: text that stays text, amounts to the fen, totals that every program shows.

The same rows give the same bytes: dates within the file are the ones given, never today's. Ledgers print on
A3 across, their headings on every page; a wide one on several beside each other, the columns that stay
in sight on each of them, so that it can be read (`print_pages`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook

import words
from papers.ledgers.ledger_column import Column, Sheet, Value
from papers.ledgers.ledger_sheet import LedgerSheet, cell_makers, yuan
from papers.ledgers.print_pages import MARGIN, PrintPages, print_pages
from papers.ledgers.workbook_file import workbook

R = TypeVar("R")
FONT = "宋体"
_LINE_POINTS = 12.0
_MEASURE = {"font_name": "Arial", "font_size": 9}
"""What widths of columns are measured in: its digits, of 7 pixels, are as wide in every program (where it is
missing another of the same widths takes its place), so that columns fit the sheets they are laid on."""
_CHINESE_WIDTH = 1.75
"""How many such digits wide a Chinese character of 9 points is."""
_NARROW = re.compile("[\0-\u1fff]+")
"""Characters half as wide."""


def write_ledger(
    target: Path | BinaryIO, columns: Sequence[Column[R]], rows: Iterable[R], sheet: Sheet
) -> int:
    """Writes a ledger and answers the number of its rows.

    Args:
        target: a path (see `papers.draft_file`) or an open binary file.
        columns: from left to right.
        rows: whatever the columns take their values from; one by one, so that memory stays small.
        sheet: title, notes, date.

    Raises:
        TypeError: a value that is not of its column's kind.
        ValueError: an amount or text that no spreadsheet keeps exactly.
        OSError: the file can't be written.
    """
    with workbook(target, constant_memory=True, default_format_properties=dict(_MEASURE)) as book:
        book.set_properties({"title": sheet.title, "created": sheet.made_at.replace(tzinfo=None)})
        styles = _Styles(book)
        page = book.add_worksheet(sheet.name, worksheet_class=LedgerSheet)
        for number, column in enumerate(columns):
            page.set_column(number, number, column.width)
        laid = print_pages(columns, sheet.paper, sheet.frozen)
        top = _write_top(page, columns, sheet, styles, (laid.starts or (len(columns),))[0] - 1)
        count, sums, as_text = _write_rows(page, columns, rows, top, styles)
        _write_totals(page, columns, top, count, sums, styles, sheet.lang)
        _write_left_out(page, columns, top + count + 1, as_text, styles, sheet.lang)
        _set_up_print(page, columns, top, sheet, laid)
    return count


class _Styles:
    """The formats of a ledger, made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        box = {"border": 1, "border_color": "#9AA5B1"}
        head = {**box, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E8EDF3"}
        self.title = self._format(bold=True, font_size=16, align="center")
        self.notice = self._format(bold=True, font_color="#C00000", align="center")
        self.note = self._format(font_color="#44505C")
        self.head = self._format(**head)
        cell: dict[str, dict[str, object]] = {
            "text": {"text_wrap": True, "num_format": "@"},
            "money": {"num_format": "#,##0.00", "align": "right"},
            "date": {"num_format": "yyyy-mm-dd", "align": "center"},
            "moment": {"num_format": "yyyy-mm-dd hh:mm", "align": "center"},
            "rate": {"num_format": "0.00%", "align": "center"},
            "number": {"num_format": "0", "align": "center"},
        }
        self.cells = {kind: self._format(**box, **how) for kind, how in cell.items()}
        self.words = {
            kind: self._format(**box, num_format="@", text_wrap=True, align=how.get("align", "left"))
            for kind, how in cell.items()
        }
        total = {**box, "bold": True, "top": 2, "bg_color": "#F5F7FA"}
        self.total = self._format(**total, num_format="#,##0.00", align="right")
        self.total_text = self._format(**total, num_format="@")

    def _format(self, **how: object) -> Format:
        made: Format = self._book.add_format({"font_name": FONT, "font_size": 9, "valign": "vcenter", **how})
        return made


def _write_top(
    page: LedgerSheet, columns: Sequence[Column[Any]], sheet: Sheet, styles: _Styles, last: int
) -> int:
    """Notice, title and notes, over the columns up to `last`, and headings; answers the first row below."""
    row = 0
    if sheet.notice:
        page.write_string(row, 0, sheet.notice, styles.notice)
        page.merge_written(row, 0, row, last)
        row += 1
    page.set_row(row, 30)
    page.write_string(row, 0, sheet.title, styles.title)
    page.merge_written(row, 0, row, last)
    row += 1
    if sheet.notes:
        page.write_string(row, 0, "    ".join(sheet.notes), styles.note)
        page.merge_written(row, 0, row, last)
        row += 1
    return _write_headings(page, columns, row, styles)


def _write_headings(page: LedgerSheet, columns: Sequence[Column[Any]], row: int, styles: _Styles) -> int:
    if not any(column.group for column in columns):
        page.set_row(row, 28)
        for number, column in enumerate(columns):
            page.write_string(row, number, column.heading, styles.head)
        return row + 1
    starts = [
        number
        for number, column in enumerate(columns)
        if not column.group or not number or columns[number - 1].group != column.group
    ]
    page.set_row(row, 18)
    page.set_row(row + 1, 18)
    for number, column in enumerate(columns):
        if number in starts:
            page.write_string(row, number, column.group or column.heading, styles.head)
        else:
            page.write_blank(row, number, None, styles.head)
    for number, column in enumerate(columns):
        if column.group:
            page.write_string(row + 1, number, column.heading, styles.head)
        else:
            page.write_blank(row + 1, number, None, styles.head)
    for start, end in zip(starts, [*starts[1:], len(columns)], strict=True):
        page.merge_written(row, start, row if columns[start].group else row + 1, end - 1)
    return row + 2


def _write_rows(
    page: LedgerSheet, columns: Sequence[Column[R]], rows: Iterable[R], top: int, styles: _Styles
) -> tuple[int, dict[int, int], dict[int, int]]:
    """Writes the rows; answers how many, each total, and how many of each stand there as text."""
    makers = cell_makers([(c.kind, styles.cells[c.kind], styles.words[c.kind]) for c in columns])
    totalled = [number for number, column in enumerate(columns) if column.total]
    sums, as_text = dict.fromkeys(totalled, 0), dict.fromkeys(totalled, 0)
    fits = [(n, int(c.width / _CHINESE_WIDTH)) for n, c in enumerate(columns) if c.kind == "text"]
    sources = [column.value for column in columns]
    count, row = 0, top
    for entry in rows:
        values = [value_of(entry) for value_of in sources]
        shown = str(row + 1)
        cells = [make(shown, value) for make, value in zip(makers, values, strict=True)]
        for number in totalled:
            value = values[number]
            if type(value) is int:
                sums[number] += value
            elif value:
                as_text[number] += 1
        lines = max((_lines(values[number], most) for number, most in fits), default=1)
        page.append_row(row, "".join(cells), lines * _LINE_POINTS + 4.0)
        count += 1
        row += 1
    page.reach(max(row - 1, 0), len(columns) - 1)
    return count, sums, as_text


def _lines(value: Value, most: int) -> int:
    """Lines that a text takes in a column that is `most` Chinese characters wide."""
    if not isinstance(value, str) or len(value) <= most:
        return 1
    narrow = sum(map(len, _NARROW.findall(value)))
    halves = 2 * len(value) - narrow
    return min(8, -(-halves // (2 * most)))


def _write_totals(
    page: LedgerSheet,
    columns: Sequence[Column[Any]],
    top: int,
    count: int,
    sums: dict[int, int],
    styles: _Styles,
    lang: str,
) -> None:
    """One line of sums: formulas to go on calculating with, which carry the exact sums to be looked at."""
    if not sums:
        return
    row = top + count
    page.set_row(row, 22)
    for number in range(len(columns)):
        if number in sums:
            cells = f"{xl_rowcol_to_cell(top, number)}:{xl_rowcol_to_cell(row - 1, number)}"
            total = Decimal(yuan(sums[number]) if columns[number].kind == "money" else sums[number])
            page.write_formula(row, number, f"=SUM({cells})" if count else "=0", styles.total, total)
        elif number == 0:
            page.write_string(row, 0, words.say("ledger.total", lang), styles.total_text)
        else:
            page.write_blank(row, number, None, styles.total_text)


def _write_left_out(
    page: LedgerSheet,
    columns: Sequence[Column[Any]],
    row: int,
    as_text: dict[int, int],
    styles: _Styles,
    lang: str,
) -> None:
    """Says which totals leave out amounts that stand there as text, alternatives beside each other."""
    told = [
        words.say("ledger.left_out_of", lang, column=columns[number].heading, count=count)
        for number, count in as_text.items()
        if count
    ]
    if told:
        page.write_string(row, 0, words.say("ledger.left_out", lang, columns=told), styles.note)


def _set_up_print(
    page: LedgerSheet, columns: Sequence[Column[Any]], top: int, sheet: Sheet, laid: PrintPages
) -> None:
    page.freeze_panes(top, sheet.frozen)
    head = 2 if any(column.group for column in columns) else 1
    page.repeat_rows(top - head, top - 1)
    page.set_paper(sheet.paper)
    page.set_landscape()
    if laid.starts:
        page.set_print_scale(laid.percent)
        page.set_v_pagebreaks(list(laid.starts))
        page.print_across()
        if sheet.frozen:
            page.repeat_columns(0, sheet.frozen - 1)
    else:
        page.fit_to_pages(1, 0)
    page.set_margins(left=MARGIN, right=MARGIN, top=0.5, bottom=0.6)
    page.center_horizontally()
    title = sheet.title.replace("&", "&&")
    page.set_footer(f"&L{title}{words.say('ledger.page', sheet.lang)}")
    page.hide_gridlines(2)
