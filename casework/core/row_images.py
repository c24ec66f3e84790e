"""Images: what the log remembers of every row.

Each act's entry holds, for every table of the office (but `models.images.LEFT_OUT`), what its transaction did
to rows: `added` is the first and last number of new rows and one hash over their digests; `changed` lists
each other row that was changed, deleted or, under a key that is no whole number, inserted, with its digest
before and after ("" where there was or is none). What was touched is told by the database itself
(`models.images`), statements in bulk included. So a row changed, added or taken away behind the log's back is
found (`compare`), even where the sums were mended too.

An office of before has all rows that it holds imaged when it is brought up (`all_rows`).
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import Session, col

from casework.core import many_rows
from models import OfficeRow, images, tables_read
from models.images import Imaged, Key

Marks = Mapping[str, int]
Images = dict[str, dict[str, Any]]
"""Table → what was done to its rows, as it stands in the log's entry."""

_BATCH = 2000


def begin(session: Session) -> Marks:
    """The last number of each table under whole numbers: what comes after it is new. From here on the
    transaction's touched rows are kept."""
    connection = session.connection()
    images.untouched(connection)
    return _marks(connection)


def _marks(connection: Connection) -> dict[str, int]:
    names, sql = _asked_for_marks(connection)
    tops: str = connection.exec_driver_sql(sql, execution_options=tables_read.UNREAD).scalar_one()
    return dict(zip(names, map(int, tops.split()), strict=True))


def _asked_for_marks(connection: Connection) -> tuple[list[str], str]:
    found: tuple[list[str], str] | None = connection.info.get("marks")
    if found is None:
        counted = [table for table in images.of(connection).values() if table.counted]
        tops = (f'(SELECT coalesce(max({table.key_sql()}), 0) FROM "{table.name}")' for table in counted)
        # as one text: a result of so many columns takes longer to be made than to be found
        found = [table.name for table in counted], "SELECT " + " || ' ' || ".join(tops)
        connection.info["marks"] = found
    return found


def taken(session: Session, before: Marks, secret: bytes) -> Images:
    """The images of all that was done since `begin`."""
    connection = session.connection()
    tables = images.of(connection)
    found: Images = {}
    for name, last in _marks(connection).items():
        if last > before[name]:
            found[name] = {"added": _added(session, tables[name], before[name] + 1, last, secret)}
    for name, was in images.touched(connection).items():
        # a row that is new under its number has just been told
        older = {key: image for key, image in was.items() if name not in before or key <= before[name]}  # type: ignore[operator]
        changed = _changed(session, tables[name], older, secret)
        if changed:
            found.setdefault(name, {})["changed"] = changed
    return found


def _added(session: Session, table: Imaged, first: int, last: int, secret: bytes) -> tuple[int, int, str]:
    key, whole = table.key_sql(), hashlib.sha256()
    mark = "?" if session.connection().dialect.name == "sqlite" else "%s"
    # bound, so that the statement is the same each time and need not be prepared again
    which = f"WHERE {key} BETWEEN {mark} AND {mark} ORDER BY {key}"
    for batch in rows(session, table, which, (first, last)):
        whole.update(b"".join(table.digests(secret, [image for _, image in batch])))
    return first, last, whole.hexdigest()


def _changed(
    session: Session, table: Imaged, was: Mapping[Key, bytes | None], secret: bytes
) -> list[tuple[Key, str, str]]:
    now: dict[Key, bytes] = {}
    for some in many_rows.chunks(was):
        among, value = images.among(session.connection(), some)
        now |= digested(session, table, secret, f"WHERE {table.key_sql()} {among}", (value,))
    found = []
    for key in sorted(was):
        image = was[key]
        before = b"" if image is None else table.digests(secret, [image])[0]
        if before != now.get(key, b""):
            found.append((key, before.hex(), now.get(key, b"").hex()))
    return found


def rows(
    session: Session, table: Imaged, which: str = "", values: tuple[Any, ...] | None = None
) -> Iterator[Sequence[tuple[Key, bytes]]]:
    """Each row's key and image, in batches; `which` is the rest of the statement, with its values."""
    of = f'FROM "{table.name}" {which}'
    if session.connection().dialect.name == "sqlite":
        sql = f"SELECT {table.key_sql()}, {table.sqlite()} {of}"
        yield from many_rows.stream(session, sql, _BATCH, values)  # type: ignore[misc]
        return
    columns = ", ".join(f'"{column}"' for column in table.columns)
    for batch in many_rows.stream(session, f"SELECT {table.key_sql()}, {columns} {of}", _BATCH, values):
        yield [(row[0], table.written(row[1:])) for row in batch]


def digested(
    session: Session, table: Imaged, secret: bytes, which: str = "", values: tuple[Any, ...] | None = None
) -> dict[Key, bytes]:
    """Rows' digests by their keys."""
    found: dict[Key, bytes] = {}
    for batch in rows(session, table, which, values):
        digests = table.digests(secret, [image for _, image in batch])
        found.update(zip([key for key, _ in batch], digests, strict=True))
    return found


def all_rows(session: Session) -> Images:
    """An image of every row that there is: how many a table has, and one hash over their digests in the order
    of their keys."""
    secret = secret_of(session)
    found: Images = {}
    for table in images.of(session.connection()).values():
        digests = digested(session, table, secret)
        found[table.name] = {"all": (len(digests), over(digests[key] for key in sorted(digests)))}
    return found


def over(digests: Iterable[bytes]) -> str:
    """One hash over the digests of many rows."""
    return hashlib.sha256(b"".join(digests)).hexdigest()


def secret_of(session: Session) -> bytes:
    """What keys the digests of an office."""
    own = select(col(OfficeRow.secret)).order_by(col(OfficeRow.id)).limit(1)  # somebody may have put another
    return bytes(session.execute(own).scalar_one())
