"""A PostgreSQL server of its own for tests, thrown away afterwards; where there is none, they are skipped."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def programs() -> Path | None:
    """Where the server's programs lie, the newest version's."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _as_other(*command: str | Path) -> None:
    """Run a program that refuses to be root as somebody else."""
    prefix = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *map(str, command)], check=True, capture_output=True, cwd="/")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of its own, thrown away afterwards; the URL of an empty database on it."""
    if programs() is None or (os.geteuid() == 0 and shutil.which("setpriv") is None):
        pytest.skip("PostgreSQL is not installed")
    with running() as url:
        yield url


@contextmanager
def running() -> Iterator[str]:
    """The same where PostgreSQL is known to be installed."""
    found = programs()
    assert found is not None
    base = Path(tempfile.mkdtemp(prefix="pg-"))
    if os.geteuid() == 0:
        shutil.chown(base, "nobody", "nogroup")
    base.chmod(0o700)
    data = base / "data"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    (base / "password").write_text("office-password")
    if os.geteuid() == 0:
        shutil.chown(base / "password", "nobody", "nogroup")
    _as_other(
        found / "initdb", "-D", data, "-U", "app", "--auth=scram-sha-256", f"--pwfile={base / 'password'}",
        "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
    )  # fmt: skip
    options = f"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories={base}"
    _as_other(found / "pg_ctl", "-D", data, "-w", "-l", base / "log", "-o", options, "start")
    try:
        with pytest.MonkeyPatch.context() as environment:  # an address holds no password
            environment.setenv("PGPASSWORD", "office-password")
            yield f"postgresql+psycopg://app@127.0.0.1:{port}/postgres"
    finally:
        _as_other(found / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(base)
