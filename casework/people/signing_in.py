"""Signing in: passwords as argon2 hashes, wrong ones counted, the account locked after ten in a row."""

import datetime
import functools
from typing import Any

import argon2
from sqlalchemy import select
from sqlmodel import Session, col

from casework.core.act import by_itself
from casework.core.office import Office
from casework.core.refused import Refused
from casework.core.who_may import roles_of
from models import Person

HASHER = argon2.PasswordHasher()
SHORTEST_PASSWORD = 8
FAILURES_BEFORE_LOCK = 10


def hashed(password: str) -> str:
    """A password as it is kept.

    Raises:
        Refused: `refused.password_short`.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise Refused("refused.password_short", least=SHORTEST_PASSWORD)
    return HASHER.hash(password)


def sign_in(office: Office, name: str, password: str) -> frozenset[str]:
    """Check a password and return the person's roles. Ten wrong ones in a row lock the account.

    Raises:
        Refused: `refused.sign_in`, in the same words whether the name or the password is wrong;
            `refused.locked`, said only to who knows the password.
    """
    with office.read() as session:
        person: Person | None = session.execute(select(Person).where(col(Person.name) == name)).scalar()
        roles = roles_of(session, person.id) if person else frozenset()
    right = _fits(person.password_hash if person else None, password)
    if person is not None and not person.locked and office.only_read is None:
        _count(office, person, right, password)
    if person is None or not right:
        raise Refused("refused.sign_in")
    if person.locked:
        raise Refused("refused.locked", person=name)
    return roles


@functools.cache
def _nobody() -> str:
    return HASHER.hash("nobody has this password")


def _fits(kept: str | None, password: str) -> bool:
    """Compare; where there is nothing to compare with, take as long and answer no."""
    try:
        return HASHER.verify(kept or _nobody(), password) and kept is not None
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


def _count(office: Office, person: Person, right: bool, password: str) -> None:
    """Keep the count of wrong passwords; renew a hash that has become weaker than today's settings."""
    renew = right and HASHER.check_needs_rehash(person.password_hash or "")
    if right and not person.failures and not renew:
        return

    def count(session: Session, at: datetime.datetime) -> dict[str, Any]:
        row = session.get_one(Person, person.id)
        row.failures = 0 if right else row.failures + 1
        if renew:
            row.password_hash = HASHER.hash(password)
        if row.failures >= FAILURES_BEFORE_LOCK:
            row.locked = True
        return {"failures": row.failures, "locked": row.locked}

    by_itself(office, "sign_in" if right else "sign_in_failed", f"person {person.name}", count)
