"""The offices that are kept, unpacked for a test."""

import json
import lzma
import re
import subprocess
from pathlib import Path
from typing import Any

from tests.models.server import programs

HERE = Path(__file__).resolve().parent
FILES = tuple(path.relative_to(HERE).as_posix() for path in sorted(HERE.glob("*/*.office.xz")))
DUMPS = tuple(path.relative_to(HERE).as_posix() for path in sorted(HERE.glob("*/*.sql.xz")))
"""Their names: the schema's number, and the file (`0001/demonstration.office.xz`)."""

GIVEN_OUT = ("0001", "0002", "0007")
"""The schemas of versions that went out: each has its offices here. A step between two of them never left the
house; the offices of the version before walk through it."""

EMPTIED = b"DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"


def schema(name: str) -> str:
    """The schema that an office was kept in."""
    return name.partition("/")[0]


def noted(name: str) -> Any:
    """What is noted beside it."""
    notes = json.loads((HERE / schema(name) / "noted.json").read_text(encoding="utf-8"))
    return notes[Path(name).name.removesuffix(".xz")]


def unpacked(name: str, folder: Path) -> Path:
    """An office's file, as it was, in a folder."""
    path = folder / Path(name).name.removesuffix(".xz")
    path.write_bytes(lzma.decompress((HERE / name).read_bytes()))
    return path


def load(name: str, url: str) -> None:
    """A dump, read into a server's database in the place of all that is there."""
    run(url, EMPTIED + lzma.decompress((HERE / name).read_bytes()))


def emptied(url: str) -> None:
    """Take everything out of a server's database."""
    run(url, EMPTIED)


def dump(url: str) -> bytes:
    """A server's database as plain SQL."""
    said = _program(url, "pg_dump", "--no-owner", "--no-privileges", "--no-comments")
    return re.sub(rb"(?m)^\\(un)?restrict .*\n", b"", said)  # a word for one run, no SQL


def dumped_and_loaded(url: str) -> None:
    """Take a database through a dump: PostgreSQL writes some conditions otherwise then."""
    run(url, EMPTIED + dump(url))


def run(url: str, sql: bytes) -> None:
    """Give SQL to a server, as its administrator."""
    _program(url, "psql", "-q", "-v", "ON_ERROR_STOP=1", given=sql)


def _program(url: str, name: str, *options: str, given: bytes = b"") -> bytes:
    found = programs()
    assert found is not None, "PostgreSQL is not installed"
    command = [str(found / name), *options, "-d", url.replace("+psycopg", "")]
    return subprocess.run(command, input=given, check=True, capture_output=True).stdout
