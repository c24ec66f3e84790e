"""From a portal's file to rows that intake can judge: what `papers` read, under the rules' names for
facts."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casework.arrivals import FIELDS, Arrival, Said
from papers import columns, reader
from papers.portal import PortalRow, Reject
from papers.retyped import Corrected, Correction
from rules.facts import Fact, FactError
from rules.facts import read as read_fact

AT_ONCE = 2_000
"""Rows between two looks at whether to stop."""

_FIRST = PortalRow._fields.index("applied_at")
assert len(FIELDS) == len(PortalRow._fields) - _FIRST - 1


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
    corrected: tuple[Corrected, ...] = ()
    heading_rows: Mapping[str, int] = field(default_factory=dict)

    @property
    def rejected(self) -> int:
        """How many rows were rejected."""
        return len({(each.sheet, each.row) for each in self.rejects})

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return len(self.arrivals) + self.rejected + self.repeats


def read(
    path: Path,
    taught: Mapping[str, str],
    declared: Mapping[str, Fact],
    progress: Callable[[int, int], bool | None] | None = None,
    corrections: Iterable[Correction] = (),
    stopped: Callable[[], bool] | None = None,
) -> Read:
    """Read a portal's workbook or CSV.

    Args:
        taught: heading → field, for headings that the reader does not know.
        declared: facts that packs declare, by heading: their columns are read as their type.
        corrections: what a person typed in the place of some cells.
        stopped: asked on another thread whether to stop.

    Raises:
        papers.unreadable.Unreadable: the file is no table, can't be opened, or is built to harm.
        papers.reader.Stopped: `progress` or `stopped` said so.
    """
    found = reader.portal(path, taught, progress, corrections, stopped)
    arrivals: list[Arrival] = []
    rejects = list(found.rejects)
    for at, row in enumerate(found.rows):
        if stopped is not None and not at % AT_ONCE and stopped():
            raise reader.Stopped
        said = Said._make(row[_FIRST:-1])
        extra: dict[str, Any] = {}
        if row.facts:
            refused = _declared(row, declared, extra)
            if refused is not None:
                rejects.append(refused)
                continue
        arrivals.append(Arrival(row.row, row.case, said, extra, row.sheet))
    headings = {
        column.field: column.heading for sheet in found.sheets for column in sheet.columns if column.field
    }
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    known = {columns.taught_key(heading) for heading in (*taught, *declared)}
    unknown = dict.fromkeys(
        column.heading
        for sheet in found.sheets
        for column in sheet.columns
        if not column.field and columns.taught_key(column.heading) not in known
    )
    repeats = len(found.repeats)
    heads = {sheet.name: sheet.heading_row for sheet in found.sheets if sheet.heading_row}
    return Read(
        path.name, sha256, arrivals, rejects, repeats, headings, tuple(unknown), found.corrected, heads
    )


def _declared(row: PortalRow, declared: Mapping[str, Fact], extra: dict[str, Any]) -> Reject | None:
    """Fill `extra` with the columns that are no field of every application; a value that can't be read
    refuses."""
    for heading, text in row.facts.items():
        fact = declared.get(heading)
        if fact is None:
            extra[heading] = text
            continue
        try:
            extra[fact.id] = read_fact(fact, text)
        except FactError as fault:
            return Reject(row.sheet, row.row, heading, text, fault.code)
    return None


def split(row: int, case: str, said: Mapping[str, Any]) -> Arrival:
    """A row's values into the fields every application has and the facts that only a pack declares."""
    known = {name: said[name] for name in FIELDS if name in said}
    extra = {name: value for name, value in said.items() if name not in known and value is not None}
    return Arrival(row, case, Said(**known), extra)
