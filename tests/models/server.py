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


def _as_other(*command: str | Path, locales: Path | None = None) -> None:
    """Run a program that refuses to be root as somebody else; with languages of its own where it has some."""
    prefix = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
    own = os.environ if locales is None else {**os.environ, "LOCPATH": str(locales)}
    subprocess.run([*prefix, *map(str, command)], check=True, capture_output=True, cwd="/", env=own)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of its own, thrown away afterwards; the URL of an empty database on it."""
    if programs() is None or (os.geteuid() == 0 and shutil.which("setpriv") is None):
        pytest.skip("PostgreSQL is not installed")
    with running() as url:
        yield url


def chinese(folder: Path) -> Path:
    """A folder in which the system's own Chinese is made for a server to speak."""
    made = folder / "locales"
    made.mkdir()
    maker = shutil.which("localedef")
    command = [maker or "", "-i", "zh_CN", "-f", "UTF-8", str(made / "zh_CN.utf8")]
    if maker is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("the system's own Chinese can't be made here")
    return made


@contextmanager
def running(*, speaks_chinese: bool = False) -> Iterator[str]:
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
    locales = chinese(base) if speaks_chinese else None
    options += " -c lc_messages=zh_CN.utf8" if speaks_chinese else ""
    start = (found / "pg_ctl", "-D", data, "-w", "-l", base / "log", "-o", options, "start")
    _as_other(*start, locales=locales)
    try:
        with pytest.MonkeyPatch.context() as environment:  # an address holds no password
            environment.setenv("PGPASSWORD", "office-password")
            yield f"postgresql+psycopg://app@127.0.0.1:{port}/postgres"
    finally:
        _as_other(found / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(base)
