"""Signing in: passwords as argon2 hashes; wrong ones make one wait, longer each time, and lock nobody out.

The wait is kept in the office, by account, and by name where there is no such account. An answer is given
only while nobody has to wait, and in one transaction with the count, so that many guesses at once get no more
answers than as many one after the other.
"""

import datetime
import functools
import math
from typing import Any, NamedTuple

import argon2
from sqlalchemy import select
from sqlmodel import Session, col

from casework.core import log, people_check
from casework.core.act import by_itself
from casework.core.office import Office, Waits
from casework.core.refused import Refused
from casework.core.staff_names import of_account
from casework.core.who_may import Who, roles_of
from casework.people import waits_beside
from casework.people.password_rule import figures
from models import Person, UnknownName
from models.faults import OfficeFault
from rules.plain_text import is_whole

HASHER = argon2.PasswordHasher()


class Standing(NamedTuple):
    """How an account stands with its password: whether it must be changed before anything else, and by whom
    (full name) and when another person set it; `waits` where that one is not agreed to yet."""

    must_change: bool = False
    reset_by: str = ""
    reset_at: datetime.datetime | None = None
    waits: bool = False


def hashed(password: str, salt: bytes | None = None) -> str:
    """A password as it is kept; what it must be is asked before (`casework.people.password_rule`). Its salt
    is random where none is given."""
    return HASHER.hash(password, salt=salt)


def sign_in(office: Office, name: str, password: str) -> frozenset[str]:
    """Check a password and return the person's roles.

    Raises:
        Refused: `refused.sign_in`, in the same words whether the name or the password is wrong;
            `refused.sign_in_wait`, the same where the next try has to wait; `refused.wait`: it is too early;
            `refused.locked`, said only to who knows the password.
        OfficeFault: `office.people`, `office.broken`: nobody's password counts here.
    """
    people_check.look(office)
    if office.only_read is not None and office.nobody_known:
        raise office.only_read
    if not is_whole(name + password):  # nobody has such a one: no guess, and nothing to count
        raise Refused("refused.sign_in")
    with office.read() as session:
        row = _row(office, session, name)
        _must_not_wait(_that_count(office, name, row), office.now())
        person = row if isinstance(row, Person) else None
        roles = roles_of(session, person.id) if person else frozenset()
    right = fits(person.password_hash if person else None, password)
    seconds = _settle(office, name, person, right, password)
    if person is None or not right:
        raise Refused("refused.sign_in_wait", seconds=seconds) if seconds else Refused("refused.sign_in")
    if person.locked:
        raise Refused("refused.locked", person=name)
    return roles


def let_in(office: Office, name: str) -> frozenset[str]:
    """The roles of a person of a demonstration, who needs no password.

    Raises:
        Refused: `refused.no_such_person`, `refused.locked`.
    """
    assert office.demonstration
    with office.read() as session:
        return Who.named(office, session, name).roles


def standing(office: Office, name: str) -> Standing:
    """What a person is told who has signed in."""
    with office.read() as session:
        person: Person | None = session.execute(select(Person).where(col(Person.name) == name)).scalar()
        if person is None or not (person.must_change or person.reset_hash):
            return Standing()
        by = session.get(Person, person.reset_by_id) if person.reset_by_id else None
        return Standing(
            bool(person.must_change), by.called if by else "", person.reset_at, bool(person.reset_hash)
        )


def must_have_changed(office: Office, name: str, stands: Standing) -> None:
    """Refuse who has a password that somebody else gave and did not change it yet.

    Raises:
        Refused: `refused.must_change`; `refused.must_change_first`: not where the office is only read.
    """
    if stands.must_change:
        code = "refused.must_change" if office.only_read is None else "refused.must_change_first"
        raise Refused(code, person=name)


def names_of(office: Office, name: str) -> tuple[str, ...]:
    """What a person's password may not be: the account, their name, the office's
    (`casework.people.password_rule`)."""
    with office.read() as session:
        return name, of_account(session, name), office.row.name


