"""The offices that are kept, unpacked for a test."""

import json
import lzma
import subprocess
from pathlib import Path
from typing import Any

from tests.models.server import programs

HERE = Path(__file__).resolve().parent
FILES = tuple(path.relative_to(HERE).as_posix() for path in sorted(HERE.glob("*/*.office.xz")))
DUMPS = tuple(path.relative_to(HERE).as_posix() for path in sorted(HERE.glob("*/*.sql.xz")))
"""Their names: the schema's number, and the file (`0001/demonstration.office.xz`)."""


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
    found = programs()
    assert found is not None
    fresh = b"DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"
    command = [str(found / "psql"), "-q", "-v", "ON_ERROR_STOP=1", "-d", url.replace("+psycopg", "")]
    dump = lzma.decompress((HERE / name).read_bytes())
    subprocess.run(command, input=fresh + dump, check=True, capture_output=True)
