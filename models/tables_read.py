"""Which tables a transaction has read, as its statements name them.

It is told by the engine's own events and not by those who read, so that no reading is left out. A statement
that only names a table beside others counts as having read it: too much is told, never too little.
"""

import functools
import re
from typing import Any

from sqlalchemy import Connection, Engine, event

UNREAD = {"unread": True}
"""Execution options of a statement that does not count: one that looks for what the transaction did."""

_KEY = "tables_read"


def watch(engine: Engine) -> None:
    """Have every transaction of this engine told (`of`)."""

    @event.listens_for(engine, "begin")
    def _anew(connection: Connection) -> None:
        connection.info[_KEY] = set()

    @event.listens_for(engine, "before_cursor_execute")
    def _named(
        connection: Connection, cursor: Any, statement: str, values: Any, context: Any, many: bool
    ) -> None:
        read = connection.info.get(_KEY)
        if read is not None and not context.execution_options.get("unread"):
            read |= _words(statement)


@functools.lru_cache(2048)
def _words(statement: str) -> frozenset[str]:
    if statement.startswith("INSERT") and "SELECT" not in statement:
        return frozenset()
    return frozenset(re.findall(r'(?:FROM|JOIN|UPDATE|,)\s+"?(\w+)', statement))


def of(connection: Connection) -> frozenset[str]:
    """The names that this transaction's statements have read from, those of tables among others."""
    return frozenset(connection.info.get(_KEY, ()))