@functools.cache
def _nobody() -> str:
    return HASHER.hash("nobody has this password")


def fits(kept: str | None, password: str) -> bool:
    """Compare; where there is nothing to compare with, take as long and answer no."""
    if not is_whole(password):
        return False
    try:
        return HASHER.verify(kept or _nobody(), password) and kept is not None
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


def _row(office: Office, session: Session, name: str) -> Person | UnknownName | None:
    """Where the wrong passwords of a name are counted."""
    person: Person | None = session.execute(select(Person).where(col(Person.name) == name)).scalar()
    if person is not None:
        return person
    keyed = log.keyed(office.row.secret, name)
    unknown: UnknownName | None = session.execute(
        select(UnknownName).where(col(UnknownName.name_keyed) == keyed)
    ).scalar()
    return unknown


def _left(row: Person | UnknownName | Waits | None, now: datetime.datetime) -> int:
    if row is None or row.failed_at is None:
        return 0
    waits = figures().waits
    wait = waits[min(row.failures, len(waits) - 1)]
    left = math.ceil(wait - (now - row.failed_at).total_seconds())
    return min(max(left, 0), wait)  # a clock that was set back makes nobody wait longer


def _must_not_wait(row: Person | UnknownName | Waits | None, now: datetime.datetime) -> None:
    left = _left(row, now)
    if left:
        raise Refused("refused.wait", seconds=left)


def _settle(office: Office, name: str, person: Person | None, right: bool, password: str) -> int:
    """Count a wrong password or forget those before a right one, unless somebody's guess came between and one
    has to wait; renew a hash that has become weaker than today's settings. Answers how long the next waits.

    What can't be written counts in the user's own data (`casework.people.waits_beside`).
    """
    if office.only_read is not None or office.demonstration:
        return _counted_here(office, name, right)
    renew = person is not None and right and HASHER.check_needs_rehash(person.password_hash or "")
    if right and not renew and not _counted(office, name):
        return 0
    seconds = 0

    def settle(session: Session, at: datetime.datetime) -> dict[str, Any]:
        nonlocal seconds
        row = _row(office, session, name)
        _must_not_wait(row, at)
        if row is None:
            row = UnknownName(name_keyed=log.keyed(office.row.secret, name))
            session.add(row)
        row.failures = 0 if right else row.failures + 1
        row.failed_at = None if right else at
        if renew and isinstance(row, Person):
            row.password_hash = HASHER.hash(password)
        session.flush()
        seconds = _left(row, at)
        return {"failures": row.failures}

    subject = f"person {name}" if person is not None else "unknown name"
    try:
        by_itself(office, "sign_in" if right else "sign_in_failed", subject, settle)
    except OfficeFault:
        if office.only_read is None:
            raise
        return _counted_here(office, name, right)  # somebody has been at its schema meanwhile
    return seconds


def _that_count(
    office: Office, name: str, row: Person | UnknownName | None
) -> Person | UnknownName | Waits | None:
    """The wrong passwords of a name that count: those in the office, or beside it where it can't be written.
    Of a demonstration, whose clock stands still while it is closed, those since it was opened: a name alone
    lets in there."""
    if office.demonstration:
        return office.waits_here.get(name)
    return row if office.only_read is None else waits_beside.kept(office, name) or row


def _counted_here(office: Office, name: str, right: bool) -> int:
    """The same where nothing is written into the office."""
    with office.read() as session:
        row = _that_count(office, name, _row(office, session, name))
    failures = 0 if right or row is None else row.failures
    now = Waits(0, None) if right else Waits(failures + 1, office.now())
    if office.demonstration:
        office.waits_here[name] = now
    else:
        waits_beside.keep(office, name, now)
    return _left(now, office.now())


def _counted(office: Office, name: str) -> bool:
    """Whether wrong passwords are counted now, after this one was compared."""
    with office.read() as session:
        row = _row(office, session, name)
        return row is not None and row.failures > 0
