"""An office of an earlier version brought up to this one's schema, people's work in it and all.

A file is taken for oneself, copied beside itself, and changed in one transaction: whatever happens on the
way, it is as before or done, and the copy is whole before anything changes. An office on a server is changed
in one transaction too; its copy is the administrator's own dump, and they must say that they have one.
"""

import contextlib
import datetime
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError, NoResultFound, OperationalError, ProgrammingError

from models import migrate, postgresql, sqlite
from models.engine import url_of
from models.faults import OfficeFault
from models.held_signals import held_signals

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Told how many bytes of the copy there are, and of how many. What it raises stops the work: nothing is
changed then."""


class Upgraded(NamedTuple):
    """From which schema to which; the copy of what was, and its hash (None and "": none was made)."""

    before: str
    after: str
    copy: Path | None = None
    sha256: str = ""


First = Callable[[Connection, str], None]
"""What is done first in the transaction, with the schema as it is and its number."""
Then = Callable[[Connection, Upgraded], None]
"""What is done last in the same transaction."""

Stored = Callable[[], object]
"""Called once all is stored."""
Told = tuple[First, Then, Stored]


def upgrade(
    where: str | Path,
    *,
    first: First = lambda connection, before: None,
    then: Then = lambda connection, done: None,
    progress: Progress = lambda done, of: None,
    without_copy: bool = False,
    stored: Stored = lambda: None,
) -> Upgraded:
    """Bring an office up to date. One that is so already is left alone.

    Args:
        without_copy: an office on a server, which the program can't copy, is brought up all the same.
        stored: called once it is brought up, and no interruption comes between.

    Raises:
        OfficeFault: what `open_store` raises but `office.older`; `office.in_use`, `office.no_room`,
            `office.full`, `office.older_only_read`, `office.disk`; `office.not_copied` (on a server);
            `office.not_brought_up`: what stands in it, no version of the program ever stored.
    """
    url = url_of(where)
    if url is not None:
        with _values_told(url.render_as_string()):
            return _on_server(url, (first, then, stored), without_copy)
    path = Path(where).absolute()
    sqlite.check_place(path)
    sqlite.check_file(path)
    with _values_told(str(path)), _told(path):
        before = _before(_reader(path), str(path))
        if before == migrate.NEWEST:
            return Upgraded(before, before)
        _must_be_writable(path)
        return _file(path, (first, then, stored), progress)


def looked_at(where: str | Path, read: Callable[[Connection], T]) -> T | None:
    """What can be read of an office of an earlier version before anything is changed; None where it is up to
    date.

    Raises:
        OfficeFault: as `upgrade`.
    """
    url, path = url_of(where), Path(where).absolute()
    if url is None:
        sqlite.check_place(path)
        sqlite.check_file(path)
    with _values_told(url.render_as_string() if url else str(path)), _told(path):
        engine = postgresql.engine(url, read_only=True) if url else _reader(path)
        try:
            with engine.connect() as connection:
                if migrate.version(connection) == migrate.NEWEST:
                    return None
                if url is None:
                    _must_be_writable(path)
                return read(connection)
        except OperationalError as fault:
            if url is None:
                raise
            raise OfficeFault("office.no_server", path=url.render_as_string()) from fault
        finally:
            engine.dispose()


_OF_A_VALUE = (ValueError, TypeError, LookupError, MemoryError, RecursionError)


@contextlib.contextmanager
def _values_told(name: str) -> Iterator[None]:
    """What falls over something that stands in an office, as a fault that has a sentence: whoever holds an
    older office can write into it what they like, and no check has looked at it."""
    try:
        yield
    except (DBAPIError, NoResultFound, *_OF_A_VALUE) as error:
        raise OfficeFault("office.not_brought_up", path=name) from error


# -- a file ----------------------------------------------------------------------------------------------


def _file(path: Path, told: Told, progress: Progress) -> Upgraded:
    if _window_open(path):
        raise OfficeFault("office.in_use", path=str(path))
    engine = sqlite.engine(path, read_only=False, foreign_keys=False, alone=True)
    try:
        with engine.connect() as connection:
            with connection.begin():  # from here on nobody else reads or writes
                before = migrate.version(connection)
            assert before is not None
            if before == migrate.NEWEST:  # another run brought it up while this one waited
                return Upgraded(before, before)
            copy, sha256 = _copy(path, connection.connection.dbapi_connection, progress)
            done = Upgraded(before, migrate.NEWEST, copy, sha256)
            with connection.begin():
                _steps(connection, done, *told)
            return done
    finally:
        engine.dispose()


def _reader(path: Path) -> Engine:
    """What reads a file that others may have, and leaves nothing beside one that can't be written."""
    still = not sqlite.can_be_written(path) and sqlite.lies_still(path)
    return sqlite.engine(path, read_only=True, still=still)


def _must_be_writable(path: Path) -> None:
    """Refuse what can't be written, nor its folder: nobody is asked for a password in vain."""
    if not sqlite.can_be_written(path):
        raise OfficeFault("office.older_only_read", path=str(path))


