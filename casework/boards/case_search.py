"""Searching for applications by what one types: a case's number, a unit's name or its initials, a credit
code, a contract. The table of fields says which fields are looked in.

The words lie beside the office's file (`models.sqlite_search`) and follow it by a marker: the last version
taken in. Writing them with each import would cost 13 µs a row, so `catch_up` does it afterwards, in the
background of a window; what it has not reached yet is looked through with LIKE, so that nothing is ever
missed. An office on PostgreSQL, or a folder that can't be written, is looked through with LIKE alone (no
initials then).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

from casework.boards.search_words import expression, parts, words_of
from casework.cases.field_table import FIELDS, VERSION
from casework.core.cursor_reads import Stop, connected, ids_of_hex, marks, width_of
from casework.core.office import Office
from models import sqlite_search as stored
from models.sqlite_search import Marker, Unusable

MADE = "3"
"""How words are made (`casework.boards.search_words`); words that were made otherwise are made anew."""
LEAST = 2
"""Characters of a part from which contacts are looked through for it."""
SLICE = 5_000
"""Versions taken in at a time: some 150 ms."""
_TABLES = {"application": "a", VERSION: "v"}
_FOUND_BY = [field for field in FIELDS.values() if field.search]
_KINDS = [field.search for field in _FOUND_BY]
_COLUMNS = [f"{_TABLES[field.table]}.{field.column}" for field in _FOUND_BY]
_SAID = ", ".join(_COLUMNS)
_JOINED = "application_version v JOIN application a ON a.id = v.application_id"

Tick = Callable[[int, int], object]


def matches(office: Office, text: str, stop: Stop | None = None) -> array[int] | None:
    """The applications that what was typed finds, in no order; None where nothing was typed to look for.

    Raises:
        Stopped: `stop` was asked to.
    """
    asked = expression(text)
    if asked is None:
        return None
    stop = stop or Stop()
    found, since = array("q"), 0
    if office.store.path is not None:
        try:
            with stored.words(office.store.path) as connection, stop.watching(connection):
                mark = _valid_mark(office, connection)
                if mark is not None:
                    since = mark.version_id
                    width = _width(office)
                    found = ids_of_hex(stored.found(connection, asked, width), width)
        except Unusable:
            found, since = array("q"), 0
    found.extend(_looked_through(office, parts(text), since, stop))
    found.extend(_whom_to_call(office, parts(text), stop))
    return found


def _whom_to_call(office: Office, typed: list[str], stop: Stop) -> array[int]:
    """The applications whose contact or telephone holds all that was typed. They are personal and can be
    taken away, so no words of them are kept beside the office: they are looked through where they stand."""
    if not typed or any(len(part) < LEAST for part in typed):
        return array("q")
    with connected(office, stop) as (connection, postgresql):
        like, mark = "ILIKE" if postgresql else "LIKE", marks(postgresql)
        one = f"(c.name {like} {mark} OR replace(replace(c.phone, '-', ''), ' ', '') {like} {mark})"
        sql = (
            "SELECT a.id FROM contact c JOIN application_version v ON v.contact_id = c.id "
            "JOIN application a ON a.id = v.application_id AND a.version = v.version WHERE "
        ) + " AND ".join([one] * len(typed))
        values = [f"%{part}%" for part in typed for _ in range(2)]
        return array("q", (row[0] for row in connection.execute(sql, values)))


def _looked_through(office: Office, typed: list[str], since: int, stop: Stop) -> array[int]:
    """The same with LIKE among the versions after `since`."""
    with connected(office, stop) as (connection, postgresql):
        like = "ILIKE" if postgresql else "LIKE"
        mark = marks(postgresql)
        one = "(" + " OR ".join(f"{name} {like} {mark}" for name in _COLUMNS) + ")"
        sql = (
            f"SELECT a.id FROM {_JOINED} AND a.version = v.version WHERE v.id > {mark}"
            + f" AND {one}" * len(typed)
        )
        values = [f"%{part}%" for part in typed for _ in _COLUMNS]
        return array("q", (row[0] for row in connection.execute(sql, (since, *values))))


def _width(office: Office) -> int:
    """How wide the numbers of this office's applications are."""
    with connected(office) as (own, _):
        return width_of(own, "application")


def _marked(office: Office) -> str:
    """What the words are marked with: this office, and the fields that they are of. Others are made anew."""
    return " ".join([office.row.uid, MADE, *_COLUMNS, *_KINDS])


def _valid_mark(office: Office, connection: Any) -> Marker | None:
    """How far the words go; None where they are another office's, or of a day it was restored from."""
    mark = stored.marker(connection)
    if mark is None or mark.office != _marked(office):
        return None
    with connected(office) as (own, postgresql):
        sql = f"SELECT said_sha256 FROM application_version WHERE id = {marks(postgresql)}"
        row = own.execute(sql, (mark.version_id,)).fetchone()
    return mark if row is not None and row[0] == mark.said_sha256 else None


def behind(office: Office) -> int:
    """How many versions the words have not taken in; 0 where there can be no words."""
    if office.store.path is None:
        return 0
    since = 0
    try:
        with stored.words(office.store.path) as connection:
            mark = _valid_mark(office, connection)
            since = 0 if mark is None else mark.version_id
    except Unusable:
        pass
    with connected(office) as (own, _):
        return int(
            own.execute("SELECT count(*) FROM application_version WHERE id > ?", (since,)).fetchone()[0]
        )


def catch_up(office: Office, tick: Tick = lambda done, of: None) -> int:
    """Take in what the words lack; answers how many versions. `tick` may raise to stop: what is done stays.

    Another window that does the same at this moment is left to it.
    """
    if office.store.path is None:
        return 0
    of, done = behind(office), 0
    try:
        while done < of:
            taken = _take_slice(office, office.store.path)
            if not taken:
                break
            done += taken
            tick(min(done, of), of)
    except Unusable:
        pass
    return done


def _take_slice(office: Office, path: Path) -> int:
    with stored.words(path, make=True) as connection:
        stored.begin(connection)
        mark = _valid_mark(office, connection)
        if mark is None:
            stored.forget(connection)
        since = 0 if mark is None else mark.version_id
        with connected(office) as (own, _):
            rows = own.execute(
                f"SELECT v.id, v.said_sha256, v.application_id, v.version, {_SAID} FROM {_JOINED}"
                " WHERE v.id > ? ORDER BY v.id LIMIT ?",
                (since, SLICE),
            ).fetchall()
            if not rows:
                return 0
            changes = [_change(own, row) for row in rows]
        upto = Marker(_marked(office), rows[-1][0], rows[-1][1])
        _take_in(connection, [each for each in changes if each is not None], upto)
    return len(rows)


def _change(own: Any, row: tuple[Any, ...]) -> tuple[int, str, str] | None:
    """An application's words before a version and since; None where they are the same."""
    _, _, application, version, *said = row
    new = words_of(_KINDS, said)
    if version == 1:
        return application, "", new
    before = own.execute(
        f"SELECT {_SAID} FROM {_JOINED} WHERE v.application_id = ? AND v.version = ?",
        (application, version - 1),
    ).fetchone()
    old = words_of(_KINDS, before)
    return None if old == new else (application, old, new)


def _take_in(connection: Any, changes: list[tuple[int, str, str]], upto: Marker) -> None:
    """Write changes; an application that changed twice within them goes from its first words to its last."""
    first: dict[int, str] = {}
    last: dict[int, str] = {}
    for application, old, new in changes:
        first.setdefault(application, old)
        last[application] = new
    gone = [(application, old) for application, old in first.items() if old]
    stored.take_in(connection, gone, list(last.items()), upto)
