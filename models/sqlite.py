"""Everything that only SQLite can do or needs: driver, strict tables, settings, triggers, place.

The settings are those that lost nothing in recorded power cuts: `synchronous=EXTRA` in either journal mode,
WAL only where the library no longer has the WAL-reset fault (3.51.3), the rollback journal elsewhere.
"""

import functools
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import (
    URL,
    BigInteger,
    Connection,
    Engine,
    MetaData,
    SmallInteger,
    String,
    create_engine,
    event,
)
from sqlalchemy.ext.compiler import compiles

from models import images, tables_read
from models.faults import OfficeFault
from models.guards import FROZEN, KEPT, UNDELETED

APPLICATION_ID = 0x564F5543
"""What an office's file carries in its header (`PRAGMA application_id`): VOUC, as `papers.draft_file.OFFICE`
says."""

MOST_MEMORY = 256 * 1024 * 1024
"""Bytes that the library may take: no cell that the program stores needs them (a file is kept up to 64 MB),
and one that somebody planted must not cost the machine."""

WAL_IS_SAFE_FROM = (3, 51, 3)
NETWORK = (
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs", "ncpfs", "davfs",
)  # fmt: skip


@compiles(BigInteger, "sqlite")
@compiles(SmallInteger, "sqlite")
def _integer(type_: Any, compiler: Any, **kw: Any) -> str:
    return "INTEGER"


@compiles(String, "sqlite")
def _text(type_: Any, compiler: Any, **kw: Any) -> str:
    return "TEXT"


def make_strict(metadata: MetaData) -> None:
    """Have every table refuse a value of another kind than its column's."""
    for table in metadata.tables.values():
        table.dialect_options["sqlite"]["strict"] = True


def driver() -> ModuleType:
    """The SQLite with the newest library at hand: pysqlite3's where it is installed, else Python's."""
    try:
        import pysqlite3.dbapi2 as bundled
    except ImportError:
        return _told_of_none(sqlite3)
    return _told_of_none(bundled if bundled.sqlite_version_info > sqlite3.sqlite_version_info else sqlite3)


def _told_of_none(module: ModuleType) -> ModuleType:
    """The driver, told that None stays as it is.

    It binds numbers and texts at once and looks for an adapter of all else. Finding none for None, it makes
    and drops errors on the way: two microseconds a value, for a row with ten of them more than all the rest.
    """
    module.register_adapter(type(None), lambda none: none)
    return module


def journal_mode(module: ModuleType) -> str:
    """WAL where the driver's library is free of the WAL-reset fault, else DELETE."""
    return "WAL" if module.sqlite_version_info >= WAL_IS_SAFE_FROM else "DELETE"


