"""From a portal's file to rows that intake can judge: what `papers` read, under the rules' names for
facts."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from casework.cases.field_table import FIELDS
from casework.cases.said_values import Arrival
from papers.reading import portal_headings, reader
from papers.reading.heading_units import unit_of
from papers.reading.portal import PortalRow, Reject, Repeat, SheetRead
from papers.reading.portal_headings import PortalColumn
from papers.reading.retyped import Retyped, Retyping
from papers.reading.unreadable import Unreadable
from rules import money
from rules.facts import Fact, FactError
from rules.facts import read as read_fact
from rules.pack import Pack


class Declared(NamedTuple):
    """A column that is a fact of a pack's own, or several, and the fen of its heading's unit."""

    facts: tuple[Fact, ...]
    unit_fen: int

    @property
    def amount(self) -> str:
        """The fact of these that is an amount, by its name; empty where none is."""
        return next((fact.id for fact in self.facts if fact.type == "money"), "")


class Named(NamedTuple):
    """A fact that a heading names: ``rank`` is 0 by its name, 1 by its title, more by its other headings."""

    rank: int
    fact: Fact


Headings = Mapping[str, tuple[Named, ...]]
"""What packs call facts of their own, by heading; several may share a column."""


NOTE = "（备注）"
"""Behind the heading of a column that is kept as a note though it is called as a field that another column
is: under the bare name it would take the field's place."""

AT_ONCE = 2_000
"""Rows between two looks at whether to stop."""


class Hidden(NamedTuple):
    """A row that a filter or a hand hides: where it stands, and its case where it could be read."""

    sheet: str
    row: int
    case: str = ""


@dataclass(frozen=True)
class Read:
    """A file as read: rows that can be stored, cells for which rows can't be, rows said twice in the file."""

    name: str
    sha256: str
    arrivals: list[Arrival]
    rejects: list[Reject]
    repeats: int = 0
    headings: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    retyped: tuple[Retyped, ...] = ()
    heading_rows: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[tuple[str, str], int] = field(default_factory=dict)
    hidden: tuple[Hidden, ...] = ()

    @property
    def rejected(self) -> int:
        """How many rows were rejected."""
        return len({(each.sheet, each.row) for each in self.rejects})

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return len(self.arrivals) + self.rejected + self.repeats


class Asked(NamedTuple):
    """How a file is to be read.

    `taught` is heading → field, for headings that the reader does not know. `declared` are facts that packs
    declare, by heading (`declared_headings`): their columns are read as their type. `retypings` are what a
    person typed in the place of some cells, `confirmed` credit codes that one has confirmed from the licence,
    `needed` the fields that a file of this scheme must have.
    """

    taught: Mapping[str, str] = {}
    declared: Headings = MappingProxyType({})
    retypings: tuple[Retyping, ...] = ()
    confirmed: frozenset[str] = frozenset()
    needed: frozenset[str] | None = None


def declared_headings(facts: Iterable[Fact]) -> dict[str, tuple[Named, ...]]:
    """Facts by their headings, as `_heading` makes them; of one that several versions declare, the last."""
    found: dict[str, dict[str, Named]] = {}
    for fact in facts:
        for rank, heading in enumerate((fact.id, fact.title, *fact.headings)):
            if key := _heading(heading):
                named = found.setdefault(key, {})
                if fact.id not in named or named[fact.id].fact != fact:
                    named[fact.id] = Named(rank, fact)
    return {key: tuple(named.values()) for key, named in found.items()}


def own_headings(packs: Iterable[Pack], scheme: str) -> dict[str, str]:
    """The headings by which a scheme's packs name facts of their own, each taught to be no field: what the
    pack calls its fact is that fact, even where the words fit a field of every application."""
    facts = (fact for pack in packs if pack.id == scheme for fact in pack.facts.values())
    return {
        heading: "fact"
        for fact in facts
        if fact.id not in FIELDS
        for heading in (fact.id, fact.title, *fact.headings)
        if heading
    }


def _heading(heading: str) -> str:
    """A heading without its dress and its unit."""
    return portal_headings.bare(heading)[-1]


