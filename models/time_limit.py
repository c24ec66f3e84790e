"""How long one reading of an office may take: a file that somebody crafted must not hold a check for ever."""

import ctypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
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
    """Within the block a statement ends after so many seconds; what is given ends what works between two, and
    what goes on all the same is ended a little later.

    Raises:
        TookTooLong: by what is given, and wherever the block works; the engine's own error where a statement
            ends.
    """
    until = time.monotonic() + seconds
    connection = session.connection()

    def tick() -> None:
        if time.monotonic() > until:
            raise TookTooLong(f"{seconds:.0f} s")

    if connection.dialect.name != "sqlite":
        with session.begin_nested():  # after a fault a server takes no statement before a rollback
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(seconds * 1000)}")
            with _ended(max(seconds, 0) + _LATER):
                yield tick
        return
    driven: Any = connection.connection.driver_connection
    driven.set_progress_handler(lambda: time.monotonic() > until, 100_000)
    try:
        with _ended(max(seconds, 0) + _LATER):
            yield tick
    finally:
        driven.set_progress_handler(None, 0)
        if (
            not driven.in_transaction
        ):  # where memory or the disk failed it, the library has ended it by itself
            driven.execute("BEGIN")


_LATER = 1.0
"""Seconds that a statement has to end by itself."""


@contextmanager
def _ended(seconds: float) -> Iterator[None]:
    """Have the block's own thread ended by `TookTooLong` after so many seconds, again each second where
    something swallows it: a value that somebody planted may keep any loop of the program going."""
    thread, over = ctypes.c_ulong(threading.get_ident()), threading.Condition()
    ended = False

    def watch() -> None:
        with over:
            wait = seconds
            while not over.wait_for(lambda: ended, wait):
                _RAISE(thread, ctypes.py_object(TookTooLong))
                wait = _LATER

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        while not ended:
            with suppress(TookTooLong), over:  # it may come just now
                ended = True
                _RAISE(thread, None)  # one that has not come yet stays away
                over.notify()


_RAISE = ctypes.pythonapi.PyThreadState_SetAsyncExc