def engine(
    path: Path, *, read_only: bool, foreign_keys: bool = True, alone: bool = False, still: bool = False,
    watched: bool = False,
) -> Engine:  # fmt: skip
    """An engine on an office's file. The writing one begins IMMEDIATE, the reading one can't write.

    Only a migration turns foreign keys off; it must, before it begins. `alone` keeps everybody else out from
    the first transaction until the connection is closed. A file that is not there is never made: an office
    that was moved away must not come back empty. `still` reads a file that nobody can write, where no lock
    can be had (`lies_still`). `watched` keeps what each transaction touches (`images.watch_sqlite`) and reads
    (`tables_read`).
    """
    module = driver()
    mode = "ro&immutable=1" if still else "rw"
    address = f"{path.absolute().as_uri()}?mode={mode}"

    def connect() -> Any:
        return module.connect(address, uri=True, check_same_thread=False, timeout=30.0)

    made = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        module=module,
        hide_parameters=True,
        creator=connect,
    )
    begin = "BEGIN EXCLUSIVE" if alone else "BEGIN" if read_only else "BEGIN IMMEDIATE"

    @event.listens_for(made, "connect")
    def _set(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        try:
            for name, value in _settings(module, read_only, foreign_keys, alone):
                cursor.execute(f"PRAGMA {name}={value}")
        except UnicodeDecodeError as fault:  # of a name in the schema, in SQLite's own message
            raise module.DatabaseError("malformed database schema") from fault
        cursor.close()
        connection.create_function(images.SHA256, 1, images.sha256, deterministic=True)
        if watched:
            images.watch_sqlite(connection)
        if read_only:
            connection.set_authorizer(_no_view)

    @event.listens_for(made, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    if watched:
        tables_read.watch(made)

    return made


def _no_view(action: int, table: str | None, column: str | None, base: str | None, view: str | None) -> int:
    """Refuse what is read through a view: the program has none, and a foreign one may say anything, or run
    for ever. (A guard's trigger is named in the same place; what it stops ends as read-only here.)"""
    foreign = view is not None and action == sqlite3.SQLITE_READ and view not in _own_triggers()
    return sqlite3.SQLITE_DENY if foreign else sqlite3.SQLITE_OK


@functools.cache
def _own_triggers() -> frozenset[str]:
    return frozenset(name for name, _ in triggers())


def _settings(
    module: ModuleType, read_only: bool, foreign_keys: bool, alone: bool
) -> Iterator[tuple[str, str]]:
    yield "busy_timeout", "3000" if alone else "30000"
    if alone:
        yield "locking_mode", "EXCLUSIVE"
    if not read_only:
        yield "journal_mode", journal_mode(module)
    yield "synchronous", "EXTRA"
    yield "foreign_keys", "ON" if foreign_keys else "OFF"
    yield "trusted_schema", "OFF"
    yield "cell_size_check", "ON"
    yield "recursive_triggers", "ON"
    yield "hard_heap_limit", str(MOST_MEMORY)
    if read_only:
        yield "query_only", "ON"


def triggers() -> Iterator[tuple[str, str]]:
    """Each guard's trigger: its name and its DDL."""
    for table in KEPT:
        yield _trigger(f"{table}_kept", table, "UPDATE", "")
    for table in (*KEPT, *UNDELETED):
        yield _trigger(f"{table}_undeleted", table, "DELETE", "")
    for frozen in FROZEN:
        differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in frozen.columns)
        when = f"({frozen.when.format(old='OLD')}) AND ({differs})" if frozen.when else differs
        yield _trigger(f"{frozen.table}_{frozen.name}_frozen", frozen.table, "UPDATE", f"WHEN {when} ")


def _trigger(name: str, table: str, on: str, when: str) -> tuple[str, str]:
    raised = f"SELECT RAISE(ABORT, 'kept for ever: {name}')"
    return name, f"CREATE TRIGGER {name} BEFORE {on} ON {table} FOR EACH ROW {when}BEGIN {raised}; END"


def drop_triggers(connection: Connection) -> None:
    """Take every trigger away, to be made anew at the end of the same transaction."""
    for name in trigger_names(connection):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def trigger_names(connection: Connection) -> list[str]:
    """The triggers that stand in the database."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    return [name for (name,) in connection.exec_driver_sql(sql)]


def broken_references(connection: Connection) -> list[str]:
    """The tables that hold a row which points nowhere."""
    return sorted({row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")})


def copy(connection: Any, target: Path, tick: Callable[[int], None] = lambda size: None) -> None:
    """A whole copy of an office's file as of now (VACUUM INTO), on the disk when this returns.

    Args:
        connection: of the DBAPI, in no transaction.
        target: a file that is not there yet, or an empty one.
        tick: told now and then how many bytes of the copy there are; what it raises ends the copying.
    """
    stopped: list[BaseException] = []

    def look() -> int:
        try:
            tick(target.stat().st_size)
        except BaseException as stop:  # SQLite would swallow it
            stopped.append(stop)
        return len(stopped)

    connection.set_progress_handler(look, 100_000)
    try:
        connection.execute("VACUUM INTO ?", (str(target),))
    except driver().DatabaseError:
        if stopped:
            raise stopped[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def copy_as_is(path: Path, target: Path) -> None:
    """A copy of an office's file as of now, page by page, into a file that is there and empty; nobody waits
    for it, and it need not outlive the machine."""
    module = driver()
    address = f"{path.absolute().as_uri()}?mode=rw"
    with (
        closing(module.connect(address, uri=True, timeout=30.0)) as source,
        closing(module.connect(str(target), isolation_level=None)) as copied,
    ):
        copied.execute("PRAGMA synchronous=OFF")
        copied.execute("PRAGMA journal_mode=OFF")
        source.backup(copied)


_TOLD = {
    "database is locked": "office.busy",
    "database table is locked": "office.busy",
    "database or disk is full": "office.full",
    "readonly database": "office.read_only",
    "unable to open database": "office.cannot_open",
    "disk image is malformed": "office.damaged",
    "malformed database schema": "office.damaged",
    "file is not a database": "office.damaged",
    "disk I/O error": "office.disk",
    "is prohibited": "office.not_as_made",
    "Could not decode to UTF-8": "office.bad_value",
    "integer overflow": "office.bad_value",
    "JSON cannot hold BLOB": "office.bad_value",  # of a row's image
    "user-defined function raised": "office.bad_value",  # so is this: the program's own take what it stores
    "malformed JSON": "office.bad_value",
    "string or blob too big": "office.too_big",
}


def fault_code(error: BaseException | None) -> str | None:
    """The code of what the machine did to the file, where an error is of that kind."""
    said = str(error)
    return next((code for words, code in _TOLD.items() if words in said), None)


def lacks_room(path: Path) -> bool:
    """Whether its disk has no room for the index of the journal, which SQLite tells as a disk error."""
    return shutil.disk_usage(path.parent).free < 1 << 16


def can_be_written(path: Path) -> bool:
    """Whether one may write a file and, for its journal, into its folder."""
    own = {"effective_ids": True} if os.access in os.supports_effective_ids else {}
    return os.access(path, os.W_OK, **own) and os.access(path.parent, os.W_OK, **own)


def lies_still(path: Path) -> bool:
    """Whether a file that can't be written would have others made beside it to be read (its header says WAL),
    and none is there: nobody writes it now, and nothing needs to be left beside it."""
    with path.open("rb") as file:
        wal = file.read(20)[18:20] == b"\x02\x02"
    return wal and not _beside(path)


def _beside(path: Path) -> tuple[bool, ...]:
    """Whether the files lie beside it in which a writer keeps what is not in the file yet."""
    there = tuple(path.with_name(path.name + end).exists() for end in ("-wal", "-journal"))
    return there if any(there) else ()


def state_of(path: Path) -> tuple[int, ...]:
    """What changes when somebody writes a file, or begins to."""
    try:
        now = path.stat()
    except OSError:
        return ()
    return now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns, *_beside(path)


def why_closed(path: Path) -> str:
    """The code of why a file can't be opened or written, by what stands there now."""
    if not path.exists():
        return "office.gone"
    return "office.unfinished" if not can_be_written(path) and _beside(path) else "office.read_only"


def which_file(path: Path) -> tuple[int, int] | None:
    """Which file a name stands for now; None where there is none."""
    try:
        now = path.stat()
    except OSError:
        return None
    return now.st_dev, now.st_ino


def check_place(path: Path) -> None:
    """Refuse a folder that isn't there and a network share: SQLite's locks don't hold on one.

    Raises:
        OfficeFault: `office.no_folder`, `office.no_right`, `office.network`.
    """
    with _entered(path):
        if not path.parent.is_dir():
            raise OfficeFault("office.no_folder", folder=str(path.parent))
    if filesystem(path.parent) in NETWORK:
        raise OfficeFault("office.network", path=str(path))


@contextmanager
def _entered(path: Path) -> Iterator[None]:
    """A file that may not be read, or a disk that can't be, as faults that have a sentence."""
    try:
        yield
    except PermissionError as error:
        raise OfficeFault("office.no_right", path=str(path)) from error
    except OSError as error:
        raise OfficeFault("office.disk", path=str(path)) from error


def check_file(path: Path) -> None:
    """Refuse what is no office before SQLite touches it.

    Raises:
        OfficeFault: `office.not_found`, `office.not_an_office`, `office.no_right`, `office.disk`.
    """
    with _entered(path):
        if not path.is_file():
            raise OfficeFault("office.not_found", path=str(path))
        with path.open("rb") as file:
            header = file.read(100)
    if header[:16] != b"SQLite format 3\0" or header[68:72] != APPLICATION_ID.to_bytes(4, "big"):
        raise OfficeFault("office.not_an_office", path=str(path))


def filesystem(folder: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The kind of file system a folder lies on, as the system names it; "" where it can't be told."""
    if sys.platform == "win32":
        return _drive_kind(folder)
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    where = os.path.realpath(folder)
    best, kind = "", ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        mount = fields[1].replace("\\040", " ")
        inside = where == mount or where.startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, fields[2]
    return kind


def _drive_kind(folder: Path) -> str:
    """`cifs` for a mapped letter or a UNC path on Windows (GetDriveType: 4 is a remote drive)."""
    anchor = folder.resolve().anchor
    if anchor.startswith("\\\\"):
        return "cifs"
    import ctypes

    windll: Any = getattr(ctypes, "windll", None)
    return "cifs" if windll is not None and windll.kernel32.GetDriveTypeW(anchor) == 4 else ""