def _copy(path: Path, connection: Any, progress: Progress) -> tuple[Path, str]:
    """Lay a copy beside an office that is nobody else's now: under its name only once it is whole and on the
    disk. Returns it and its hash."""
    making = path.with_name(f".{path.name}.copying")
    making.unlink(missing_ok=True)  # of a run that was killed: no other can be under way
    size = path.stat().st_size
    if shutil.disk_usage(path.parent).free < size:
        raise OfficeFault("office.no_room", path=str(path), megabytes=size // 1_000_000 + 1)
    try:
        os.close(os.open(making, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        sqlite.copy(connection, making, lambda there: progress(min(there, size), size))
        _must_be_whole(making)
        with making.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        progress(size, size)
        copy = _free_name(path)
        making.rename(copy)
        _sync_folder(path.parent)
        return copy, sha256
    finally:
        making.unlink(missing_ok=True)


def _must_be_whole(copy: Path) -> None:
    """Refuse to go on with a copy that can't be opened or read from end to end."""
    engine = sqlite.engine(copy, read_only=True)
    try:
        with engine.connect() as connection:
            if connection.exec_driver_sql("PRAGMA quick_check").scalar() != "ok":
                raise OfficeFault("office.damaged", path=str(copy))
            migrate.version(connection)
    finally:
        engine.dispose()


def _free_name(path: Path) -> Path:
    """A name for the copy that nothing bears yet: the step and the moment, and a number where need be."""
    moment = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    named = path.with_name(f"{path.name}.before-{migrate.NEWEST}-{moment}")
    numbered = (named.with_name(f"{named.name}-{number}") for number in range(2, 1000))
    return next(each for each in (named, *numbered) if not os.path.lexists(each))


def _sync_folder(folder: Path) -> None:
    """Have the copy's name on the disk too, where a folder can be told so."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _window_open(path: Path) -> bool:
    """Whether a window has the office open: idle, it holds nothing of the file itself where the journal is
    the older one."""
    lock = path.with_name(f"{path.name}.window")
    try:
        with lock.open("rb+") as file:
            if os.name != "nt":
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:  # held: on Windows it can't be opened for writing, elsewhere not locked
        return True
    return False


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """What can stand in the way of a file, as faults that have a sentence."""
    try:
        yield
    except PermissionError as error:
        raise OfficeFault("office.read_only", path=str(path)) from error
    except (DBAPIError, sqlite.driver().Error) as error:
        code = _code(getattr(error, "orig", error))
        if code is None:
            raise
        if code == "office.read_only":
            code = sqlite.why_closed(path)
        if code == "office.disk" and sqlite.lacks_room(path):
            code = "office.full"
        raise OfficeFault(code, path=str(path)) from error


def _code(error: BaseException | None) -> str | None:
    if any(said in str(error) for said in ("readonly database", "unable to open database")):
        return "office.read_only"
    code = sqlite.fault_code(error)
    return "office.in_use" if code == "office.busy" else code


# -- on a server -----------------------------------------------------------------------------------------


def _on_server(url: URL, told: Told, without_copy: bool) -> Upgraded:
    name = url.render_as_string()
    try:
        before = _before(postgresql.engine(url, read_only=True), name)
        if before == migrate.NEWEST:
            return Upgraded(before, before)
        if not without_copy:
            raise OfficeFault("office.not_copied", path=name)
        engine = postgresql.engine(url, read_only=False)
        try:
            with engine.begin() as connection:
                connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
                connection.exec_driver_sql("SELECT seq FROM log_head FOR UPDATE")
                done = Upgraded(migrate.version(connection) or before, migrate.NEWEST)
                if done.before != migrate.NEWEST:  # no other run brought it up while this one waited
                    _steps(connection, done, *told)
            return done
        finally:
            engine.dispose()
    except OperationalError as fault:
        code = "office.in_use" if getattr(fault.orig, "sqlstate", None) == "55P03" else "office.no_server"
        raise OfficeFault(code, path=name) from fault
    except ProgrammingError as fault:
        if getattr(fault.orig, "sqlstate", None) != "42501":
            raise
        raise OfficeFault("office.read_only", path=name) from fault


# -- both ------------------------------------------------------------------------------------------------


def _before(engine: Engine, name: str) -> str:
    """The schema that an office has now, which must be one that this program knows."""
    try:
        with engine.connect() as connection:
            found = migrate.version(connection)
    except ProgrammingError as fault:
        raise OfficeFault("office.not_an_office", path=name) from fault
    finally:
        engine.dispose()
    if found is None or found not in migrate.KNOWN:
        raise OfficeFault("office.newer", path=name)
    return found


def _steps(connection: Connection, done: Upgraded, first: First, then: Then, stored: Stored) -> None:
    first(connection, done.before)
    migrate.run(connection)
    connection.exec_driver_sql(f"UPDATE office SET schema_no = {int(done.after)}")
    then(connection, done)
    with held_signals():
        connection.commit()
        stored()
