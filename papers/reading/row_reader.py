"""The rows of one sheet against its columns. Runs in the child process and gives packed rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, islice
from typing import Any, NamedTuple

from papers.reading import heading_rows, portal_dates, portal_headings, portal_values
from papers.reading.cells import Row, Sheet
from papers.reading.heading_rows import Heading, Lines
from papers.reading.heading_units import is_unit, noted_unit, unit_of
from papers.reading.portal import NAMES, SLOTS, PackedRow, Reject, Repeat, packed_moment
from papers.reading.portal_headings import PortalColumn
from papers.reading.portal_values import Bad, Cell, Trouble
from papers.reading.retyped import Retyper
from papers.reading.unreadable import Unreadable
from rules import creditcode, money
from rules.case_number import case_key
from rules.facts import Fact
from rules.parts import LEVELS, SUPPORT

Read = Callable[[Cell], Any]
LONGEST = {"text": portal_values.NAME, "long_text": 4_000}
LONGEST_FACT = 4_000
MOST_REMEMBERED = 50_000
AT_ONCE = 250  # rows that are gone through together
_MAY_COME_AGAIN = frozenset((str, date, datetime))
_FROM_DIGITS = frozenset(("id", "phone"))


class Packed(NamedTuple):
    """What became of one row: one of a packed row, rejects, a repeat."""

    row: PackedRow | None
    rejects: list[Reject]
    repeat: Repeat | None


class Seen:
    """The cases of a file so far: a case may stand in it once, or again with the same contents."""

    def __init__(self) -> None:
        self._cases: dict[str, tuple[int, int]] = {}

    def first_row(self, case: str, contents: int, row: int) -> tuple[int, bool] | None:
        """The row that had the case before and whether it said the same, or None for a new case."""
        this = (row, contents)
        before = self._cases.setdefault(case, this)
        return None if before is this else (before[0], before[1] == contents)


def heading_of(
    sheet: Sheet, taught: dict[str, str], needed: frozenset[str] | None = None
) -> tuple[Heading | None, Iterator[Row]]:
    """The heading of a sheet and the rows below it (all rows, where there is none)."""
    rows = iter(sheet.rows)
    start = list(islice(rows, heading_rows.SEARCHED_ROWS + 2))
    heading = heading_rows.find(start, sheet.covered, taught, needed)
    if heading is None:
        return None, chain(start, rows)
    return heading, chain((row for row in start if row.number > heading.last), rows)


def check_columns(heading: Heading) -> None:
    """Whether every field that a row can't do without has a column.

    Raises:
        Unreadable: ``missing_columns``.
    """
    there = {column.field for column in heading.columns}
    missing = [name for name in portal_headings.table() if name in heading.needed and name not in there]
    if missing:
        shown = [column.heading for column in heading.columns if not column.field]
        raise Unreadable("missing_columns", fields=missing, headings=shown)


def read(
    sheet: Sheet,
    heading: Heading,
    rows: Iterator[Row],
    seen: Seen,
    retyper: Retyper | None = None,
    confirmed: frozenset[str] = frozenset(),
) -> Iterator[Packed]:
    """What becomes of each row below the heading; a retyped cell is read as a person typed it, and a credit
    code that a person confirmed from the licence needs no check character."""
    reader = RowReader(sheet, heading, seen, confirmed)
    each = iter(rows if retyper is None else map(retyper.applied, rows))
    while some := list(islice(each, AT_ONCE)):
        yield from reader.read([row for row in some if reader.is_row(row)])


class _Several:
    """Some rows of a table on their way: their cells by column, what is read of them by slot, and by the
    place of a row what else there is to say of it."""

    def __init__(self, sheet: str, rows: Sequence[Row], width: int) -> None:
        self.sheet, self.rows = sheet, rows
        lines = [cells if len(cells) >= width else cells + [""] * (width - len(cells)) for _, cells in rows]
        self.columns: list[tuple[Cell, ...]] = list(zip(*lines, strict=False))
        self.table: list[list[Any]] = [[None] * len(rows)] * len(NAMES)
        self.facts: dict[int, dict[str, str]] = {}
        self.rejects: dict[int, list[Reject]] = {}

    def refuse(self, at: int, heading: str, cell: Cell, code: str, why: str = "") -> None:
        """A row is rejected, for this too."""
        reject = Reject(self.sheet, self.rows[at].number, heading, portal_values.shown(cell), code, why)
        self.rejects.setdefault(at, []).append(reject)

    def must_end_with(self, width: int) -> None:
        """A line of text may not be longer than its headings: a blank or a mark is missing further left."""
        for at, (_, cells) in enumerate(self.rows):
            if len(cells) > width and any(cells[width:]):
                self.refuse(at, "", next(cell for cell in cells[width:] if cell), "columns")

    def set_terms(self, terms: Sequence[tuple[int, int] | None]) -> None:
        """Days of begin and end that stand in one cell."""
        for name, part in (("starts_on", 0), ("ends_on", 1)):
            said = self.table[SLOTS[name]]
            self.table[SLOTS[name]] = [
                known if term is None else term[part] for known, term in zip(said, terms, strict=True)
            ]

    def places(self, values: list[Any], value: Any) -> list[int]:
        """Which rows say this value."""
        if value not in values:
            return []
        return [at for at, said in enumerate(values) if said == value]

    def sum_levels(self, slots: Sequence[int]) -> None:
        """What others give, where only its levels are said."""
        if slots:
            levels = zip(*(self.table[slot] for slot in slots), strict=True)
            known = ([fen for fen in each if fen is not None] for each in levels)
            self.table[SLOTS[SUPPORT]] = [sum(each) if each else None for each in known]


class RowReader:
    """Reads the rows of one table."""

    def __init__(
        self, sheet: Sheet, heading: Heading, seen: Seen, confirmed: frozenset[str] = frozenset()
    ) -> None:
        self._sheet, self._seen = sheet, seen
        fields = portal_headings.vocabulary().fields
        named = [column for column in heading.columns if column.field]
        self._name = sheet.name
        self._plan = [
            (column.place, SLOTS.get(column.field, -1), _reader(column, heading, sheet, confirmed), column)
            for column in named
        ]
        self._facts = [
            (column.place, column.heading, _in_yuan(column, heading.noted_unit_fen))
            for column in heading.columns
            if not column.field
        ]
        self._width = max(column.place for column in heading.columns) + 1
        self._required = [(SLOTS[column.field], column) for column in named if column.field in heading.needed]
        self.lines = Lines(heading, [column.place for _, column in self._required])
        there = {column.field: column for column in named}
        self._ends = there.get("ends_on") or there.get("term")
        self._sums_levels = "other_support" not in there
        self._levels = [SLOTS[name] for name in LEVELS if name in there]
        self._case_column, self._price = there["case"], there.get("contract_amount")
        self._unitless = next((c for c in named if fields[c.field].type == "money" and not c.unit_fen), None)
        self._unit = heading.noted_unit_fen or 100
        self._digits: dict[tuple[int, int], str] | None = None

    def is_row(self, row: Row) -> bool:
        """Whether a line is a row of the table.

        Raises:
            Unreadable: ``noted_unit``: it is a remark that names another unit than the headings were read
                with.
        """
        if row.cells and not self.lines.is_none(row.cells):
            return True
        self._check_note(row.cells)
        return False

    def _check_note(self, cells: Sequence[Cell]) -> None:
        if self._unitless is None:
            return
        for cell in cells:
            unit = noted_unit(cell) if isinstance(cell, str) else 0
            if unit and unit != self._unit:
                raise Unreadable("noted_unit", heading=self._unitless.heading, note=portal_values.shown(cell))

    def read(self, rows: Sequence[Row]) -> Iterator[Packed]:
        """What becomes of rows. They are gone through column by column: a large file has few kinds of cells
        and very many of each."""
        if not rows:
            return
        several = _Several(self._name, rows, self._width)
        if self._sheet.path is None:
            several.must_end_with(self._width)
        for index, slot, read_cell, column in self._plan:
            values = self._column(several, index, read_cell, column)
            if slot >= 0:
                several.table[slot] = values
            else:
                several.set_terms(values)
        self._read_facts(several)
        self._check(several)
        for at, packed in enumerate(map(list, zip(*several.table, strict=True))):
            if rejects := several.rejects.get(at):
                yield Packed(None, rejects, None)
            else:
                yield self._kept(rows[at].number, packed, several.facts.get(at))

    def _column(self, several: _Several, index: int, read_cell: Read, column: PortalColumn) -> list[Any]:
        """What the cells of one column say; where one is bad, each is looked at by itself."""
        cells = several.columns[index]
        try:
            return [None if cell == "" or cell is None else read_cell(cell) for cell in cells]
        except Bad:
            return [self._cell(several, at, read_cell, column, cell) for at, cell in enumerate(cells)]

    def _cell(self, several: _Several, at: int, read_cell: Read, column: PortalColumn, cell: Cell) -> Any:
        if cell == "" or cell is None:
            return None
        try:
            return read_cell(cell)
        except Bad as bad:
            return self._second_look(several, at, column, cell, bad)

    def _second_look(self, several: _Several, at: int, column: PortalColumn, cell: Cell, bad: Bad) -> Any:
        """An id in a number cell is taken from the file's digits; all else is a reject."""
        kind = portal_headings.vocabulary().fields[column.field].type
        if kind == "money" and isinstance(cell, str) and is_unit(cell):
            raise Unreadable("unit_row", cell=portal_values.shown(cell))
        if bad.code == "id_as_number" and portal_values.is_name(cell) and kind in _FROM_DIGITS:
            if self._digits is None:
                ids = {index for index, _, _, other in self._plan if _type(other) in _FROM_DIGITS}
                self._digits = self._sheet.stored_digits(ids)
            try:
                return portal_values.identity_of_digits(
                    self._digits.get((several.rows[at].number, column.place))
                )
            except Bad as still:
                bad = still
        several.refuse(at, column.heading, cell, bad.code, bad.why)
        return None

    def _read_facts(self, several: _Several) -> None:
        for index, heading, in_yuan in self._facts:
            for at, cell in enumerate(several.columns[index]):
                if cell == "" or cell is None or (isinstance(cell, Trouble) and cell.code == "merged"):
                    continue
                try:
                    said = portal_values.text(portal_values.with_unit(cell, in_yuan), LONGEST_FACT)
                except Bad as bad:
                    several.refuse(at, heading, cell, bad.code, bad.why)
                    continue
                if said:
                    several.facts.setdefault(at, {})[heading] = said

    def _check(self, several: _Several) -> None:
        """What a row can't be without, and what no row may say."""
        table = several.table
        for slot, column in self._required:
            for at in several.places(table[slot], None):
                if not any(reject.column == column.heading for reject in several.rejects.get(at, ())):
                    several.refuse(at, column.heading, "", "missing")
        if (price := self._price) is not None:
            for at in several.places(table[SLOTS["contract_amount"]], 0):
                several.refuse(at, price.heading, several.columns[price.place][at], "amount", "zero")
        if (ends := self._ends) is not None:
            terms = zip(table[SLOTS["starts_on"]], table[SLOTS["ends_on"]], strict=True)
            for at, (first, last) in enumerate(terms):
                if first is not None and last is not None and last < first:
                    several.refuse(at, ends.heading, several.columns[ends.place][at], "date_order")
        if self._sums_levels:
            several.sum_levels(self._levels)

    def _kept(self, number: int, packed: list[Any], facts: dict[str, str] | None) -> Packed:
        case = packed[SLOTS["case"]]
        key = case_key(case)
        said = packed if key == case else [key if each is case else each for each in packed]
        contents = hash((*said, *(facts or {}).items()))
        before = self._seen.first_row(key, contents, number)
        if before is None:
            return Packed((self._name, number, packed, facts), [], None)
        if before[1]:
            return Packed(None, [], Repeat(self._name, number, case, before[0]))
        heading = self._case_column.heading
        reject = Reject(self._name, number, heading, case, "duplicate_case", str(before[0]))
        return Packed(None, [reject], None)


