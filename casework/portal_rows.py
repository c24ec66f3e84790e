"""From a portal's file to rows that intake can judge: what `papers` read, under the rules' names for facts."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casework.arrivals import FIELDS, Arrival, Refusal


@dataclass(frozen=True)
class Read:
    """A file as read: rows that can be stored, rows that can't, and the heading of each field."""

    name: str
    sha256: str
    arrivals: list[Arrival]
    refused: list[Refusal]
    headings: Mapping[str, str] = field(default_factory=dict)

    def named(self, refused: Refusal) -> Refusal:
        """A refusal with the heading that the file uses for its field."""
        return refused._replace(column=self.headings.get(refused.column, refused.column))


def read(path: Path, column_map: Mapping[str, str]) -> Read:
    """Read a portal's workbook or CSV.

    Raises:
        papers.unreadable.Unreadable: the file is no table, can't be opened, or is built to harm.
    """
    raise NotImplementedError(path, column_map, hashlib)


def split(row: int, case: str, said: Mapping[str, Any]) -> Arrival:
    """A row's values into the fields every application has and the facts that only a pack declares."""
    known = {name: said[name] for name in FIELDS if name in said}
    extra = {name: value for name, value in said.items() if name not in known and value is not None}
    return Arrival(row, case, known, extra)
