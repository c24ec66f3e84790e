"""Reading a great many rows: the DBAPI's own cursor on a state of the office that can't change, and how to
stop it.

Lists of a million rows are no business of an ORM. What is read here is only shown; what is changed goes
through acts.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from array import array
from collections.abc import Iterable, Iterator
from typing import Any

from casework.core.office import Office


class Stopped(Exception):
    """Whoever asked no longer wants the answer."""


class Stop:
    """A way for another thread to end a query while it runs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: Any = None
        self.stopped = False

    def stop(self) -> None:
        """End the running query, and refuse those to come."""
        with self._lock:
            self.stopped = True
            running = self._running
            if running is not None:
                (running.interrupt if hasattr(running, "interrupt") else running.cancel)()

    def check(self) -> None:
        """Raises Stopped where it was asked for."""
        if self.stopped:
            raise Stopped

    @contextlib.contextmanager
    def watching(self, connection: Any) -> Iterator[None]:
        """While a DBAPI connection reads: its query can be ended from elsewhere."""
        self.check()
        with self._lock:
            self._running = connection
        try:
            yield
        except Exception as fault:
            if self.stopped:
                raise Stopped from fault
            raise
        finally:
            with self._lock:
                self._running = None


@contextlib.contextmanager
def connected(office: Office, stop: Stop | None = None) -> Iterator[tuple[Any, bool]]:
    """The DBAPI's connection to one state of the office, and whether it is PostgreSQL's."""
    with office.read() as session:
        found = session.connection()
        connection: Any = found.connection.driver_connection
        with (stop or Stop()).watching(connection):
            yield connection, found.dialect.name == "postgresql"


def marks(postgresql: bool) -> str:
    """How the engine's driver writes a parameter."""
    return "%s" if postgresql else "?"


NARROW, WIDE = 8, 16
"""Hexadecimal digits of a number below 2 to the 32nd, and of any."""


def ids_of_hex(digits: str, width: int = WIDE) -> array[int]:
    """Numbers of so many hexadecimal digits each.

    SQLite writes a million in one answer without holding Python up; narrow ones in three quarters of the
    time.
    """
    found, read = array("q"), bytes.fromhex(digits)
    if width == NARROW:
        wide = bytearray(2 * len(read))
        for place in range(4):
            wide[4 + place :: 8] = read[place::4]
        read = bytes(wide)
    found.frombytes(read)
    if sys.byteorder == "little":
        found.byteswap()
    return found


def ids_of(
    connection: Any, postgresql: bool, sql: str, values: tuple[Any, ...], width: int = WIDE
) -> array[int]:
    """The numbers (one column `id`) that a query gives, in its order; `width` as in `ids_of_hex`."""
    if postgresql:
        return array("q", (row[0] for row in connection.execute(sql, values)))
    packed = f"SELECT group_concat(printf('%0{width}x', id), '') FROM ({sql})"
    return ids_of_hex(connection.execute(packed, values).fetchone()[0] or "", width)


def width_of(connection: Any, table: str) -> int:
    """How many hexadecimal digits the numbers of a table's rows need."""
    highest = connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0] or 0
    return NARROW if highest < 2**32 else WIDE


def few(numbers: Iterable[int], postgresql: bool) -> tuple[str, Any]:
    """Numbers as one parameter: the table `hit` of them in SQL (`hit.value`), and the parameter."""
    if postgresql:
        return "unnest(%s::bigint[]) AS hit (value)", list(numbers)
    return "json_each(?) AS hit", "[" + ",".join(map(str, numbers)) + "]"
