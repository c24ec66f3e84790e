"""Random cells of an office and random bits of its file, changed one at a time: how many are found.

`python -m tests.end_to_end.tampering [CELLS [BITS]]` prints the shares and what was not found. Of 2,000 cells
all were found, in two minutes. Of 400 bits 336 were; the 64 others are in bytes that hold nothing (all that
can be read of the file is the same with them). It works in memory where the machine has a place for files
there, and opens and verifies each change as an auditor would.
"""

import collections
import contextlib
import hashlib
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casework.audit.one_check import looked
from casework.audit.verify import CHECKS
from casework.core.office import Office
from casework.founding import demonstration
from models import sqlite

IN_MEMORY = Path("/dev/shm")
CELLS, BITS = 2000, 400


@contextlib.contextmanager
def _open(path: Path) -> Iterator[Any]:
    with contextlib.closing(sqlite.driver().connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        yield connection


def cell(path: Path, chance: random.Random) -> str:
    """Change one cell of any table with the triggers off; returns which (`table.column`)."""
    with _open(path) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1"
            )
            if connection.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()
        ]
        connection.execute("BEGIN")
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        while True:
            table = chance.choice(tables)
            columns = connection.execute(f'SELECT name, type FROM pragma_table_info("{table}")').fetchall()
            column, kind = chance.choice(columns)
            (count,) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
            row = connection.execute(
                f'SELECT rowid, "{column}" FROM "{table}" LIMIT 1 OFFSET {chance.randrange(count)}'
            ).fetchone()
            with contextlib.suppress(sqlite.driver().IntegrityError):
                sql = f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?'
                connection.execute(sql, (_other(row[1], kind, chance), row[0]))
                break
        for _, ddl in guards:
            connection.execute(ddl)
        connection.execute("COMMIT")
    return f"{table}.{column}"


def _other(stored: Any, kind: str, chance: random.Random) -> Any:
    if kind == "INTEGER":
        return chance.choice((0, 1, (stored or 0) + 1)) if stored not in (0, 1) else 1 - stored
    if kind == "BLOB":
        return bytes(stored or b"") + b"x"
    if not stored:
        return "x"
    at = chance.randrange(len(stored))
    return stored[:at] + ("7" if stored[at] != "7" else "8") + stored[at + 1 :]


def bit(path: Path, chance: random.Random) -> str:
    """Turn one bit of the file; returns where."""
    with path.open("r+b") as file:
        at = chance.randrange(path.stat().st_size)
        file.seek(at)
        (byte,) = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ 1 << chance.randrange(8)]))
    return f"byte {at}"


def is_found(path: Path) -> bool:
    """Whether the office can't be opened, or a check fails."""
    try:
        with Office.open(path).closing() as office, office.read() as session:
            order = ("rows", "log", "schema", *CHECKS)  # what finds most, first
            return any(not looked(session, name, CHECKS[name]).ok for name in order)
    except Exception:
        return True


def said(path: Path) -> str:
    """All that stands in a file: a bit that changes none of it misleads nobody."""
    whole = hashlib.sha256()
    with _open(path) as connection:
        connection.text_factory = bytes  # whatever they are
        schema = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2")
        found = schema.fetchall()
        whole.update(repr(found).encode())
        for name in (name.decode() for kind, name, *_ in found if kind == b"table"):
            for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY 1'):
                whole.update(repr(row).encode())
    return whole.hexdigest()


def run(path: Path, how: Any, times: int, chance: random.Random) -> collections.Counter[str]:
    """What was not found."""
    lost: collections.Counter[str] = collections.Counter()
    before, whole = path.read_bytes(), said(path)
    for _ in range(times):
        what = how(path, chance)
        if not is_found(path):
            lost["a byte that holds nothing" if said(path) == whole else what] += 1
        path.write_bytes(before)
        for end in ("-wal", "-shm", "-journal"):
            path.with_name(path.name + end).unlink(missing_ok=True)
    return lost


def made(folder: Path) -> Path:
    """The demonstration, in one file."""
    demonstration.demo(folder / "demo.office", cases=24, seed=5)
    with _open(folder / "demo.office") as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    return Path(shutil.copy(folder / "demo.office", folder / "our.office"))


def main(cells: int, bits: int) -> None:
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
        path = made(Path(folder))
        for name, how, times in (("cells", cell, cells), ("bits", bit, bits)):
            lost = run(path, how, times, random.Random(9))
            print(f"{name}: {times - lost.total()} of {times} found; not: {dict(lost)}")


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(*given, *(CELLS, BITS)[len(given) :])
