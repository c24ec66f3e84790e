"""Many rows at once: values in their stored form straight to the driver, ids taken in advance.

The tables' column types check each value when it is bound, at a microsecond or two; a file of a hundred
thousand rows can't afford that forty times a row. What comes here has been checked by its reader, and the
tables' own CHECKs hold in any case.
"""

import datetime
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, TypeVar

from sqlalchemy import text
from sqlmodel import Session

from models import metadata

T = TypeVar("T")
CHUNK = 500
"""Values named in one IN list."""

MOST_VALUES = 5000
"""Values asked for in one statement of `look_up`; SQLite takes 32,766."""

TOGETHER = 100
"""Rows that one statement inserts into SQLite, where there are so many."""

_TICK = "tick"

_HOURS = datetime.timedelta(hours=8)


def utc_text(local: datetime.datetime) -> str:
    """A naive moment of Shanghai's clock as it is stored."""
    return (local - _HOURS).isoformat(timespec="microseconds") + "Z"


def insert(
    session: Session,
    table: str,
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    shared: Mapping[str, int | str | None] | None = None,
) -> None:
    """Insert rows given as tuples in the order of `columns`, in stored form.

    What is `shared` by all rows stands in the statement: binding it to each costs as much as its own values.
    """
    if not rows:
        return
    same = shared or {}
    known = metadata.tables[table].columns
    unknown = [name for name in (*columns, *same) if name not in known]
    if unknown:
        raise ValueError(f"{table} has no column {unknown}")
    connection = session.connection()
    is_sqlite = connection.dialect.paramstyle == "qmark"
    written = [literal(value) for value in same.values()]
    if not is_sqlite:
        written = [each.replace("%", "%%") for each in written]
    into = f"INSERT INTO {table} ({', '.join((*columns, *same))}) VALUES "
    values = f"({', '.join([*['?' if is_sqlite else '%s'] * len(columns), *written])})"
    single = len(rows)
    if is_sqlite and single >= TOGETHER:
        # what a statement sets up is set up once for so many rows, which takes a fifth off
        single %= TOGETHER
        together = [tuple(chain.from_iterable(some)) for some in chunks(rows[: len(rows) - single], TOGETHER)]
        connection.exec_driver_sql(into + ", ".join([values] * TOGETHER), together)
    if single:
        connection.exec_driver_sql(into + values, list(rows[len(rows) - single :]))


def literal(value: int | str | None) -> str:
    """A value as it stands in a statement."""
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(int(value))
    if "\0" in value:
        raise ValueError("a text with a NUL")
    return "'" + value.replace("'", "''") + "'"


def ids(session: Session, table: str, count: int) -> range | list[int]:
    """Numbers for `count` new rows, in order."""
    if not count:
        return []
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        taken = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)")
        return list(connection.execute(taken, {"table": table, "count": count}).scalars())
    first = 1 + connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) FROM {table}").scalar_one()
    return range(first, first + count)


def watch(session: Session, tick: Callable[[], object]) -> None:
    """From here on `tick` is called now and then during work in a session; it may end the work by raising."""
    session.info[_TICK] = tick


def look(session: Session) -> None:
    """Call who watches the session."""
    tick = session.info.get(_TICK)
    if tick is not None:
        tick()


def ticking(session: Session, values: Sequence[T]) -> Iterator[T]:
    """The values, with a call of who watches the session between every few hundred."""
    tick = session.info.get(_TICK)
    if tick is None:
        yield from values
        return
    for start in range(0, len(values), CHUNK):
        tick()
        yield from values[start : start + CHUNK]


def look_up(session: Session, sql: str, values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement whose `{values}` stands for a list of any length, without repetition in it.

    An order that the statement states holds within what is asked at once.
    """
    connection = session.connection()
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    for some in chunks(dict.fromkeys(values), MOST_VALUES):
        look(session)
        marks = ", ".join([mark] * len(some))
        yield from read(session, sql.format(values=f"({marks})"), tuple(some))


def read(session: Session, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The rows of a statement, as the driver gives them."""
    connection = session.connection()
    result = connection.exec_driver_sql(sql, values) if values else connection.exec_driver_sql(sql)
    cursor: Any = result.cursor
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    result.close()
    return rows


def stream(
    session: Session, sql: str, size: int = 1000, values: tuple[Any, ...] | None = None
) -> Iterator[Sequence[Sequence[Any]]]:
    """The rows of a statement in batches, so that their number asks for no more memory. Who watches the
    session is called at each.

    SQLite's cursor gives rows as it finds them; a server's wants a cursor of its own.
    """
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        option = {"yield_per": size}
        for batch in connection.exec_driver_sql(sql, values, execution_options=option).partitions():
            look(session)
            yield batch
        return
    result = connection.exec_driver_sql(sql, values)
    cursor: Any = result.cursor
    while rows := cursor.fetchmany(size):
        look(session)
        yield rows
    result.close()


def is_empty(session: Session, table: str) -> bool:
    """Whether a table has no row."""
    return not read(session, f"SELECT 1 FROM {table} LIMIT 1")


@contextmanager
def without_collector() -> Iterator[None]:
    """Pause the collector of cyclic garbage: among rows by the hundred thousand it finds none and looks
    often."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The values in lists of at most `size`."""
    each = iter(values)
    while some := list(islice(each, size)):
        yield some