def read(
    path: Path,
    asked: Asked,
    progress: Callable[[int, int], bool | None] | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Read:
    """Read a portal's workbook or CSV.

    Args:
        stopped: asked on another thread whether to stop.

    Raises:
        papers.reading.unreadable.Unreadable: the file is no table, can't be opened, or is built to harm.
        papers.reading.reader.Stopped: `progress` or `stopped` said so.
    """
    found = reader.portal(
        path, asked.taught, progress, asked.retypings, stopped, asked.needed, asked.confirmed
    )
    rejects = list(found.rejects)
    hidden = {(sheet.name, row) for sheet in found.sheets for row in sheet.hidden}
    shown = [column for sheet in found.sheets for column in sheet.columns]
    kept = dict.fromkeys(column.heading for column in shown if not column.field)
    declared, beside = _of_packs(found.sheets, asked.declared)
    own = (heading for _, heading in declared)
    known = {portal_headings.taught_key(heading) for heading in (*asked.taught, *own)}
    unknown = tuple(
        heading for heading in kept if heading in beside or portal_headings.taught_key(heading) not in known
    )
    support = frozenset(filter(portal_headings.like_support, unknown))
    unsaid = {sheet.name: _unsaid(sheet, declared) for sheet in found.sheets}
    arrivals = list(_arrivals(found.rows, declared, support, unsaid, rejects, hidden, stopped))
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Read(
        name=path.name,
        sha256=sha256,
        arrivals=arrivals,
        rejects=rejects,
        repeats=len(found.repeats),
        headings={column.field: column.heading for column in shown if column.field},
        unknown=unknown,
        retyped=found.retyped,
        hidden=_hidden(hidden, [*arrivals, *found.repeats], rejects) if hidden else (),
        heading_rows={sheet.name: sheet.heading_row for sheet in found.sheets if sheet.heading_row},
        units=_units(found.sheets, declared),
    )


def _of_packs(
    sheets: Iterable[SheetRead], declared: Headings
) -> tuple[dict[tuple[str, str], Declared], frozenset[str]]:
    """The columns that are facts of a pack's own, by sheet and heading, and the headings beside them that
    mean such a fact too. Of two columns that mean one fact the one that calls it first is it, as where a
    file is calculated without an office; the other is a note, and told."""
    found: dict[tuple[str, str], Declared] = {}
    beside: set[str] = set()
    for sheet in sheets:
        meant = [(column, _named(column.heading, declared)) for column in sheet.columns if not column.field]
        best: dict[str, tuple[int, int]] = {}
        for column, named in meant:
            for rank, fact in named:
                best[fact.id] = min(best.get(fact.id, (rank, column.place)), (rank, column.place))
        for column, named in meant:
            facts = tuple(fact for _, fact in named if best[fact.id][1] == column.place)
            if facts:
                units = [_unit(fact, column) for fact in facts]
                found[sheet.name, column.heading] = Declared(facts, max(units))
            elif named:
                beside.add(column.heading)
    return found, frozenset(beside)


def _named(heading: str, declared: Headings) -> tuple[Named, ...]:
    """The facts of a pack's own that a heading means, by itself or behind the group that it stands under."""
    behind = heading.rpartition("/")[2]
    return declared.get(_heading(heading)) or declared.get(_heading(behind) if behind else "", ())


def _unit(fact: Fact, column: PortalColumn) -> int:
    """Fen in the unit of a pack's own amounts: what the heading names, or what stands over the column.

    Raises:
        Unreadable: that is another currency, or no unit that amounts are read in.
    """
    if fact.type != "money":
        return money.YUAN_FEN
    unit = unit_of(column.heading) or column.unit_fen or money.YUAN_FEN
    if unit == portal_headings.NOT_OURS:
        raise Unreadable("currency", heading=column.heading)
    return unit


def _units(
    sheets: Iterable[SheetRead], declared: Mapping[tuple[str, str], Declared]
) -> dict[tuple[str, str], int]:
    """The columns of amounts by sheet and heading, with the fen in what a bare number there counts."""
    fields = portal_headings.vocabulary().fields
    found: dict[tuple[str, str], int] = {}
    for sheet in sheets:
        for column in sheet.columns:
            own = declared.get((sheet.name, column.heading))
            if column.field and fields[column.field].type == "money":
                found[sheet.name, column.heading] = column.unit_fen or money.YUAN_FEN
            elif own is not None and own.amount:
                found[sheet.name, column.heading] = own.unit_fen
    return found


def _hidden(
    hidden: set[tuple[str, int]], rows: Iterable[Arrival | Repeat], rejects: Iterable[Reject]
) -> tuple[Hidden, ...]:
    """The rows of the table that are hidden, in their order."""
    cases = {(row.sheet, row.row): row.case for row in rows}
    cases |= {(reject.sheet, reject.row): "" for reject in rejects}
    return tuple(Hidden(*place, cases[place]) for place in sorted(hidden & cases.keys()))


def _arrivals(
    rows: Iterable[PortalRow],
    declared: Mapping[tuple[str, str], Declared],
    support: frozenset[str],
    unsaid: Mapping[str, Mapping[str, str]],
    rejects: list[Reject],
    hidden: set[tuple[str, int]],
    stopped: Callable[[], bool] | None,
) -> Iterator[Arrival]:
    """The rows whose every declared column can be read; what can't be goes to the rejects."""
    for at, row in enumerate(rows):
        if stopped is not None and not at % AT_ONCE and stopped():
            raise reader.Stopped
        extra: dict[str, Any] = {}
        refused = _declared(row, declared, extra) if row.extra else None
        if refused is None:
            unseen = bool(hidden) and (row.sheet, row.row) in hidden
            unread = _unread(row, support) if support and row.extra else ()
            bare = _bare(row, extra, unsaid[row.sheet]) if unsaid[row.sheet] else ()
            yield Arrival(row.row, row.case, row.said, extra, row.sheet, unseen, unread, bare)
        else:
            rejects.append(refused)


def _unsaid(sheet: SheetRead, declared: Mapping[tuple[str, str], Declared]) -> dict[str, str]:
    """The amounts of a sheet whose unit nothing says, field or fact → heading, where others are no yuan: a
    bare figure beside one in 万元 may well be 万元 too, and is read as yuan."""
    fields = portal_headings.vocabulary().fields
    bare: dict[str, str] = {}
    others = False
    for column in sheet.columns:
        own = declared.get((sheet.name, column.heading))
        if column.field:
            name, is_money = column.field, fields[column.field].type == "money"
        else:
            name = "" if own is None else own.amount
            is_money = bool(name)
        if is_money and (unit := column.unit_fen or unit_of(column.heading)):
            others = others or unit != money.YUAN_FEN
        elif is_money:
            bare[name] = column.heading
    return bare if others else {}


def _bare(row: PortalRow, extra: Mapping[str, Any], unsaid: Mapping[str, str]) -> tuple[str, ...]:
    """What a row says under headings without a unit, as it was read."""
    found = ((heading, row.said.get(name) or extra.get(name)) for name, heading in unsaid.items())
    return tuple(f"{heading}：{money.grouped(int(fen))}" for heading, fen in found if fen)


def _unread(row: PortalRow, support: frozenset[str]) -> tuple[str, ...]:
    """What a row says under headings that may tell the money of others and that nobody has read."""
    return tuple(
        f"{heading}：{text}"
        for heading, text in row.extra.items()
        if heading in support and portal_headings.says_some(text)
    )


def _declared(
    row: PortalRow, declared: Mapping[tuple[str, str], Declared], extra: dict[str, Any]
) -> Reject | None:
    """Fill `extra` with the columns that are no field of every application; a value that can't be read
    refuses."""
    for heading, text in row.extra.items():
        known = declared.get((row.sheet, heading))
        if known is None:
            extra[f"{heading}{NOTE}" if heading in FIELDS else heading] = text
            continue
        try:
            for fact in known.facts:
                extra[fact.id] = read_fact(
                    fact, text, known.unit_fen if fact.type == "money" else money.YUAN_FEN
                )
        except FactError as fault:
            return Reject(row.sheet, row.row, heading, text, fault.code, fault.why)
    return None
