"""A folder that nobody can write, as a disc or a share that is mounted to be read."""

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

KILLED = """
import os, sys
from models import sqlite
connection = sqlite.driver().connect(sys.argv[1])
connection.execute("PRAGMA journal_mode = WAL")
connection.execute("UPDATE office SET name = name")
connection.commit()
os._exit(0)
"""


def leave_journal(office: Path, *ends: str) -> None:
    """Have a program killed while it had the office open; of what it leaves beside it these files stay."""
    subprocess.run([sys.executable, "-c", KILLED, str(office)], check=True)
    for end in {"-wal", "-shm"}.difference(ends):
        office.with_name(office.name + end).unlink()


@contextlib.contextmanager
def mounted_to_read(folder: Path, where: Path) -> Iterator[Path]:
    """The folder seen from a place where it can only be read; skipped where that can't be made."""
    mount = shutil.which("mount")
    where.mkdir()
    if mount is None or subprocess.run([mount, "--bind", folder, where], capture_output=True).returncode:
        pytest.skip("no folder can be mounted here")
    try:
        if subprocess.run([mount, "-o", "remount,bind,ro", where], capture_output=True).returncode:
            pytest.skip("no folder can be mounted to be read here")
        yield where
    finally:
        subprocess.run(["umount", where], check=True)
