"""An office of an earlier version comes up whole, after a copy, or is left as it was."""

import contextlib
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from models import engine, migrate, sqlite
from models.faults import OfficeFault
from models.upgrade import Upgraded, upgrade
from tests.models import empty_office
from tests.models.later import NEXT, with_later_step
from tests.models.server import server

__all__ = ["server"]

NOW = migrate.NEWEST
ROOT = Path(__file__).resolve().parents[2]
ROWS = """
INSERT INTO office VALUES (1, 'u', 'an office', 1, 0, NULL, x'00', '2026-01-01T00:00:00.000000Z');
INSERT INTO budget VALUES (1, 'a/2026', 'a', 2026, 100, 0, 0, 0, 0);
INSERT INTO person VALUES (1, 'p', 'P', 'casework', NULL, 0, 0, '2026-01-01T00:00:00.000000Z',
    NULL, NULL, NULL,
    NULL, NULL);
INSERT INTO ledger_entry VALUES
    (1, 1, 'available', 1, 100, NULL, NULL, NULL, 'x', '2026-01-01T00:00:00.000000Z', 1,
    '2026-01-01', NULL, NULL);
"""
MUCH = (
    'op.execute("CREATE TABLE much AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n '
    'WHERE i < 20000) SELECT i, hex(randomblob(100)) AS x FROM n")'
)
"""More than the cache holds: what is not committed yet stands in the file already."""


@pytest.fixture
def office(empty_store: Path, tmp_path: Path) -> Path:
    """An office of today with a few rows, closed."""
    folder = tmp_path / "offices"
    folder.mkdir()
    path = Path(shutil.copy(empty_store, folder / "our.office"))
    with contextlib.closing(sqlite.driver().connect(str(path))) as connection:
        connection.executescript(ROWS)
    return path


def seen(path: Path) -> tuple[str | None, int, int, list[str], str]:
    """What an office's file holds, whoever opens it: step, sum, triggers, references that hang, soundness."""
    opened = sqlite.engine(path, read_only=True)
    with opened.connect() as connection:
        found = (
            migrate.version(connection),
            connection.exec_driver_sql("SELECT sum(amount_fen) FROM ledger_entry").scalar_one(),
            len(sqlite.trigger_names(connection)),
            sqlite.broken_references(connection),
            connection.exec_driver_sql("PRAGMA integrity_check").scalar_one(),
        )
    opened.dispose()
    return found


def sound(step: str) -> tuple[str | None, int, int, list[str], str]:
    return step, 100, len(list(sqlite.triggers())), [], "ok"


def only_one(path: Path, code: str) -> None:
    """The office is refused with this code, as it was, and nothing new lies beside it."""
    before, beside = path.read_bytes(), set(path.parent.iterdir())
    with pytest.raises(OfficeFault) as fault:
        upgrade(path)
    assert fault.value.code == code
    assert (path.read_bytes(), set(path.parent.iterdir())) == (before, beside)


def test_an_office_that_is_up_to_date_is_left_alone(office: Path) -> None:
    before = office.read_bytes()
    assert upgrade(office) == Upgraded(NOW, NOW)
    assert office.read_bytes() == before
    assert list(office.parent.iterdir()) == [office]


def test_a_later_step_keeps_rows_and_triggers_after_a_copy(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_later_step(monkeypatch, tmp_path)
    told: list[tuple[int, int]] = []
    last: list[Upgraded] = []
    done = upgrade(
        office, then=lambda connection, did: last.append(did), progress=lambda *each: told.append(each)
    )
    assert (done.before, done.after, last) == (NOW, NEXT, [done])
    assert seen(office) == sound(NEXT)
    opened = engine.open_store(office)
    with opened.read() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT schema_no FROM office UNION SELECT remark FROM budget"
        )
        assert set(rows.scalars()) == {int(NEXT), None}
    opened.close()
    assert told[-1][0] == told[-1][1] > 0
    assert done.copy is not None and done.copy.name.startswith(f"our.office.before-{NEXT}-")
    assert hashlib.sha256(done.copy.read_bytes()).hexdigest() == done.sha256
    assert seen(done.copy) == sound(NOW)
    assert sorted(office.parent.iterdir()) == [office, done.copy]


