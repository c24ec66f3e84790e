"""An older office comes up with the log's entry of it, in one transaction."""

import contextlib
import datetime
import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from casework.audit.verify import checks
from casework.core import log
from casework.core.office import Office
from casework.core.refused import Refused
from casework.founding.office_upgrade import bring_up
from casework.people import signing_in
from models import LogEntry, migrate, upgrade
from models.faults import OfficeFault
from tests import other_hand
from tests.models.later import NEXT, with_later_step

NOW = migrate.NEWEST
AT = datetime.datetime(2026, 12, 1, 9, tzinfo=datetime.UTC)


@pytest.fixture
def older(empty_office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office of an earlier version, with people."""
    folder = tmp_path / "offices"
    folder.mkdir()
    path = Path(shutil.copy(empty_office, folder / "our.office"))
    with_later_step(monkeypatch, tmp_path)
    return path


def entries(path: Path) -> list[LogEntry]:
    with Office.open(path).closing() as office, office.read() as session:
        return list(session.execute(select(LogEntry).order_by(col(LogEntry.seq))).scalars())


def test_the_log_says_from_which_schema_to_which_and_names_the_copy(older: Path) -> None:
    done = bring_up(older, clock=lambda: AT)
    assert done.copy is not None
    last = entries(older)[-1]
    assert (last.act, last.person, last.subject, last.at) == ("upgrade", "", "office", AT)
    copy = {"name": done.copy.name, "sha256": done.sha256}
    said = json.loads(last.payload)
    assert said.pop("images")["person"]["all"][0] == 9
    assert said == {"from": NOW, "to": NEXT, "copy": copy, "images_of_all": True}
    with Office.open(older).closing() as office:
        assert office.row.schema_no == int(NEXT)
        assert [each.name for each in checks(office) if not each.ok] == []


def test_what_was_changed_before_stays_told(older: Path) -> None:
    """Every row is imaged anew: that must not wash clean what somebody did before."""
    with contextlib.closing(sqlite3.connect(older)) as connection:
        connection.execute("UPDATE person SET full_name = 'x' WHERE id = 3")
        connection.commit()
    bring_up(older)
    with Office.open(older).closing() as office:
        found = {each.name: each.faults for each in checks(office) if not each.ok}
    assert found == {"rows": ("person 1-9",)}


AS_OF_0007 = (
    *(f"ALTER TABLE person DROP COLUMN {name}" for name in ("reset_by_id", "reset_at", "reset_hash")),
    *(f"ALTER TABLE person DROP COLUMN {name}" for name in ("must_change", "failed_at")),
    "DROP TABLE unknown_name",
    "DROP TABLE period",
    "DROP INDEX ix_ledger_entry_for_day",
    *(f"ALTER TABLE ledger_entry DROP COLUMN {name}" for name in ("for_day", "belongs_on", "funder")),
    "DROP INDEX IF EXISTS ix_appropriation_moved_with_id",
    "ALTER TABLE appropriation DROP COLUMN moved_with_id",
    "ALTER TABLE appropriation_proposal DROP COLUMN from_budget",
    "UPDATE alembic_version SET version_num = '0007'",
)


def made_older(path: Path, *harm: str) -> Path:
    """An office of today, taken back to a schema from before there were images, and what was done besides."""
    with other_hand.opened(path) as opened:
        for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            opened.execute(f"DROP TRIGGER {name}")
        for statement in (*harm, *AS_OF_0007):
            opened.execute(statement)
    return path


def test_one_that_was_made_older_to_be_imaged_anew_is_told(empty_office: Path, tmp_path: Path) -> None:
    """No hash needs to be forged for it: the schema's number is a cell, and the images stay in the log."""
    path = Path(shutil.copy(empty_office, tmp_path / "our.office"))
    made_older(path, "UPDATE person SET full_name = 'x' WHERE id = 3")
    assert bring_up(path).before == "0007"
    with Office.open(path).closing() as office:
        found = {each.name: each.faults for each in checks(office) if not each.ok}
    assert found == {"rows": ("person 1-9",)}


def test_one_that_lacks_a_table_that_its_log_knows_is_not_brought_up(
    empty_office: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(empty_office, tmp_path / "our.office"))
    with Office.open(path).closing() as office, pytest.raises(Refused, match=r"refused\.sign_in"):
        signing_in.sign_in(office, "nobody at all", "x")
    before = made_older(path).read_bytes()
    with pytest.raises(OfficeFault, match=r"office\.not_brought_up"):
        bring_up(path)
    assert path.read_bytes() == before


def test_without_its_entry_in_the_log_nothing_is_changed(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(log, "append", lambda *given, **named: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bring_up(older)
    with pytest.raises(OfficeFault, match=r"office\.older"):
        Office.open(older)
    assert bring_up(older).before == NOW


def test_one_that_is_up_to_date_gets_no_entry(older: Path) -> None:
    bring_up(older)
    before = len(entries(older))
    assert bring_up(older).copy is None
    assert len(entries(older)) == before


def test_one_of_two_at_once_brings_it_up_and_the_other_leaves_it_alone(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that waited made a second copy, and an entry of having come from the newest schema."""

    def meanwhile(path: Path) -> bool:
        monkeypatch.setattr(upgrade, "_window_open", looked)
        bring_up(path)
        return looked(path)

    looked = upgrade._window_open
    monkeypatch.setattr(upgrade, "_window_open", meanwhile)
    assert bring_up(older) == (NEXT, NEXT, None, "")
    assert [each.act for each in entries(older)].count("upgrade") == 1
    assert len(list(older.parent.glob("*.before-*"))) == 1


@pytest.mark.skipif(os.name == "nt", reason="rights are the profile's there")
def test_one_that_lay_open_is_its_owner_s_alone_now(older: Path) -> None:
    older.chmod(0o644)
    bring_up(older)
    assert {path.stat().st_mode & 0o077 for path in older.parent.iterdir()} == {0}
