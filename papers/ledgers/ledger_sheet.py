"""A worksheet that takes whole rows of cells ready made.

XlsxWriter in its constant_memory mode writes each row to a temporary file once the next begins. Its methods
look at every cell on its own, which takes most of the time of a ledger with a hundred thousand rows. Here a
row of text, money and dates is made in one go and put into the same file; headings, totals, widths and print
set-up stay XlsxWriter's. Amounts are written as digits out of whole fen, so that no float stands between the
books and the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from papers.ledgers.ledger_column import Value

LIMIT_FEN = 10**15
"""Thirteen digits of yuan and two of fen: fifteen are what a spreadsheet keeps exactly."""
LONGEST_TEXT = 32_767
MILLION = 1_000_000

CellMaker = Callable[[str, Value], str]

_ODD = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_DAY_ZERO = date(1899, 12, 30).toordinal()


class LedgerSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A worksheet of XlsxWriter with `append_row`."""

    def append_row(self, row: int, cells: str, height: float | None = None) -> None:
        """Writes a whole row of cells made by `cell_makers`. Rows must come in order.

        Args:
            row: counted from 0.
            cells: the row's cells, from left to right.
            height: points, where it is not the usual one.
        """
        if row < self.previous_row:
            raise ValueError("rows of a ledger are written in order")
        self._write_single_row(row)
        tall = f' ht="{height:g}" customHeight="1"' if height else ""
        self.fh.write(f'<row r="{row + 1}"{tall}>{cells}</row>')

    def reach(self, last_row: int, last_column: int) -> None:
        """Says how far the cells reach, which XlsxWriter can't know of ready made rows."""
        self._check_dimensions(last_row, last_column)

    def merge_written(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merges cells that are written already (`merge_range` would write rows out of order)."""
        if (top, left) != (bottom, right):
            self.merge.append([top, left, bottom, right])


def cell_makers(kinds: Sequence[tuple[str, Format, Format]]) -> list[CellMaker]:
    """For each column, what makes the XML of its cell from a row's number (as Excel shows it) and a value.

    Args:
        kinds: per column its kind (``text``, ``money``, ``date``, ``moment``, ``rate``, ``number``), its
            format, and the format of a text that stands there in the place of a figure.
    """
    return [
        _maker(xl_col_to_name(column), kind, usual._get_xf_index(), text._get_xf_index())
        for column, (kind, usual, text) in enumerate(kinds)
    ]


def _maker(letters: str, kind: str, style: int, text_style: int) -> CellMaker:
    figure = _FIGURES.get(kind)
    start, empty = f'<c r="{letters}', f'" s="{style}"/>'
    opened, closed = f'" s="{style}"><v>', "</v></c>"
    as_text = f'" s="{text_style if figure else style}" t="inlineStr"><is><t>'

    def make(row: str, value: Value) -> str:
        if value is None or value == "":
            return f"{start}{row}{empty}"
        if isinstance(value, str):
            plain = escaped(value)
            if value[0].isspace() or value[-1].isspace():
                return f'{start}{row}{as_text[:-1]} xml:space="preserve">{plain}</t></is></c>'
            return f"{start}{row}{as_text}{plain}</t></is></c>"
        if figure is None:
            raise TypeError(f"a text column holds {type(value).__name__}")
        return f"{start}{row}{opened}{figure(value)}{closed}"

    return make


def escaped(text: str) -> str:
    """A text within XML. What no spreadsheet can hold is written the way spreadsheets do (``_x0001_``).

    Raises:
        ValueError: the text is longer than a cell holds: a ledger shortens nothing in silence.
    """
    if len(text) > LONGEST_TEXT:
        raise ValueError("a text is longer than a cell holds")
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text or ">" in text:
        text = text.replace("<", "&lt;").replace(">", "&gt;")
    if not text.isprintable() or "_x" in text:
        text = _ODD.sub(lambda odd: f"_x005F{odd[0]}" if odd[0][0] == "_" else f"_x{ord(odd[0]):04X}_", text)
    return text


def yuan(fen: Value) -> str:
    """Fen as the digits of yuan.

    Raises:
        TypeError: no whole fen.
        ValueError: beyond what a spreadsheet keeps to the fen.
    """
    if type(fen) is not int:
        raise TypeError(f"an amount is whole fen, not {type(fen).__name__}")
    if not -LIMIT_FEN <= fen <= LIMIT_FEN:
        raise ValueError("an amount is too large for a spreadsheet to keep to the fen")
    if fen >= 0:
        return f"{fen // 100}.{fen % 100:02d}"
    return f"-{-fen // 100}.{-fen % 100:02d}"


def _serial(day: Value) -> str:
    if not isinstance(day, date):
        raise TypeError("a date column holds no date")
    return str(day.toordinal() - _DAY_ZERO)


def _serial_moment(moment: Value) -> str:
    if not isinstance(moment, datetime):
        raise TypeError("a column of moments holds no moment")
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return f"{moment.toordinal() - _DAY_ZERO}{f'{seconds / 86_400:.12f}'[1:]}"


def _rate(millionths: Value) -> str:
    if type(millionths) is not int:
        raise TypeError("a rate is whole millionths")
    return f"{millionths // MILLION}.{millionths % MILLION:06d}"


def _whole(number: Value) -> str:
    if type(number) is not int:
        raise TypeError("a column of numbers holds no whole number")
    return str(number)


_FIGURES: dict[str, Callable[[Value], str]] = {
    "money": yuan,
    "date": _serial,
    "moment": _serial_moment,
    "rate": _rate,
    "number": _whole,
}
