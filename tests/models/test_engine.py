"""Making and opening an office, and what is refused in a sentence instead."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from models import engine, migrate, sqlite
from models.engine import Store
from models.faults import OfficeFault
from tests.models import empty_office
from tests.models.filler import Filler


def _refused(where: Path | str, code: str) -> None:
    with pytest.raises(OfficeFault) as caught:
        engine.open_store(where)
    assert caught.value.code == code


def test_what_is_not_there_is_not_made_by_opening(tmp_path: Path) -> None:
    _refused(tmp_path / "office", "office.not_found")
    _refused(tmp_path / "no" / "office", "office.no_folder")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"SQLite format 3\0" + bytes(200)], ids=["empty", "zip", "sqlite"]
)
def test_a_file_that_is_no_office_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(content)
    _refused(path, "office.not_an_office")
    assert path.read_bytes() == content
    assert [each.name for each in tmp_path.iterdir()] == ["letter.docx"]


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE alembic_version (version_num TEXT)")
    other.commit()
    other.close()
    _refused(path, "office.not_an_office")


def test_a_damaged_office_is_refused(empty_store: Path, tmp_path: Path) -> None:
    path = tmp_path / "office"
    content = bytearray(empty_store.read_bytes())
    content[200:] = b"\xff" * (len(content) - 200)
    path.write_bytes(bytes(content))
    _refused(path, "office.damaged")


def test_a_cut_off_office_is_refused(empty_store: Path, tmp_path: Path) -> None:
    path = tmp_path / "office"
    path.write_bytes(empty_store.read_bytes()[:120])
    _refused(path, "office.damaged")


def test_an_office_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "run", lambda connection: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        empty_office.create(tmp_path / "office")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "office"
    path.write_text("a letter")
    with pytest.raises(OfficeFault, match=r"office\.exists"):
        empty_office.create(path)
    assert path.read_text() == "a letter"


@pytest.mark.parametrize("url", ["mysql://server/x", "postgresql+asyncpg://server/x", "http://server", "://"])
def test_addresses_of_other_servers_are_refused(url: str) -> None:
    _refused(url, "office.bad_url")


def test_a_server_that_is_not_there_is_one_sentence() -> None:
    _refused("postgresql+psycopg://nobody@127.0.0.1:1/office", "office.no_server")
    for told in ("nobody:secret@127.0.0.1:1/office", "127.0.0.1:1/office?password=secret"):
        _refused(f"postgresql+psycopg://{told}", "office.password_in_address")


def test_the_reading_side_can_not_write(store: Store) -> None:
    with store.read() as session, pytest.raises(DatabaseError, match="readonly"):
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = 'x'")


def test_a_failed_write_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError), store.write() as session:
        Filler(session.connection())("person")
        raise RuntimeError
    with store.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM person").scalar() == 0


def test_reading_sees_one_state_while_others_write(store: Store) -> None:
    with store.read() as reading:
        count = "SELECT count(*) FROM person"
        assert reading.connection().exec_driver_sql(count).scalar() == 0
        with store.write() as session:
            Filler(session.connection())("person")
        assert reading.connection().exec_driver_sql(count).scalar() == 0
    with store.read() as reading:
        assert reading.connection().exec_driver_sql(count).scalar() == 1


def test_an_error_shows_no_values(store: Store) -> None:
    with store.write() as session:
        fill = Filler(session.connection())
        fill("contact", name="黄晓彤", phone="18685343955", applicant_id=fill("applicant")["id"])
        with pytest.raises(IntegrityError) as caught:
            fill("contact", name="黄晓彤", phone="18685343955", applicant_id=1)
        session.rollback()
    assert "18685343955" not in str(caught.value)
    assert "黄晓彤" not in str(caught.value)


def test_a_path_is_a_path_whatever_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "office?mode=ro&x=%2e #1 办公室.db"
    empty_office.create(path).close()
    engine.open_store(str(path)).close()
    assert path.is_file()


def test_a_disk_without_room_for_the_index_of_the_journal_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite says "disk I/O error" there; the sentence is that of a full disk only where it is full."""
    path, usage = tmp_path / "a.office", shutil.disk_usage(tmp_path)
    for free, code in ((1 << 15, "office.full"), (1 << 30, "office.disk")):
        monkeypatch.setattr(shutil, "disk_usage", {tmp_path: usage._replace(free=free)}.__getitem__)
        with pytest.raises(OfficeFault) as told, engine._as_faults(str(path), path):
            raise OperationalError("PRAGMA", {}, sqlite.driver().OperationalError("disk I/O error"))
        assert told.value.code == code


def test_on_a_full_disk_an_office_is_read(empty_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(empty_store.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage._replace(free=0))
    store = engine.open_store(empty_store)
    assert store.only_read is not None and store.only_read.code == "office.full_to_read"
    with store.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM provider").scalar() == 0
    with pytest.raises(OfficeFault, match=r"office\.full_to_read"), store.write():
        raise AssertionError
    store.close()
    assert [each.name for each in empty_store.parent.iterdir()] == [empty_store.name]
