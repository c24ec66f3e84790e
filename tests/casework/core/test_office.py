"""An office at work."""

import datetime
import hashlib
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from casework.core import log
from casework.core.office import Office
from casework.rulebook import packs
from models import Pack, Policy
from tests.casework.conftest import NOON, StandingClock


def test_a_new_office_has_one_entry_that_names_its_algorithm(tmp_path: Path, clock: StandingClock) -> None:
    office = Office.create(tmp_path / "office", name="市科创局", clock=clock)
    with office.read() as session:
        assert log.verify(session) == (1, None, "")
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
