"""An office whose people can't be told for sure is only read, by whoever can read the file."""

import sqlite3

import pytest

from casework.core.office import Office
from casework.people import accounts, people_check
from models.faults import OfficeFault


def test_people_as_they_were_stored_act(office: Office) -> None:
    people_check.look(office)
    assert office.only_read is None and not office.nobody_known


@pytest.mark.parametrize(
    "harm",
    [
        "ALTER TABLE person RENAME COLUMN password_hash TO hash",
        "DROP TABLE person_role",
        "UPDATE person SET created_at = '2026-99-99T00:00:00.000000Z'",
    ],
)
def test_people_that_can_not_be_read_let_nobody_act(office: Office, harm: str) -> None:
    path = office.store.path
    assert path is not None
    with sqlite3.connect(path) as opened:
        for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            opened.execute(f"DROP TRIGGER {name}")
        opened.execute(harm)
    people_check.look(office)
    assert office.only_read is not None and office.only_read.code == "office.people"
    assert office.nobody_known
    with pytest.raises(OfficeFault, match=r"office\.people"):
        accounts.lock_person(office, "rights", "officer")