def _in_yuan(column: PortalColumn, noted_fen: int) -> bool:
    """Whether an amount under a heading that is no field is in yuan."""
    try:
        return (unit_of(column.heading) or column.unit_fen or noted_fen) in (0, money.YUAN_FEN)
    except Unreadable:  # another currency: no field of ours
        return True


def _type(column: PortalColumn) -> str:
    return portal_headings.vocabulary().fields[column.field].type


def _reader(column: PortalColumn, heading: Heading, sheet: Sheet, confirmed: frozenset[str]) -> Read:
    """How the cells of a column are read."""
    known = portal_headings.vocabulary()
    field = known.fields[column.field]
    kind = field.type
    if kind in LONGEST:
        return _text(LONGEST[kind])
    if kind == "money":
        return _money(field.fact, column.unit_fen or heading.noted_unit_fen or 100)
    if kind == "date":
        return _remembering(lambda cell: _packed_day(cell, sheet.since_1904))
    if kind == "moment":
        return _remembering(lambda cell: _packed_moment(cell, sheet.since_1904))
    if kind in ("yes_no", "kind"):
        return _remembering(lambda cell: _word(field.fact, cell))
    return {
        "id": _usual(portal_values.identity),
        "phone": _usual(lambda cell: portal_values.identity(cell, 60)),
        "account": _usual(portal_values.account),
        "credit_code": _remembering(lambda cell: _code(cell, confirmed)),
        "term": _packed_term,
    }[kind]


