"""An office at work."""

import datetime
import hashlib
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlmodel import col

from casework.core import log, office_settings
from casework.core.office import Office
from casework.people import accounts
from casework.rulebook import packs
from models import LogEntry, Pack, Policy
from tests.casework.conftest import NOON, StandingClock


def test_a_new_office_has_one_entry_that_names_its_algorithm(tmp_path: Path, clock: StandingClock) -> None:
    office = Office.create(tmp_path / "office", name="市科创局", clock=clock)
    with office.read() as session:
        assert log.verify(session) == log.Verified(1, None, "")
        payload = session.execute(text("SELECT payload FROM log_entry")).scalar_one()
    assert '"algorithm":"sha256"' in payload
    assert "secret" not in payload
    assert not office.demonstration
    office.close()


def test_a_demonstration_of_one_seed_is_the_same_office(tmp_path: Path, clock: StandingClock) -> None:
    rows = []
    for name in ("one", "other"):
        made = Office.create(tmp_path / name, seed="7", clock=clock, entropy=lambda size: b"7" * size)
        with made.read() as session:
            rows.append(
                [
                    session.execute(text(f"SELECT * FROM {table}")).all()
                    for table in ("office", "log_entry", "log_head")
                ]
            )
        assert made.demonstration
        made.close()
    assert rows[0] == rows[1]


def test_its_day_is_that_of_shanghai(office: Office, clock: StandingClock) -> None:
    clock.now = datetime.datetime(2026, 5, 20, 15, 59, 59, tzinfo=datetime.UTC)
    assert office.today() == datetime.date(2026, 5, 20)
    clock.now += datetime.timedelta(seconds=1)
    assert office.today() == datetime.date(2026, 5, 21)
    assert office.now() == clock.now


def test_a_demonstration_s_clock_goes_on_from_its_log(tmp_path: Path, clock: StandingClock) -> None:
    """Whoever opens it without a clock of their own is a second after its last entry, and time passes."""
    Office.create(tmp_path / "one", seed="7", clock=clock).close()
    clock.now += datetime.timedelta(days=40)
    with Office.open(tmp_path / "one", clock=clock).closing() as office:
        accounts.found(office, accounts.DEMO_PEOPLE, "demo")
        last = clock.now
    with Office.open(tmp_path / "one").closing() as office:
        times = [office.now() for _ in range(3)]
        assert last + datetime.timedelta(seconds=1) <= times[0] < times[1] < times[2]
        assert times[2] < last + datetime.timedelta(minutes=10)
        recorded = office_settings.set_office(office, "system", {"contact": "沈衡"}, "机构设置")
        with office.read() as session:
            entry = session.execute(select(LogEntry).order_by(col(LogEntry.seq).desc()).limit(1)).scalar_one()
        assert recorded.act == entry.act == "set_office" and last < entry.at < office.now()


def test_an_office_that_is_none_has_the_system_s_clock(tmp_path: Path) -> None:
    Office.create(tmp_path / "one", clock=StandingClock()).close()
    with Office.open(tmp_path / "one").closing() as office:
        assert abs(office.now() - datetime.datetime.now(datetime.UTC)) < datetime.timedelta(minutes=1)


def _policy(office: Office) -> str:
    """A stored policy of a shipped pack alone."""
    packs.put_in_force(office)
    with office.write() as session:
        number, canonical = session.execute(text("SELECT id, canonical FROM pack ORDER BY id LIMIT 1")).one()
        hashed = hashlib.sha256(canonical).hexdigest()
        session.execute(
            insert(Policy).values(sha256=hashed, pack_id=number, supplements="", first_used_at=NOON)
        )
    return hashed


def test_a_policy_is_loaded_from_its_stored_bytes_once(office: Office) -> None:
    hashed = _policy(office)
    with office.read() as session:
        policy = office.policy(session, hashed)
        assert policy.sha256 == hashed
        assert office.policy(session, hashed) is policy


def test_a_policy_whose_bytes_were_changed_is_not_used(office: Office) -> None:
    hashed = _policy(office)
    with office.write() as session:
        for trigger in ("pack_bytes_frozen", "pack_confirmed_frozen"):
            session.execute(text(f"DROP TRIGGER {trigger}"))
        row = session.get_one(Pack, 1)
        row.canonical = bytes(row.canonical) + b"# \n"
    with office.read() as session, pytest.raises(ValueError, match="another hash"):
        office.policy(session, hashed)


def test_an_unknown_policy_is_said_to_be_unknown(office: Office) -> None:
    with office.read() as session, pytest.raises(LookupError):
        office.policy(session, "0" * 64)
