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
