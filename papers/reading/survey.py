"""What a workbook's part shows before it is parsed: how far its cells reach, and the cells a parser hides.

The reader that is fast gives an error cell (``#N/A``) and a formula without a stored value as plain empty
cells, which would make "not known" of "wrong". Both are seen here in the bytes of the sheet, with merged
ranges, while the guard inflates it anyway. This is a search for marks, not a parse: a mark that a hostile
file hides from it meets the limits of the child process.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from papers.reading.unreadable import Unreadable

MOST_ROWS = 200_000
MOST_COLUMNS = 702
"""To column ZZ."""
MOST_CELLS = 8_000_000
MOST_MARKS = 200_000
MOST_MERGED_CELLS = 500_000
LONGEST_TEXT = 1 << 20
"""Bytes between two marks of XML. A cell holds 32,767 characters at most."""

_CELL = re.compile(rb"<c\s(?:[^<>]*?\s)?r\s*=\s*[\"']([A-Za-z]{1,9}\d{1,9})")
_PREFIXED_CELL = re.compile(rb":c\s(?:[^<>]*?\s)?r\s*=\s*[\"']([A-Za-z]{1,9}\d{1,9})")
_USUAL_CELL = re.compile(rb'<c r="([A-Z]{1,3}(?:\d{6,9})?)')
"""Cells as all usual writers write them. The row is taken only where it is large: `<row` tells the rest."""
_ROW = re.compile(rb"[<:]row\s(?:[^<>]*?\s)?r\s*=\s*[\"'](\d{1,9})")
_USUAL_ROW = re.compile(rb'<row r="(\d{1,9})')
_PLACE = re.compile(rb"(?:^|\s)r\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_ERROR = re.compile(
    rb"[<:]c\s((?:[^<>]*?\s)?t\s*=\s*[\"']e[\"'][^<>]*)>"
    rb"(?:(?!</?(?:\w+:)?c[\s>]).)*?<(?:\w+:)?v>([^<]*)<",
    re.DOTALL,
)
_FORMULA = re.compile(
    rb"[<:]c((?:\s[^<>]*)?)><(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_TEXT_RESULT = re.compile(rb"(?:^|\s)t\s*=\s*[\"']str[\"']")
_MERGED = re.compile(
    rb"[<:]mergeCell\s(?:[^<>]*?\s)?ref\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})(?::([A-Za-z]{1,3})(\d{1,7}))?[\"']"
)


class PartSurvey(NamedTuple):
    """Marks of one part. Rows are Excel's (from 1), columns count from 0.

    `marks` are (row, column, code, shown): ``error`` with its text, ``formula`` without a stored value.
    `merged` are (first row, first column, last row, last column).
    """

    marks: tuple[tuple[int, int, str, str], ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()


def column_number(letters: str) -> int:
    """``A`` is 0, ``Z`` 25, ``AA`` 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