def test_the_copy_can_be_brought_up_in_its_turn(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_later_step(monkeypatch, tmp_path)
    copy = upgrade(office).copy
    assert copy is not None
    assert upgrade(copy).before == NOW
    assert seen(copy) == sound(NEXT)


def test_the_copy_is_as_secret_as_the_office_and_its_name_is_its_own(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.chmod(0o600)
    other = Path(shutil.copy(office, tmp_path / "other.office"))
    with_later_step(monkeypatch, tmp_path)
    copies = []
    for _ in range(3):
        copies.append(upgrade(office).copy)
        shutil.copy(other, office)
    assert len(set(copies)) == 3
    for copy in copies:
        assert copy is not None and copy.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("more", "told"),
    [("raise RuntimeError", RuntimeError), ('op.execute("DELETE FROM budget")', OfficeFault)],
)
def test_a_step_that_fails_leaves_the_office_as_it_was(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str, told: type[Exception]
) -> None:
    with monkeypatch.context() as later:
        with_later_step(later, tmp_path, more)
        with pytest.raises(told):
            upgrade(office)
    assert seen(office) == sound(NOW)
    engine.open_store(office).close()


def test_whoever_looks_at_the_progress_can_stop_it(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_later_step(monkeypatch, tmp_path)
    with contextlib.closing(sqlite.driver().connect(str(office))) as connection:
        connection.execute("CREATE TABLE much (x)")
        connection.executemany("INSERT INTO much VALUES (?)", [("x" * 90,)] * 40_000)
        connection.commit()
    told: list[int] = []

    def stop(done: int, of: int) -> None:
        told.append(of)
        raise InterruptedError

    with pytest.raises(InterruptedError):
        upgrade(office, progress=stop)
    assert len(told) == 1
    assert seen(office) == sound(NOW)
    assert list(office.parent.iterdir()) == [office]


def test_an_office_of_a_newer_program_is_refused(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as later:
        with_later_step(later, tmp_path)
        upgrade(office)
    with pytest.raises(OfficeFault, match="newer"):
        engine.open_store(office)
    only_one(office, "office.newer")


def test_an_older_office_says_how_it_is_brought_up(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_later_step(monkeypatch, tmp_path)
    with pytest.raises(OfficeFault, match=r"office\.older"):
        engine.open_store(office)


def test_what_is_no_office_is_refused(tmp_path: Path) -> None:
    for where, code in (
        (tmp_path / "none", "office.not_found"),
        (tmp_path / "no" / "none", "office.no_folder"),
        ("mysql://x/y", "office.bad_url"),
        ("postgresql://app@127.0.0.1:1/office", "office.no_server"),
    ):
        with pytest.raises(OfficeFault) as fault:
            upgrade(where)
        assert fault.value.code == code
    other = tmp_path / "other"
    other.write_bytes(b"SQLite format 3\0" + bytes(200))
    only_one(other, "office.not_an_office")


# -- others at it ----------------------------------------------------------------------------------------


@pytest.fixture(params=["newest", "python"])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The newest SQLite at hand, and Python's own, which may keep the older journal."""
    if request.param == "python":
        monkeypatch.setattr(sqlite, "driver", lambda: sqlite3)
    return str(request.param)


def test_an_office_that_others_write_to_is_not_taken(
    library: str, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with contextlib.closing(sqlite.driver().connect(office)) as connection:
        connection.execute(f"PRAGMA journal_mode={sqlite.journal_mode(sqlite.driver())}")
    other = engine.open_store(office)
    with other.write():
        with_later_step(monkeypatch, tmp_path)
        with pytest.raises(OfficeFault, match=r"office\.in_use"):
            upgrade(office)
    other.close()
    assert upgrade(office).after == NEXT
    assert seen(office) == sound(NEXT)


def test_an_office_that_others_only_have_open_is_not_taken(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the journal is the newer one, an open connection can be told from none."""
    if sqlite.journal_mode(sqlite.driver()) != "WAL":
        pytest.skip("an idle connection holds nothing")
    other = engine.open_store(office)
    with_later_step(monkeypatch, tmp_path)
    with pytest.raises(OfficeFault, match=r"office\.in_use"):
        upgrade(office)
    other.close()
    assert upgrade(office).after == NEXT


@pytest.mark.skipif(os.name == "nt", reason="the window's lock is another kind there")
def test_an_office_that_a_window_has_open_is_not_taken(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    with_later_step(monkeypatch, tmp_path)
    lock = office.with_name("our.office.window")
    with lock.open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        only_one(office, "office.in_use")
    assert upgrade(office).after == NEXT, "one left behind by a window that is gone does not matter"


def test_nobody_else_gets_in_between_copy_and_change(
    library: str, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another wrote after the copy would stand in no copy."""
    with_later_step(monkeypatch, tmp_path)
    tried: list[str] = []

    def write(done: int, of: int) -> None:
        with contextlib.closing(sqlite.driver().connect(str(office), timeout=0.1)) as other:
            try:
                other.execute("UPDATE person SET failures = 7")
                other.commit()
            except sqlite.driver().OperationalError as error:
                tried.append(str(error))

    upgrade(office, progress=write)
    assert set(tried) == {"database is locked"}


# -- no room, no right -----------------------------------------------------------------------------------


def test_a_disk_without_room_for_the_copy(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_later_step(monkeypatch, tmp_path)
    usage = SimpleNamespace(free=office.stat().st_size - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
    only_one(office, "office.no_room")


def test_a_disk_that_fills_up_on_the_way(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_later_step(monkeypatch, tmp_path)

    def full(*given: object) -> None:
        raise sqlite.driver().OperationalError("database or disk is full")

    monkeypatch.setattr(sqlite, "copy", full)
    only_one(office, "office.full")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only the superuser can be another")
def test_a_folder_that_may_not_be_written(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_later_step(monkeypatch, tmp_path)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        path = Path(shutil.copy(office, folder / "our.office"))
        path.chmod(0o666)
        for mode in (0o666, 0o444):
            path.chmod(mode)
            os.seteuid(65534)
            try:
                only_one(path, "office.older_only_read")
            finally:
                os.seteuid(0)


# -- killed ----------------------------------------------------------------------------------------------

KILLED = """
import os, signal, sqlite3
from pathlib import Path
from models import migrate, sqlite, upgrade

migrate.SCRIPTS, migrate.KNOWN, migrate.NEWEST = Path({scripts!r}), {known!r}, {newest!r}

def die(*given, **named):
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

def some_triggers(all_of_them=sqlite.triggers):
    for number, each in enumerate(all_of_them()):
        if number == 5:
            die()
        yield each

then = lambda connection, done: None
{moment}
upgrade.upgrade({path!r}, then=then)
die()
"""
MOMENTS = {
    "copying": "upgrade._must_be_whole = die",
    "copied": "upgrade._sync_folder = die",
    "beginning": "migrate.run = die",
    "changing": "sqlite.triggers = some_triggers",
    "changing, older journal": "sqlite.driver = lambda: sqlite3; sqlite.triggers = some_triggers",
    "last": "then = die",
    "after": "",
}


def _script(path: Path, scripts: Path, moment: str) -> str:
    given = {"scripts": str(scripts), "known": migrate.KNOWN, "newest": migrate.NEWEST}
    return KILLED.format(path=str(path), moment=moment, **given)


def _as_before_or_done(office: Path, done: bool) -> None:
    """Whoever opens it next finds one or the other; and it can be brought up then."""
    assert seen(office) == sound(NEXT if done else NOW)
    assert upgrade(office).after == NEXT
    assert seen(office) == sound(NEXT)
    copies = [each for each in office.parent.iterdir() if ".before-" in each.name]
    assert copies
    for copy in copies:
        assert seen(copy) == sound(NOW)
    assert set(office.parent.iterdir()) == {office, *copies}, "nothing half made is left"


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_leaves_the_office_as_before_or_done(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    scripts = with_later_step(monkeypatch, tmp_path, MUCH)
    code = _script(office, scripts, MOMENTS[moment])
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode in (-signal.SIGKILL, 1) and not run.stderr, run.stderr
    _as_before_or_done(office, done=moment == "after")


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_the_office_as_before_or_done(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = with_later_step(monkeypatch, tmp_path, MUCH)
    kept = office.read_bytes()
    begun = "print('begun', flush=True)"
    for milliseconds in range(0, 600, 15):
        shutil.rmtree(office.parent)
        office.parent.mkdir()
        office.write_bytes(kept)
        run = subprocess.Popen(
            [sys.executable, "-c", _script(office, scripts, begun)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert run.stdout is not None and run.stdout.readline() == b"begun\n"
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.wait(milliseconds / 1000)
        run.kill()
        run.wait()
        run.stdout.close()
        step = seen(office)[0]
        assert step in (NOW, NEXT)
        _as_before_or_done(office, done=step == NEXT)


# -- on a server -----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_an_office_on_a_server(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OfficeFault, match=r"office\.not_an_office"):
        upgrade(server)
    store = empty_office.create(server)
    with store.write() as session:
        for statement in ROWS.replace("x'00'", "'\\x00'").strip().split(";\n"):
            session.connection().exec_driver_sql(statement)
    assert upgrade(server) == Upgraded(NOW, NOW)
    with_later_step(monkeypatch, tmp_path)
    with pytest.raises(OfficeFault, match=r"office\.older_server"):
        engine.open_store(server)
    with pytest.raises(OfficeFault, match=r"office\.not_copied"):
        upgrade(server)
    store.close()

    def fail(*given: object) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        upgrade(server, then=fail, without_copy=True)
    with pytest.raises(OfficeFault, match=r"office\.older_server"):
        engine.open_store(server)
    assert upgrade(server, without_copy=True) == Upgraded(NOW, NEXT)
    opened = engine.open_store(server)
    with opened.read() as session:
        rows = session.connection().exec_driver_sql("SELECT schema_no, remark FROM office, budget").all()
        assert rows == [(int(NEXT), None)]
    opened.close()
