"""What a workbook's part shows before it is parsed: how far its cells reach, and the cells a parser hides.

The reader that is fast gives an error cell (``#N/A``) and a formula without a stored value as plain empty
cells, which would make "not known" of "wrong". Both are seen here in the bytes of the sheet, with merged
ranges and hidden rows, while the guard inflates it anyway. This is a search for marks, not a parse: a mark
that a hostile file hides from it meets the limits of the child process.

A formula was never calculated where no result is stored with it, where its result is a Java double of
nothing (``0.0``, as one streaming writer stores for each), or where the workbook says so of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from papers.reading.number_formats import cell_mark
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
_USUAL_CELL, _USUAL_START = re.compile(rb'<c r="([A-Z]{2,3}(?:\d{6,9})?|[A-Z]\d{6,9})'), b'<c r="'
"""Cells as all usual writers write them, those that may lie far out: most are in columns of one letter, and
`<row` tells where they end."""
_ONE_LETTER = {b"Z"}
_ROW = re.compile(rb"[<:]row\s(?:[^<>]*?\s)?r\s*=\s*[\"'](\d{1,9})")
_USUAL_ROW = re.compile(rb'<row r="(\d{1,9})')
_PLACE = re.compile(rb"(?:^|\s)r\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_EMPTY = (
    rb"(?:<(?:\w+:)?v(?:\s[^<>]*)?(?:/>|></(?:\w+:)?v>)"
    rb"|<(?:\w+:)?is(?:\s[^<>]*)?(?:/>|>(?:<(?:\w+:)?t(?:\s[^<>]*)?(?:/>|></(?:\w+:)?t>))?</(?:\w+:)?is>))?"
)
GHOST = rb"<(?:\w+:)?c(?:\s[^<>]*)?(?:(?<=/)>|(?<!/)>" + _EMPTY + rb"</(?:\w+:)?c>)"
"""A cell that is there for its looks and holds nothing."""
_VALUED_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?:[^<>]*?\s)?r\s*=\s*[\"']([A-Za-z]{1,9}(?:\d{6,9})?)\d*[\"'][^<>]*(?<!/)>"
    rb"(?!" + _EMPTY + rb"</(?:\w+:)?c>)"
)
_VALUED_ROW = re.compile(
    rb"<(?:\w+:)?row((?:\s[^<>]*)?)(?<!/)>\s*+(?:" + GHOST + rb"\s*+)*+(?!</(?:\w+:)?row>)"
)
_HIDDEN = re.compile(
    rb"[<:]row((?:\s[^<>]*)?\s(?:hidden\s*=\s*[\"'](?:1|true)|ht\s*=\s*[\"']0(?:\.0*)?)[\"'][^<>]*)>"
)
_NUMBER = re.compile(rb"(?:^|\s)r\s*=\s*[\"'](\d{1,9})[\"']")
_ERROR = re.compile(
    rb"[<:]c\s((?:[^<>]*?\s)?t\s*=\s*[\"']e[\"'][^<>]*)>"
    rb"(?:(?!</?(?:\w+:)?c[\s>]).)*?<(?:\w+:)?v>([^<]*)<",
    re.DOTALL,
)
_FORMULA = re.compile(
    rb"[<:]c((?:\s[^<>]*)?)><(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_ANY_FORMULA = re.compile(rb"[<:]c((?:\s[^<>]*)?)>\s*<(?:\w+:)?f([\s/>][^<>]*)")
_DOUBLE_ZERO = re.compile(
    rb"[<:]c((?:\s[^<>]*)?)><(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)<(?:\w+:)?v>-?0\.0</"
)
_ARRAY = re.compile(rb"\sref\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})[\"']")
_TEXT_RESULT = re.compile(rb"(?:^|\s)t\s*=\s*[\"']str[\"']")
_MERGED = re.compile(
    rb"[<:]mergeCell\s(?:[^<>]*?\s)?ref\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})(?::([A-Za-z]{1,3})(\d{1,7}))?[\"']"
)


class PartSurvey(NamedTuple):
    """Marks of one part. Rows are Excel's (from 1), columns count from 0.

    `marks` are (row, column, code, shown): ``error`` with its text, ``formula`` that was never calculated.
    `merged` are (first row, first column, last row, last column). `hidden` are rows that nobody sees, by a
    filter or by hand. `anew`: the part is written anew for the parser, for cells without a value lie far
    outside and are to be left out, or it is in UTF-16. `formats` are (row, column, code) of the cells whose
    format may show another number (`papers.reading.number_formats`).
    """

    marks: tuple[tuple[int, int, str, str], ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: tuple[int, ...] = ()
    anew: bool = False
    formats: tuple[tuple[int, int, str], ...] = ()


class LookAgain(Unreadable):
    """The part reaches too far, as it seems: what counts are only the cells that hold something."""


def column_letters(number: int) -> str:
    """0 is ``A``, 25 ``Z``, 26 ``AA``."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """``A`` is 0, ``Z`` 25, ``AA`` 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


