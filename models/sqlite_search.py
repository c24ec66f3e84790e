"""The words of applications beside an office's file, for finding: a full-text table of SQLite in a file of
its own.

What is found by it stands in the office; this file can be thrown away at any time and is made again. It is no
part of the office's own file, so that importing costs nothing more, a backup stays small, and someone who
only reads never writes to the office. Words are given ready, one row an application; `marker` remembers
how far.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from models.sqlite import driver, journal_mode

FORM = 1
"""Which way of making words the file holds; another one is thrown away and made anew."""
PATIENCE = 2.0
"""Seconds to wait while another window of the same office writes."""


class Marker(NamedTuple):
    """How far the words go: the office, its last version taken in, and that version's hash."""

    office: str
    version_id: int
    said_sha256: str


class Unusable(Exception):
    """No words to be had now: the library lacks full text, the folder can't be written, or the file is
    busy."""


def path_beside(office: Path) -> Path:
    """Where the words of an office's file lie."""
    return office.with_name(f"{office.name}.search")


@contextlib.contextmanager
def words(office: Path, *, make: bool = False) -> Iterator[Any]:
    """A connection (of the DBAPI) to the words of an office's file; `make` begins them where they are not.

    Raises:
        Unusable: see there. A damaged file is removed, to be made anew the next time.
    """
    module, path = driver(), path_beside(office)
    if not make and not path.is_file():
        raise Unusable("none yet")
    connection: Any = None
    try:
        if make:
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))  # its owner's alone, as the office is
        connection = module.connect(
            str(path), timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
        _settle(connection, module, make)
        yield connection
    except OSError as fault:
        raise Unusable(str(fault)) from fault
    except (module.OperationalError, sqlite3.OperationalError) as fault:
        if "interrupt" in str(fault):
            raise
        raise Unusable(str(fault)) from fault
    except (module.DatabaseError, sqlite3.DatabaseError) as fault:
        connection.close()
        throw_away(office)
        raise Unusable(str(fault)) from fault
    finally:
        if connection is not None:
            connection.close()


def _settle(connection: Any, module: Any, make: bool) -> None:
    form = connection.execute("PRAGMA user_version").fetchone()[0]
    if form == FORM:
        return
    if not make:
        raise Unusable("another form")
    connection.execute(f"PRAGMA journal_mode={journal_mode(module)}")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DROP TABLE IF EXISTS word")
    connection.execute("DROP TABLE IF EXISTS marker")
    connection.execute("CREATE VIRTUAL TABLE word USING fts5(words, content='', tokenize='unicode61')")
    connection.execute("CREATE TABLE marker (office TEXT, version_id INTEGER, said_sha256 TEXT)")
    connection.execute(f"PRAGMA user_version={FORM}")
    connection.execute("COMMIT")


def marker(connection: Any) -> Marker | None:
    """How far the words go; None where there are none yet."""
    row = connection.execute("SELECT office, version_id, said_sha256 FROM marker").fetchone()
    return None if row is None else Marker(*row)


def begin(connection: Any) -> None:
    """Take the writer's place."""
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("BEGIN IMMEDIATE")


def take_in(
    connection: Any, old: Sequence[tuple[int, str]], new: Sequence[tuple[int, str]], upto: Marker
) -> None:
    """Take away what applications had (exactly the words once given), add what they have now, and commit."""
    connection.executemany("INSERT INTO word(word, rowid, words) VALUES ('delete', ?, ?)", old)
    connection.executemany("INSERT INTO word(rowid, words) VALUES (?, ?)", new)
    connection.execute("DELETE FROM marker")
    connection.execute("INSERT INTO marker VALUES (?, ?, ?)", upto)
    connection.execute("COMMIT")


def forget(connection: Any) -> None:
    """Empty the words: they are of another office, or of a day that this office has been restored from."""
    connection.execute("INSERT INTO word(word) VALUES ('delete-all')")
    connection.execute("DELETE FROM marker")


def found(connection: Any, expression: str, width: int) -> str:
    """The applications with these words, as ``width`` hexadecimal digits each."""
    sql = f"SELECT group_concat(printf('%0{width}x', rowid), '') FROM word WHERE word MATCH ?"
    return connection.execute(sql, (expression,)).fetchone()[0] or ""


def throw_away(office: Path) -> None:
    """Remove the words of an office's file."""
    path = path_beside(office)
    for name in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))):
        with contextlib.suppress(OSError):
            name.unlink(missing_ok=True)
