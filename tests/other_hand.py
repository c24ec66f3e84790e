"""An office's file in the hand of somebody who goes past the program: with the SQLite that the program uses,
so that no version stands between what is done to a file and what is found. (And two libraries in one process
do not see each other's locks: the one that takes itself for the last takes the journal away under the other.)
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models import sqlite


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Any]:
    """A connection that commits each statement at once and that no check of values holds up."""
    with contextlib.closing(sqlite.driver().connect(str(path), isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA synchronous = OFF")
        yield connection


def put_of_another_kind(path: Path, table: str, column: str, value: object) -> None:
    """A value that a column's kind and conditions refuse, in each row: the table is made to take it, and made
    again as it was. No guard is left but those of the schema as it stands."""
    with opened(path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA writable_schema = ON")
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        (made,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        for name, _ in guards:
            connection.execute(f'DROP TRIGGER "{name}"')
        _write_schema(connection, table, made.replace("STRICT", "").replace("NOT NULL", ""))
    with opened(path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA writable_schema = ON")
        assert connection.execute(f'UPDATE "{table}" SET "{column}" = ?', (value,)).rowcount > 0
        for _, ddl in guards:
            connection.execute(ddl)
        _write_schema(connection, table, made)


def _write_schema(connection: Any, table: str, ddl: str) -> None:
    connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ? AND type = 'table'", (ddl, table))
    (version,) = connection.execute("PRAGMA schema_version").fetchone()
    connection.execute(f"PRAGMA schema_version = {version + 1}")
