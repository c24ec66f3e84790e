"""Which column of a case file is which fact, and how its cells are read.

A heading is a fact's English name, the fact's own title or headings, or one of the usual Chinese headings of
the table of fields; blanks and width of characters don't matter. Where several columns could be the same
fact, the English name goes first, then the order of the list, then what a portal's file would mean by the
heading (`papers.reading.portal_headings`). The unit of an amount stands in its heading (元, 万元, 亿元), or
in a note above the table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from casework.cases.field_table import FIELDS
from papers.reading import cell_text
from papers.reading.cell_text import CellText
from papers.reading.heading_units import unit_of
from papers.reading.portal_headings import NOT_OURS, PortalColumn
from papers.reading.portal_values import USUAL_NAME
from papers.reading.text_rows import UnreadableFile, is_trouble
from papers.reading.unreadable import Unreadable
from rules import creditcode, days, money
from rules.days import NoDay
from rules.facts import Fact, FactError, Value, read
from rules.plain_text import Unprintable

_UNIT = re.compile(r"(.*?)\((元|万元|亿元)\)")
_REMEMBERED = 16_384
"""Cells of one column whose reading is remembered: words repeat, and so do the days of forty years, which are
fewer; a bound keeps memory flat."""

Cell = Callable[[str], Value]
UNREADABLE = (FactError, money.MoneyError, NoDay, Unprintable)
"""What a quick reading raises; a careful one raises `FactError` alone."""


class FactColumn(NamedTuple):
    """A column that is a fact: where it stands, its fact's name, and how a cell of it is read.

    `read` is quick: it reads what most cells hold, and raises one of `UNREADABLE` for all else. `careful` is
    `rules.facts.read`, which says what such a cell means. `is_text`: no cell of it can be wrong where no rule
    looks at it.
    """

    place: int
    fact: str
    read: Cell
    careful: Cell
    is_text: bool


def columns(
    headings: Sequence[str],
    facts: Iterable[Fact],
    confirmed: Collection[str] = (),
    known: Sequence[PortalColumn] = (),
    noted_unit_fen: int = 0,
    of_cells: bool = False,
) -> tuple[FactColumn, ...]:
    """The columns that are facts, in the order of the file.

    Args:
        headings: the file's headings.
        facts: the facts to look for; a pack's own as well as the standard ones.
        confirmed: credit codes that a person has confirmed from the licence.
        known: what a portal's file would mean by the headings.
        noted_unit_fen: the unit that a note above the table names, or 0.
        of_cells: the texts are of a workbook's cells, which may hold something else (`CellText`).

    Raises:
        UnreadableFile: two columns of the very same heading are one fact.
        papers.reading.unreadable.Unreadable: an amount's heading names another currency, or two units.
    """
    plain = [plain_heading(heading) for heading in headings]
    wanted = {fact.id: fact for fact in facts}
    places = {name: place for name, fact in wanted.items() if (place := _place(fact, plain)) is not None}
    named = set(places.values())
    for column in known:
        if column.field in wanted and column.place not in named:
            places.setdefault(column.field, column.place)
    places |= _as_an_import(known, places)
    units = {column.place: column.unit_fen for column in known}
    for place in places.values():
        if plain.count(plain[place]) > 1:
            raise UnreadableFile("calculate.twice", heading=headings[place])
    found = []
    for name, place in sorted(places.items(), key=lambda entry: entry[1]):
        unit_fen = _unit(wanted[name], headings[place], units.get(place, 0), noted_unit_fen)
        made = _column(place, wanted[name], unit_fen, confirmed)
        found.append(_of_cells(made, wanted[name], unit_fen) if of_cells else made)
    return tuple(found)


def _as_an_import(known: Sequence[PortalColumn], places: Mapping[str, int]) -> dict[str, int]:
    """Facts whose column an import takes for another field while it finds theirs in one that is nothing yet:
    `applicant` is the unit's name where its code stands under a heading of its own."""
    fields = {column.place: column.field for column in known if column.field}
    free = {field: place for place, field in fields.items() if place not in places.values()}
    mine = {name for name, place in places.items() if fields.get(place, name) != name}
    return {name: free[name] for name in mine & free.keys()}


def _unit(fact: Fact, heading: str, known_fen: int, noted_fen: int) -> int:
    """Fen in the unit of a column's amounts."""
    if fact.type != "money":
        return money.YUAN_FEN
    unit = unit_of(heading) or known_fen or noted_fen or money.YUAN_FEN
    if unit == NOT_OURS:
        raise Unreadable("currency", heading=heading)
    return unit