def _text(most: int) -> Read:
    return _remembering(lambda cell: portal_values.words(cell, most))


def _usual(read_cell: Read) -> Read:
    """Numbers that name something do not come again; most are as they should be at first sight."""

    def read_usual(cell: Cell) -> Any:
        return cell if type(cell) is str and portal_values.USUAL_NAME.fullmatch(cell) else read_cell(cell)

    return read_usual


def _code(cell: Cell, confirmed: frozenset[str]) -> str | None:
    if type(cell) is str and creditcode.fault(cell) is None:
        return cell
    return portal_values.credit_code(cell, confirmed)


def _word(fact: Fact, cell: Cell) -> Any:
    """An answer, or one of the kinds that are known."""
    found = portal_values.of_text(fact, portal_values.plain(cell))
    if fact.type == "choice" and found is not None and found not in fact.words.values():
        raise Bad("kind")
    return found


def _money(fact: Fact, unit_fen: int) -> Read:
    def read_money(cell: Cell) -> int | None:
        if type(cell) is not str:
            return portal_values.amount(cell, unit_fen)
        try:
            return money.parse(cell, unit_fen)
        except money.MoneyError:
            found: int | None = portal_values.of_text(fact, cell, unit_fen)
            return found

    return read_money


def _packed_day(cell: Cell, since_1904: bool) -> int | None:
    day = portal_dates.day(cell, since_1904)
    return None if day is None else day.toordinal()


def _packed_moment(cell: Cell, since_1904: bool) -> int | None:
    moment = portal_dates.moment(cell, since_1904)
    return None if moment is None else packed_moment(moment)


def _packed_term(cell: Cell) -> tuple[int, int] | None:
    term = portal_dates.term(cell)
    return None if term is None else (term[0].toordinal(), term[1].toordinal())


def _remembering(read_cell: Read) -> Read:
    """Dates, codes and names come again and again in a large round."""
    return _Remembered(read_cell).__getitem__


class _Remembered(dict[Cell, Any]):
    """The cells of a column that were read already; a truth value is none: it would be the number 1 too."""

    def __init__(self, read_cell: Read) -> None:
        super().__init__()
        self._read_cell = read_cell

    def __missing__(self, cell: Cell) -> Any:
        value = self._read_cell(cell)
        if len(self) < MOST_REMEMBERED and type(cell) in _MAY_COME_AGAIN:
            self[cell] = value
        return value