class Surveyor:
    """Takes a part's bytes piece by piece and keeps what matters.

    Raises:
        Unreadable: as soon as a piece shows harm.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._rest = b""
        self._xml: bool | None = None
        self._rows = self._strings = 0
        self._last_row = 0
        self._width = 0
        self._marks: list[tuple[int, int, str, str]] = []
        self._merged: list[tuple[int, int, int, int]] = []
        self._merged_cells = 0

    def feed(self, piece: bytes) -> None:
        """Looks at the next piece."""
        if self._xml is None:
            self._xml = self._is_xml(piece)
        if not self._xml:
            return
        buffer = self._rest + piece if self._rest else piece
        cut = buffer.rfind(b"c>") + 2
        if cut < 2 or len(buffer) - cut > LONGEST_TEXT // 4:
            cut = buffer.rfind(b">") + 1
        self._rest = buffer[cut:]
        if len(self._rest) > LONGEST_TEXT:
            raise Unreadable("long_text", most=LONGEST_TEXT)
        self._look(buffer[:cut])

    def done(self) -> PartSurvey:
        """What the whole part showed."""
        self._look(self._rest)
        return PartSurvey(tuple(self._marks), tuple(self._merged))

    def _is_xml(self, piece: bytes) -> bool:
        start = piece[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
        if piece[:2] in (b"\xff\xfe", b"\xfe\xff") or start[:2] in (b"<\0", b"\0<"):
            raise Unreadable("damaged")
        return start.startswith(b"<")

    def _look(self, text: bytes) -> None:
        # A single rare letter is found many times faster than a mark, and tells that most marks are not
        # there: no colon and no element has a prefix, no # and no cell is an error.
        if b"!" in text and (b"<!D" in text or b"<!E" in text):
            raise Unreadable("harmful", what="entities")
        prefixed = b":" in text
        if b"<row" not in text:
            self._strings += text.count(b"<si") + (text.count(b":si") if prefixed else 0)
            if self._strings > MOST_CELLS:
                raise Unreadable("too_many_cells", most=MOST_CELLS)
        if not (b"<c" in text or b"<row" in text or b"mergeCell" in text or prefixed):
            return
        self._look_at_reach(text, prefixed)
        if b"#" in text and (b'"e"' in text or b"'e'" in text):
            for cell, shown in _ERROR.findall(text):
                self._mark(cell, "error", shown.decode("utf-8", "replace")[:40])
        if b"f" in text and (b"<f" in text or (prefixed and b":f" in text)):
            for cell in _FORMULA.findall(text):
                if not _TEXT_RESULT.search(cell):
                    self._mark(cell, "formula", "")
        if b"mergeCell" in text:
            self._look_at_merged(text)

    def _look_at_reach(self, text: bytes, prefixed: bool) -> None:
        lines = text.count(b"<row")
        cells, rows = _cells_and_rows(text, lines, prefixed)
        self._rows += lines + (text.count(b":row") if prefixed else 0)
        for cell in cells:
            letters = cell.rstrip(b"0123456789")
            self._width = max(self._width, column_number(letters.decode()) + 1)
            self._last_row = max(self._last_row, int(cell[len(letters) :] or 0))
        self._last_row = max(self._last_row, max(map(int, rows), default=0))
        if max(self._rows, self._last_row) > MOST_ROWS:
            raise Unreadable("too_many_rows", most=MOST_ROWS)
        if self._width > MOST_COLUMNS:
            raise Unreadable("too_wide", most=MOST_COLUMNS)
        if self._width * max(self._last_row, self._rows) > MOST_CELLS:
            raise Unreadable("too_many_cells", most=MOST_CELLS)

    def _mark(self, cell: bytes, code: str, shown: str) -> None:
        place = _PLACE.search(cell)
        if place is None:
            raise Unreadable("damaged")
        self._marks.append((int(place[2]), column_number(place[1].decode()), code, shown))
        if len(self._marks) > MOST_MARKS:
            raise Unreadable("harmful", what="formulas")

    def _look_at_merged(self, text: bytes) -> None:
        for first, top, last, bottom in _MERGED.findall(text):
            left, right = column_number(first.decode()), column_number((last or first).decode())
            upper, lower = int(top), int(bottom or top)
            self._merged.append((upper, left, lower, right))
            self._merged_cells += (lower - upper + 1) * (right - left + 1)
            if self._merged_cells > MOST_MERGED_CELLS or lower < upper or right < left:
                raise Unreadable("harmful", what="merged")


def _cells_and_rows(text: bytes, lines: int, prefixed: bool) -> tuple[set[bytes], list[bytes]]:
    """The places of all cells and rows; the slow search only where a writer's way is not the usual one."""
    cells, rows = _USUAL_CELL.findall(text), _USUAL_ROW.findall(text)
    odd = b"\n" in text or b"\r" in text or b"\t" in text or (prefixed and b":c" in text)
    if odd or len(cells) != text.count(b"<c ") or len(rows) != lines:
        return set(_CELL.findall(text)).union(_PREFIXED_CELL.findall(text)), _ROW.findall(text)
    return set(cells), rows