def plain_heading(heading: str) -> str:
    """A heading without blanks, width and the unit in its brackets."""
    text = "".join(unicodedata.normalize("NFKC", heading).replace("\ufeff", "").split())
    unit = _UNIT.fullmatch(text)
    return (unit[1] if unit else text).lower()


def _place(fact: Fact, plain: Sequence[str]) -> int | None:
    for wanted in (fact.id, fact.title, *fact.headings, *_usual(fact.id)):
        text = plain_heading(wanted)
        if text and text in plain:
            return plain.index(text)
    return None


def _usual(name: str) -> tuple[str, ...]:
    field = FIELDS.get(name)
    return () if field is None else field.usual


def _column(place: int, fact: Fact, unit_fen: int, confirmed: Collection[str]) -> FactColumn:
    """How the cells of a column are read; a field is read with the words that people say for its values."""
    field = FIELDS.get(fact.id)
    known = fact if field is None else field.fact

    def careful(text: str) -> Value:
        if known.says == "code" and confirmed and (code := creditcode.normalise(text)) in confirmed:
            return code
        return read(known, text, unit_fen)

    return FactColumn(place, fact.id, _quick(known, unit_fen, careful), careful, _is_text(known))


def _of_cells(column: FactColumn, fact: Fact, unit_fen: int) -> FactColumn:
    """The column of a workbook: what is no text in a cell is read as what it is."""

    def read_by(text_reader: Cell) -> Cell:
        return lambda text: (
            cell_text.read(known, text, unit_fen) if type(text) is CellText else text_reader(text)
        )

    field = FIELDS.get(fact.id)
    known = fact if field is None else field.fact
    return column._replace(read=read_by(column.read), careful=read_by(column.careful))


def _is_text(fact: Fact) -> bool:
    return fact.type == "text" and fact.says not in ("code", "id")


def _quick(fact: Fact, unit_fen: int, careful: Cell) -> Cell:
    """An amount is read by `money.parse` itself, a code by its check alone, a number by its look, a moment by
    `rules.days`: most cells of a file are these, and every call between costs. The cells of other columns
    repeat."""
    if fact.type == "money":
        return money.parse if unit_fen == money.YUAN_FEN else lambda text: money.parse(text, unit_fen)
    if fact.says == "code":
        fault = creditcode.fault
        return lambda text: text if fault(text) is None else careful(text)
    if fact.says == "id":
        usual = USUAL_NAME.fullmatch
        return lambda text: text if usual(text) else careful(text)
    if fact.type == "moment":
        return days.moment
    return _Remembered(days.day if fact.type == "date" else careful).__getitem__


class _Remembered(dict[str, Value]):
    """A column whose cells repeat, as dates and words do: each is read once, within a bound of memory."""

    def __init__(self, read_cell: Cell) -> None:
        super().__init__()
        self.read_cell = read_cell

    def __missing__(self, text: str) -> Value:
        value = self.read_cell(text)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = value
        return value


Quick = Sequence[tuple[int, str, Cell]]
"""Places, facts and how their cells are read: what is needed of columns for cells that can be read."""


def quick_of(wanted: Sequence[FactColumn]) -> Quick:
    """What is needed of these columns."""
    return [(column.place, column.fact, column.read) for column in wanted]


def read_cells(
    cells: list[str], wanted: Sequence[FactColumn], quick: Quick, facts: dict[str, Value]
) -> list[str]:
    """Reads the cells of the columns into ``facts``; answers the columns that can't be read."""
    try:
        for place, name, read in quick:
            if text := cells[place]:
                facts[name] = read(text)
    except UNREADABLE:  # rare, so that all but these rows pay for one try
        return [column.fact for column in wanted if not _readable(column, cells[column.place], facts)]
    return []


def troubled(cells: list[str], wanted: Sequence[FactColumn], unreadable: list[str]) -> list[str]:
    """The columns, beside those known already, whose cell has an error or a formula never calculated."""
    found = (column.fact for column in wanted if is_trouble(cells[column.place]))
    return [fact for fact in found if fact not in unreadable]


def _readable(column: FactColumn, text: str, facts: dict[str, Value]) -> bool:
    try:
        facts[column.fact] = column.careful(text)
    except FactError:
        return False
    return True
