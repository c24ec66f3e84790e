"""An office whose people can't be told for sure is only read, by whoever can read the file."""

import pytest

from casework.audit.verify import checks
from casework.core import log, people_check, row_images
from casework.core.act import carry_out
from casework.core.office import Office
from casework.core.refused import Refused
from casework.people import accounts, signing_in
from models.faults import OfficeFault
from tests import other_hand


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
    with other_hand.opened(path) as opened:
        for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            opened.execute(f"DROP TRIGGER {name}")
        opened.execute(harm)
    people_check.look(office)
    assert office.only_read is not None and office.only_read.code == "office.people"
    assert office.nobody_known
    with pytest.raises(OfficeFault, match=r"office\.people"):
        accounts.lock_person(office, "rights", "officer")


SWAPPED = "UPDATE person SET password_hash = (SELECT password_hash FROM person WHERE name = 'auditor')"


@pytest.mark.parametrize(
    "harm",
    [
        SWAPPED + " WHERE name = 'approver'",
        "UPDATE person SET locked = 0 WHERE name = 'officer2'",
        "UPDATE person SET side = 'casework' WHERE name = 'auditor'",
        "INSERT INTO person_role (id, person_id, role, side, given_at) SELECT 99, id, 'approver', side, "
        "created_at FROM person WHERE name = 'officer'",
        "DELETE FROM person_role WHERE id = 9",
        "DELETE FROM person WHERE id = 2",
        "INSERT INTO person (id, name, full_name, side, locked, failures, created_at) "
        "SELECT 99, 'x', 'x', side, 0, 0, created_at FROM person WHERE name = 'officer'",
        "UPDATE log_entry SET payload = '{\"images\":{\"person\":1}}' WHERE subject = 'people'",
        "UPDATE log_entry SET payload = 'none' WHERE subject = 'people'",
        "DELETE FROM office",
        "UPDATE office SET demonstration = 1",
        "UPDATE office SET secret = zeroblob(32)",
    ],
)
def test_people_that_are_not_as_their_log_has_them_do_not_sign_in(office: Office, harm: str) -> None:
    """A hash swapped, a role put in, a lock taken off behind the program's back: nobody signs in or acts."""
    accounts.add_person(office, "system", "zhao", "赵一", "casework")
    accounts.give_role(office, "rights", "zhao", "finance")
    accounts.lock_person(office, "rights", "officer2")
    accounts.change_password(office, "auditor", "demo", "ocean walk 17")
    with pytest.raises(Refused, match=r"refused\.sign_in"):
        signing_in.sign_in(office, "approver", "wrong")
    signing_in.sign_in(office, "approver", "demo")
    path = office.store.path
    assert path is not None and office.only_read is None
    with other_hand.opened(path) as opened:
        opened.execute("PRAGMA foreign_keys = OFF")
        for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            opened.execute(f"DROP TRIGGER {name}")
        before = opened.total_changes
        opened.execute(harm)
        assert opened.total_changes > before
    for name in ("approver", "auditor"):
        with pytest.raises(OfficeFault, match=r"office\.people"):
            signing_in.sign_in(office, name, "demo")
    assert office.nobody_known


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("person", "side", b"\xff\0"),
        ("person", "password_hash", b"\xff\0"),
        ("person", "created_at", None),
        ("person", "locked", "x"),
        ("person_role", "side", b"\xff\0"),
        ("office", "name", b"\xff\0"),
        ("office", "secret", "x"),
        ("office", "secret", 7),
    ],
)
def test_a_value_of_another_kind_among_them_bars_nobody_from_looking(
    office: Office, table: str, column: str, value: object
) -> None:
    """A row that has no image at all once ended verify, and all reading, as a bug."""
    path = office.store.path
    assert path is not None
    office.close()
    other_hand.put_of_another_kind(path, table, column, value)
    with Office.open(path).closing() as opened:
        people_check.look(opened)
        assert opened.nobody_known
        assert "rows" in {check.name for check in checks(opened) if not check.ok}
        with pytest.raises(OfficeFault, match=r"office\.(people|broken|bad_value)"):
            accounts.lock_person(opened, "rights", "officer")


GIVEN = (
    "INSERT INTO person_role (id, person_id, role, side, given_at) SELECT 99, id, 'rights', 'rights', "
    "created_at FROM person WHERE name = 'officer'"
)


def test_an_act_is_not_done_by_a_role_that_no_act_gave(office: Office) -> None:
    """Put in while the office is open and its people are known; from then on it is only read."""
    accounts.lock_person(office, "rights", "officer2")
    assert office.store.path is not None
    with other_hand.opened(office.store.path) as opened:
        opened.execute(GIVEN)
    with pytest.raises(OfficeFault, match=r"office\.people"):
        accounts.unlock_person(office, "officer", "officer2")
    assert office.nobody_known
    with pytest.raises(OfficeFault, match=r"office\.people"):
        accounts.unlock_person(office, "rights", "officer2")


def test_what_acts_do_to_people_elsewhere_bars_nobody(office: Office) -> None:
    """Another window gives a role and counts a wrong password: this one goes on, also with that role."""
    accounts.lock_person(office, "rights", "officer2")
    assert office.store.path is not None
    with Office.open(office.store.path, clock=office.clock).closing() as other:
        accounts.give_role(other, "rights", "officer", "finance")
        with pytest.raises(Refused, match=r"refused\.sign_in"):
            signing_in.sign_in(other, "officer", "wrong")
    accounts.unlock_person(office, "rights", "officer2")
    assert office.only_read is None


def test_people_of_an_office_that_was_brought_up_are_known(office: Office) -> None:
    """The upgrade images all that there is: nothing from before it is asked."""
    accounts.lock_person(office, "rights", "officer2")
    with office.write() as session:
        head = log.lock_head(session)
        said = {"images": row_images.all_rows(session), "images_of_all": True}
        log.append(session, head, at=office.now(), person="", act="upgrade", subject="office", payload=said)
    assert signing_in.sign_in(office, "approver", "demo") == {"approver"}
    accounts.unlock_person(office, "rights", "officer2")
    assert signing_in.sign_in(office, "officer2", "demo") == {"officer"}


def test_a_role_that_an_act_ended_and_somebody_put_back_does_no_act(office: Office) -> None:
    """The rows are as they once were found to be right, and the log knows that they ended."""
    carry_out(office, "officer", "export", lambda turn: None)
    accounts.end_role(office, "rights", "officer", "officer")
    with office.store.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE person_role SET ended_at = NULL, ended_by_id = NULL WHERE id = 1")
    with pytest.raises(OfficeFault, match=r"office\.people"):
        carry_out(office, "officer", "export", lambda turn: None)
