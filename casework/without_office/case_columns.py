"""Which column of a case file is which fact, and how its cells are read.

A heading is a fact's English name, the fact's own title or headings, or one of the usual Chinese headings of
the table of fields; blanks and width of characters don't matter, and the unit of an amount may stand in
brackets (元, 万元, 亿元). Where several columns could be the same fact, the English name goes first, then the
order of the list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from casework.cases.field_table import FIELDS
from papers.reading.text_rows import UnreadableFile
from rules import creditcode, money
from rules.facts import Fact, FactError, Value, read

KINDS: Mapping[str, str] = {
    "企业": "enterprise",
    "高等院校": "university",
    "高校": "university",
    "大学": "university",
    "科研机构": "research_institute",
    "科研院所": "research_institute",
}
"""What portals call the kinds of applicants that packs name in English."""

_UNIT = re.compile(r"(.*?)\((元|万元|亿元)\)")
_UNITS_FEN = {"元": money.YUAN_FEN, "万元": money.WAN_FEN, "亿元": money.YI_FEN}
_AS_NUMBER = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]+")
"""What a spreadsheet leaves of a long code that it took for a number."""
_REMEMBERED = 4_096
"""Cells of one column whose reading is remembered: dates and words repeat, and a bound keeps memory flat."""

Cell = Callable[[str], Value]
UNREADABLE = (FactError, money.MoneyError)


class FactColumn(NamedTuple):
    """A column that is a fact: where it stands, its fact's name, and how a cell of it is read."""

    place: int
    fact: str
    read: Cell

    @property
    def is_text(self) -> bool:
        """Whether its cells are taken as they stand, so that none can be unreadable."""
        return self.read is _text


def columns(headings: Sequence[str], facts: Iterable[Fact]) -> tuple[FactColumn, ...]:
    """The columns that are facts, in the order of the file.

    Args:
        headings: the file's headings.
        facts: the facts to look for; a pack's own as well as the standard ones.

    Raises:
        UnreadableFile: two columns of the very same heading are one fact.
    """
    plain = [plain_heading(heading) for heading in headings]
    found = []
    for fact in facts:
        place = _place(fact, plain)
        if place is not None:
            heading, unit_fen = plain[place]
            found.append(FactColumn(place, fact.id, reader(fact, unit_fen)))
            if [name for name, _ in plain].count(heading) > 1:
                raise UnreadableFile("calculate.twice", heading=headings[place])
    return tuple(sorted(found, key=lambda column: column.place))


def plain_heading(heading: str) -> tuple[str, int]:
    """A heading without blanks and width, and the fen of its unit."""
    text = "".join(unicodedata.normalize("NFKC", heading).replace("\ufeff", "").split())
    unit = _UNIT.fullmatch(text)
    if unit:
        return unit[1].lower(), _UNITS_FEN[unit[2]]
    return text.lower(), money.YUAN_FEN


def _place(fact: Fact, plain: Sequence[tuple[str, int]]) -> int | None:
    names = [name for name, _ in plain]
    for wanted in (fact.id, fact.title, *fact.headings, *_usual(fact.id)):
        text, _ = plain_heading(wanted)
        if text and text in names:
            return names.index(text)
    return None


def _usual(name: str) -> tuple[str, ...]:
    field = FIELDS.get(name)
    return () if field is None else field.usual


def reader(fact: Fact, unit_fen: int = money.YUAN_FEN) -> Cell:
    """How a cell of a fact is read: ``None`` where it is blank, one of `UNREADABLE` raised where it can't be.

    An amount is read by `money.parse` itself, which tells a blank as an error of the code ``empty``: most
    cells of a file are amounts, and every call between costs.
    """
    if fact.id == "applicant":
        return _applicant
    if fact.type == "money":
        return money.parse if unit_fen == money.YUAN_FEN else lambda text: money.parse(text, unit_fen)
    if fact.type == "text":
        return _text
    if fact.id == "applicant_kind":
        return _Remembered(lambda text: KINDS.get(text, text) or None).__getitem__
    return _Remembered(lambda text: read(fact, text)).__getitem__


def _text(text: str) -> str | None:
    return text.strip() or None


def _applicant(text: str) -> str | None:
    code = creditcode.normalise(text)  # two spellings of one applicant draw on one cap
    if "+" in code and _AS_NUMBER.fullmatch(code):
        raise FactError("as_number")  # its last digits are lost: several applicants would share one cap
    return code or None


class _Remembered(dict[str, Value]):
    """A column whose cells repeat, as dates and words do: each is read once, within a bound of memory."""

    def __init__(self, read_cell: Cell) -> None:
        super().__init__()
        self.read_cell = read_cell

    def __missing__(self, text: str) -> Value:
        value = self.read_cell(text.strip())
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = value
        return value
