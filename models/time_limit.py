"""How long one reading of an office may take: a file that somebody crafted must not hold a check for ever."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlmodel import Session


class TookTooLong(Exception):
    """A reading went on for longer than it was given."""


def time_for(session: Session, least: float) -> float:
    """Seconds that one reading of all of an office may take: `least`, and a second for each megabyte."""
    sql = (
        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
        if session.connection().dialect.name == "sqlite"
        else "SELECT pg_database_size(current_database())"
    )
    return least + float(session.connection().exec_driver_sql(sql).scalar_one()) / 1_000_000


@contextmanager
def limited(session: Session, seconds: float) -> Iterator[Callable[[], None]]:
    """Within the block a statement ends after so many seconds; what is given ends what works between two.

    Raises:
        TookTooLong: by what is given; the engine's own error where a statement ends.
    """
    until = time.monotonic() + seconds
    connection = session.connection()

    def tick() -> None:
        if time.monotonic() > until:
            raise TookTooLong(f"{seconds:.0f} s")

    if connection.dialect.name != "sqlite":
        with session.begin_nested():  # after a fault a server takes no statement before a rollback
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(seconds * 1000)}")
            yield tick
        return
    driven: Any = connection.connection.driver_connection
    driven.set_progress_handler(lambda: time.monotonic() > until, 100_000)
    try:
        yield tick
    finally:
        driven.set_progress_handler(None, 0)
        if (
            not driven.in_transaction
        ):  # where memory or the disk failed it, the library has ended it by itself
            driven.execute("BEGIN")
