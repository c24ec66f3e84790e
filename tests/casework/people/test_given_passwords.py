"""Who was given a password agrees to none that the same side gives, whatever happened since."""

import datetime

import pytest
from sqlmodel import select

from casework.core import log
from casework.core.office import Office
from casework.core.refused import Refused
from casework.people import accounts
from casework.people.given_passwords import bar_to_agree, given_to
from casework.people.password_rule import figures
from casework.people.staff import staff
from models import Person
from tests.casework.conftest import StandingClock

FIRST, SECOND, THIRD, FOURTH = "ocean walk 17", "blue tin gate 42", "seven slow ferries", "old red kettle 58"
BOTH = ("approver", "rights")
DAYS = datetime.timedelta(figures().days_before_agreeing)


@pytest.fixture
def second(office: Office) -> Office:
    """An office with a second keeper of the rights, to whom a password has been given and not agreed to."""
    accounts.add_person(office, "system", "rights2", "第二安全", "rights")
    accounts.give_role(office, "rights", "rights2", "rights")
    accounts.reset_password(office, "system", "rights2", FIRST)
    return office


def _may_not(office: Office, person: str, at: datetime.datetime) -> None:
    with pytest.raises(Refused, match=r"refused\.reset_lately") as caught:
        accounts.confirm_reset(office, person, "rights")
    assert caught.value.params["at"] == at
    assert not any(one.to_agree for one in staff(office, person))


def test_a_proposal_that_lapses_washes_nothing_away(second: Office) -> None:
    accounts.confirm_reset(second, "approver", "rights2")
    accounts.change_password(second, "rights2", FIRST, SECOND)
    accounts.reset_password(second, "system", "rights", THIRD)
    _may_not(second, "rights2", second.now())
    accounts.reset_password(second, "system", "rights2", FOURTH)
    accounts.change_password(second, "rights2", SECOND, "nine brass lamps")
    _may_not(second, "rights2", second.now())


def test_the_days_count_from_when_it_held_and_not_from_the_proposal(
    second: Office, clock: StandingClock
) -> None:
    clock.now += DAYS + datetime.timedelta(1)
    accounts.confirm_reset(second, "approver", "rights2")
    accounts.change_password(second, "rights2", FIRST, SECOND)
    accounts.reset_password(second, "system", "rights", THIRD)
    _may_not(second, "rights2", second.now())
    clock.now += DAYS
    accounts.confirm_reset(second, "rights2", "rights")


def test_the_days_count_from_when_it_was_last_used(office: Office, clock: StandingClock) -> None:
    """Whoever gave it could wait for them to pass, and use it then."""
    accounts.reset_password(office, "system", "approver", FIRST)
    given, clock.now = clock.now, clock.now + DAYS
    accounts.change_password(office, "approver", FIRST, SECOND)
    accounts.reset_password(office, "system", "rights", THIRD)
    _may_not(office, "approver", clock.now)
    with office.read() as session:
        assert list(given_to(session, "approver")) == [("system", given), ("system", clock.now)]
    accounts.change_password(office, "approver", SECOND, FOURTH)  # one's own for another of one's own
    clock.now += DAYS
    accounts.confirm_reset(office, "approver", "rights")


def test_one_that_an_earlier_version_gave_counts_too(office: Office) -> None:
    """It left no mark on the account, only its line in the log, which said of no agreement."""
    accounts.reset_password(office, "system", "rights", THIRD)
    with office.write() as session:
        people = {name: session.exec(select(Person).where(Person.name == name)).one() for name in BOTH}
        approver, rights = people.values()
        assert bar_to_agree(session, approver, rights, office.now()) is None
        said = {"ids": {"person": [approver.id]}}
        log.append(
            session, log.lock_head(session), at=office.now(), person="system", act="reset_password",
            subject="person approver", payload=said,
        )  # fmt: skip
        bar = bar_to_agree(session, approver, rights, office.now())
        assert bar is not None and bar.code == "refused.reset_lately"
        assert bar_to_agree(session, approver, rights, office.now() + DAYS) is None