class Surveyor:
    """Takes a part's bytes piece by piece and keeps what matters.

    Args:
        uncalculated: no formula's stored result is one, whatever it holds.
        careful: count only cells that hold something; asked for by `LookAgain`, for it is slower.
        odd_styles: the formats of the styles that may show a number as another one.

    Raises:
        Unreadable: as soon as a piece shows harm; `LookAgain` where a careful look may find none.
    """

    def __init__(
        self,
        name: str,
        uncalculated: bool = False,
        careful: bool = False,
        odd_styles: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self._odd_styles = odd_styles or {}
        self._odd = cell_mark(self._odd_styles) if odd_styles else None
        self._formats: list[tuple[int, int, str]] = []
        self._uncalculated, self._careful = uncalculated, careful
        self._rest = b""
        self._xml: bool | None = None
        self._rows = self._strings = 0
        self._last_row = 0
        self._width = 0
        self._marks: list[tuple[int, int, str, str]] = []
        self._merged: list[tuple[int, int, int, int]] = []
        self._hidden: list[int] = []
        self._merged_cells = 0

    def feed(self, piece: bytes) -> None:
        """Looks at the next piece."""
        if self._xml is None:
            self._xml = self._is_xml(piece)
        if not self._xml:
            return
        buffer = self._rest + piece if self._rest else piece
        cut = buffer.rfind(b"c>") + 2
        if self._careful:  # a row and the cells that make it one stay together
            cut = buffer.rfind(b"row>") + 4 if b"row>" in buffer else cut
        if cut < 2 or len(buffer) - cut > LONGEST_TEXT // 4:
            cut = buffer.rfind(b">") + 1
        self._rest = buffer[cut:]
        if len(self._rest) > LONGEST_TEXT:
            raise Unreadable("long_text", most=LONGEST_TEXT)
        self._look(buffer[:cut])

    def done(self) -> PartSurvey:
        """What the whole part showed."""
        self._look(self._rest)
        marks, formats = tuple(self._marks), tuple(self._formats)
        return PartSurvey(marks, tuple(self._merged), tuple(self._hidden), self._careful, formats)

    def _is_xml(self, piece: bytes) -> bool:
        return piece[:64].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")

    def _look(self, text: bytes) -> None:
        # A single rare letter is found many times faster than a mark, and tells that most marks are not
        # there: no colon and no element has a prefix, no e and no cell is an error.
        if b"!" in text and (b"<!D" in text or b"<!E" in text):
            raise Unreadable("harmful", what="entities")
        prefixed = b":" in text
        if b"<row" not in text:
            self._strings += text.count(b"<si") + (text.count(b":si") if prefixed else 0)
            if self._strings > MOST_CELLS:
                raise Unreadable("too_many_cells", most=MOST_CELLS)
        if not (b"<c" in text or b"<row" in text or b"mergeCell" in text or prefixed):
            return
        if self._careful:
            self._look_at_valued_reach(text)
        else:
            self._look_at_reach(text, prefixed)
        if self._odd is not None:
            for cell, style in self._odd.findall(text):
                self._formats.append((*_placed(cell), self._odd_styles[style.decode()]))
        if b"e" in text and (b'"e"' in text or b"'e'" in text):
            for cell, shown in _ERROR.findall(text):
                self._mark(cell, "error", shown.decode("utf-8", "replace")[:40])
        if b"f" in text and (b"<f" in text or (prefixed and b":f" in text)):
            self._look_at_formulas(text)
        if b"h" in text and (b"hidden" in text or b'ht="0' in text):
            for row in _HIDDEN.findall(text):
                if (number := _NUMBER.search(row)) is not None:
                    self._hidden.append(int(number[1]))
        if b"m" in text and b"mergeCell" in text:
            self._look_at_merged(text)

    def _look_at_formulas(self, text: bytes) -> None:
        if self._uncalculated:
            for cell, formula in _ANY_FORMULA.findall(text):
                self._mark(cell, "formula", "")
                if (reach := _ARRAY.search(formula)) is not None and b"array" in formula:
                    self._mark_array(reach)
            return
        for cell in _FORMULA.findall(text):
            if not _TEXT_RESULT.search(cell):
                self._mark(cell, "formula", "")
        if b">0.0<" in text or b">-0.0<" in text:
            for cell in _DOUBLE_ZERO.findall(text):
                self._mark(cell, "formula", "")

    def _mark_array(self, reach: re.Match[bytes]) -> None:
        """One formula stands in one cell, and what it stands for in all the cells of its array."""
        left, right = column_number(reach[1].decode()), column_number(reach[3].decode())
        top, bottom = int(reach[2]), int(reach[4])
        if len(self._marks) + (bottom - top + 1) * (right - left + 1) > MOST_MARKS:
            raise Unreadable("not_calculated", most=MOST_MARKS)
        self._marks += [
            (row, column, "formula", "")
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        ]

    def _look_at_reach(self, text: bytes, prefixed: bool) -> None:
        lines = text.count(b"<row")
        cells, rows = _cells_and_rows(text, lines, prefixed)
        self._rows += lines + (text.count(b":row") if prefixed else 0)
        for cell in cells:
            letters = cell.rstrip(b"0123456789")
            self._width = max(self._width, column_number(letters.decode()) + 1)
            self._last_row = max(self._last_row, int(cell[len(letters) :] or 0))
        self._last_row = max(self._last_row, max(map(int, rows), default=0))
        self._must_not_reach_too_far(LookAgain)

    def _look_at_valued_reach(self, text: bytes) -> None:
        for row in _VALUED_ROW.findall(text):
            self._rows += 1
            number = _NUMBER.search(row)
            self._last_row = max(self._last_row, int(number[1]) if number else self._rows)
        for cell in set(_VALUED_CELL.findall(text)):
            letters = cell.rstrip(b"0123456789")
            self._width = max(self._width, column_number(letters.decode()) + 1)
            self._last_row = max(self._last_row, int(cell[len(letters) :] or 0))
        self._must_not_reach_too_far(Unreadable)

    def _must_not_reach_too_far(self, refusal: type[Unreadable]) -> None:
        last = max(self._rows, self._last_row)
        if last > MOST_ROWS:
            raise refusal("too_many_rows", most=MOST_ROWS, row=last)
        if self._width > MOST_COLUMNS:
            raise refusal("too_wide", most=MOST_COLUMNS, column=column_letters(self._width - 1))
        if self._width * last > MOST_CELLS:
            raise refusal("too_many_cells", most=MOST_CELLS)

    def _mark(self, cell: bytes, code: str, shown: str) -> None:
        self._marks.append((*_placed(cell), code, shown))
        if len(self._marks) > MOST_MARKS:
            raise Unreadable("not_calculated" if code == "formula" else "too_many_errors", most=MOST_MARKS)

    def _look_at_merged(self, text: bytes) -> None:
        for first, top, last, bottom in _MERGED.findall(text):
            left, right = column_number(first.decode()), column_number((last or first).decode())
            upper, lower = int(top), int(bottom or top)
            self._merged.append((upper, left, lower, right))
            self._merged_cells += (lower - upper + 1) * (right - left + 1)
            if self._merged_cells > MOST_MERGED_CELLS or lower < upper or right < left:
                raise Unreadable("harmful", what="merged")


def _placed(cell: bytes) -> tuple[int, int]:
    """The row and column of a cell, by its attributes."""
    place = _PLACE.search(cell)
    if place is None:
        raise Unreadable("damaged")
    return int(place[2]), column_number(place[1].decode())


def _cells_and_rows(text: bytes, lines: int, prefixed: bool) -> tuple[set[bytes], list[bytes]]:
    """The places of all cells and rows; the slow search only where a writer's way is not the usual one."""
    rows = _USUAL_ROW.findall(text)
    odd = b"\n" in text or b"\r" in text or b"\t" in text or (prefixed and b":c" in text)
    if odd or text.count(_USUAL_START) != text.count(b"<c ") or len(rows) != lines:
        return set(_CELL.findall(text)).union(_PREFIXED_CELL.findall(text)), _ROW.findall(text)
    return _ONE_LETTER.union(_USUAL_CELL.findall(text)), rows
