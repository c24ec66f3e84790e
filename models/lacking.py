"""Which table or column a statement named that there is not, as each engine says it.

SQLite always speaks English. A server says it in its own language, Chinese where the office's is: what it
means stands in the five characters beside it, and the name between quotes or behind a dot.
"""

import re
from typing import NamedTuple

from models import metadata

_OF_A_FILE = re.compile(r"no such (table|column): (?:\w+\.)*(\w+)")
_OF_A_SERVER = {"42P01": "table", "42703": "column"}
_NAME_THERE = re.compile(r'"(?:\w+\.)*(\w+)"|\w\.(\w+)')

_COLUMNS = (column.name for table in metadata.tables.values() for column in table.columns)
_OURS = {"alembic_version", "version_num", *metadata.tables, *_COLUMNS}


class Lacking(NamedTuple):
    """`table` or `column`, and its name."""

    kind: str
    name: str

    @property
    def is_ours(self) -> bool:
        """Whether it is one of the program's own: else the statement is wrong, a bug."""
        return self.name in _OURS


def lacking(error: BaseException | None) -> Lacking | None:
    """What is not there, where an error of an engine is of that kind."""
    kind = _OF_A_SERVER.get(getattr(error, "sqlstate", None) or "")
    if kind is None:
        found = _OF_A_FILE.search(str(error))
        return None if found is None else Lacking(found[1], found[2])
    found = _NAME_THERE.search(str(error).partition("\n")[0])
    return None if found is None else Lacking(kind, found[1] or found[2])
