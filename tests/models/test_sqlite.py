"""SQLite as the office needs it."""

import contextlib
import sqlite3
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy.exc import DatabaseError

from models import engine, metadata, sqlite
from models.engine import Store
from models.faults import OfficeFault
from tests.models import empty_office
from tests.models.filler import Filler


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "DELETE"),
        ((3, 51, 2), "DELETE"),
        ((3, 51, 3), "WAL"),
        ((3, 53, 4), "WAL"),
        ((4, 0, 0), "WAL"),
    ],
)
def test_wal_only_where_its_fault_is_mended(version: tuple[int, int, int], mode: str) -> None:
    assert sqlite.journal_mode(cast(Any, SimpleNamespace(sqlite_version_info=version))) == mode


def _pragma(store: Store, name: str, *, write: bool) -> Any:
    with store.write() if write else store.read() as session:
        return session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("synchronous", 3),
        ("foreign_keys", 1),
        ("busy_timeout", 30000),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("recursive_triggers", 1),
        ("journal_mode", sqlite.journal_mode(sqlite.driver()).lower()),
    ],
)
def test_every_connection_has_the_settings(store: Store, name: str, value: Any, write: bool) -> None:
    assert _pragma(store, name, write=write) == value


def test_the_office_works_with_pythons_own_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "driver", lambda: sqlite3)
    store = empty_office.create(tmp_path / "office")
    wanted = "delete" if sqlite3.sqlite_version_info < sqlite.WAL_IS_SAFE_FROM else "wal"
    assert _pragma(store, "journal_mode", write=True) == wanted
    with store.write() as session, pytest.raises(DatabaseError, match="kept for ever"):
        Filler(session.connection())("decision")
        session.connection().exec_driver_sql("DELETE FROM decision")
    store.close()


def test_the_driver_binds_none_without_looking_for_an_adapter() -> None:
    module = sqlite.driver()
    assert module.adapters[type(None), module.PrepareProtocol](None) is None
    with contextlib.closing(module.connect(":memory:")) as connection:
        assert connection.execute("SELECT ?, typeof(?)", (None, None)).fetchone() == (None, "null")


def test_every_table_is_strict(store: Store) -> None:
    with store.read() as session:
        rows = session.connection().exec_driver_sql("PRAGMA table_list").all()
    strict = {row[1] for row in rows if row[5] == 1}
    assert strict == set(metadata.tables)


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /mnt/share nfs4 rw 0 0
//server/share /mnt/windows\\040drive cifs rw 0 0
host /mnt/share/local 9p rw 0 0
tmpfs /mnt/sharedtmp tmpfs rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/office", "ext4"),
        ("/mnt/share", "nfs4"),
        ("/mnt/share/a/b", "nfs4"),
        ("/mnt/share/local/x", "9p"),
        ("/mnt/sharedtmp", "tmpfs"),
        ("/mnt/windows drive/x", "cifs"),
    ],
)
def test_the_kind_of_file_system_is_that_of_the_nearest_mount(tmp_path: Path, folder: str, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    assert sqlite.filesystem(Path(folder), mounts) == kind


def test_no_mount_table_means_it_can_not_be_told(tmp_path: Path) -> None:
    assert sqlite.filesystem(tmp_path, tmp_path / "none") == ""


@pytest.mark.parametrize("kind", ["nfs", "cifs", "9p", "smb3"])
def test_a_network_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(sqlite, "filesystem", lambda folder: kind)
    with pytest.raises(OfficeFault, match=r"office\.network"):
        empty_office.create(tmp_path / "office")
    assert list(tmp_path.iterdir()) == []


def test_a_copy_is_whole_while_someone_writes(store: Store, tmp_path: Path) -> None:
    with store.write() as session:
        Filler(session.connection())("person")
    with store.write() as session:
        Filler(session.connection())("person", name="later", id=77)
        assert store.path is not None
        with contextlib.closing(sqlite.driver().connect(str(store.path), isolation_level=None)) as other:
            sqlite.copy(other, tmp_path / "copy")
    copied = engine.open_store(tmp_path / "copy")
    with copied.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM person").scalar() == 1
    copied.close()
