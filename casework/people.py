"""People: accounts, roles and passwords. System makes accounts, rights gives roles, nobody does both."""

import datetime
import functools
from collections.abc import Iterable
from typing import Any

import argon2
from sqlalchemy import insert, select
from sqlmodel import Session, col

from casework.act import Turn, act, by_itself, roles_of
from casework.office import Office
from casework.refused import Refused
from models import Person, PersonRole, Recusal
from models.states import SIDE_OF_ROLE, SIDES

HASHER = argon2.PasswordHasher()
SHORTEST_PASSWORD = 8
FAILURES_BEFORE_LOCK = 10

DEMO_PEOPLE = (
    ("officer", "王经办", "officer"),
    ("officer2", "李经办", "officer"),
    ("approver", "张审定", "approver"),
    ("approver2", "刘审定", "approver"),
    ("finance", "陈财务", "finance"),
    ("finance2", "赵财务", "finance"),
    ("auditor", "周审计", "auditor"),
    ("system", "吴系统", "system"),
    ("rights", "郑安全", "rights"),
)
"""The demonstration's people: sign-in name, name, role. Their password is `demo`, only there."""

FIRST_PEOPLE = (("system", "系统管理员", "system"), ("rights", "安全管理员", "rights"))
"""Whom a new office starts with: one who makes accounts and one who gives rights, without passwords."""


def found(office: Office, people: Iterable[tuple[str, str, str]], password: str | None = None) -> None:
    """Put an office's first people in, before anyone is there who could. Refused where somebody is.

    Raises:
        Refused: `refused.people_exist`.
    """
    hashed = None if password is None else HASHER.hash(password)
    listed = list(people)

    def insert_all(session: Session, at: datetime.datetime) -> dict[str, Any]:
        if session.execute(select(col(Person.id)).limit(1)).first() is not None:
            raise Refused("refused.people_exist")
        for name, full_name, role in listed:
            side = SIDE_OF_ROLE[role]
            person_id = _insert(session, name, full_name, side, hashed, at)
            session.execute(insert(PersonRole).values(person_id=person_id, role=role, side=side, given_at=at))
        return {"people": [{"name": name, "role": role} for name, _, role in listed]}

    by_itself(office, "found", "people", insert_all)


def _insert(
    session: Session, name: str, full_name: str, side: str, hashed: str | None, at: datetime.datetime
) -> int:
    values = {
        "name": name,
        "full_name": full_name,
        "side": side,
        "password_hash": hashed,
        "locked": False,
        "failures": 0,
        "created_at": at,
    }
    return int(session.execute(insert(Person).values(values).returning(col(Person.id))).scalar_one())


@act("add_person")
def add_person(turn: Turn, name: str, full_name: str, side: str) -> None:
    """Make an account on one side of the office: `casework`, `audit`, `system` or `rights`."""
    if side not in SIDES:
        raise Refused("refused.no_such_side", side=side)
    if not name or turn.session.execute(select(col(Person.id)).where(col(Person.name) == name)).first():
        raise Refused("refused.name_taken", name=name)
    person_id = _insert(turn.session, name, full_name, side, None, turn.at)
    turn.subject = f"person {name}"
    turn.changed("person", person_id)
    turn.note(name=name, full_name=full_name, side=side)


@act("give_role")
def give_role(turn: Turn, name: str, role: str) -> None:
    """Give a person a role that their side of the office can have; never to oneself."""
    person = _other(turn, name)
    if SIDE_OF_ROLE.get(role) != person.side:
        raise Refused("refused.role_side", name=name, role=role, side=person.side)
    if role in roles_of(turn.session, person.id):
        raise Refused("refused.role_held", name=name, role=role)
    turn.session.add(
        PersonRole(
            person_id=person.id, role=role, side=person.side, given_at=turn.at, given_by_id=turn.person.id
        )
    )
    turn.note(name=name, role=role)


@act("end_role")
def end_role(turn: Turn, name: str, role: str) -> None:
    """Take a role from a person; that they had it stays on record."""
    person = _other(turn, name)
    held = turn.session.execute(
        select(PersonRole).where(
            col(PersonRole.person_id) == person.id,
            col(PersonRole.role) == role,
            col(PersonRole.ended_at).is_(None),
        )
    ).scalar()
    if held is None:
        raise Refused("refused.role_not_held", name=name, role=role)
    held.ended_at, held.ended_by_id = turn.at, turn.person.id
    turn.note(name=name, role=role)


@act("lock_person")
def lock_person(turn: Turn, name: str) -> None:
    """Keep a person from acting."""
    _other(turn, name).locked = True


@act("unlock_person")
def unlock_person(turn: Turn, name: str) -> None:
    """Let a person act again."""
    person = _other(turn, name)
    person.locked, person.failures = False, 0


@act("reset_password")
def reset_password(turn: Turn, name: str, password: str) -> None:
    """Give a person a first password, which they change."""
    _other(turn, name).password_hash = _hashed(password)


@act("change_password")
def change_password(turn: Turn, password: str) -> None:
    """Change one's own password."""
    turn.person.password_hash = _hashed(password)
    turn.subject = f"person {turn.person.name}"
    turn.changed("person", turn.person.id)


@act("recuse")
def recuse(turn: Turn, applicant_id: int, reason: str) -> None:
    """Declare a conflict of interest (回避): from now on this person is out of that applicant's cases."""
    if not reason.strip():
        raise Refused("refused.reason_missing", act=turn.act)
    row = Recusal(person_id=turn.person.id, applicant_id=applicant_id, reason=reason, declared_at=turn.at)
    turn.session.add(row)
    turn.session.flush()
    turn.subject = f"applicant {applicant_id}"
    turn.changed("recusal", row.id)
    turn.note(reason=reason)


def _other(turn: Turn, name: str) -> Person:
    """Another person than the one who acts."""
    person: Person | None = turn.session.execute(select(Person).where(col(Person.name) == name)).scalar()
    if person is None:
        raise Refused("refused.no_such_person", person=name)
    turn.not_by(person.id)
    turn.subject = f"person {name}"
    turn.changed("person", person.id)
    return person


def _hashed(password: str) -> str:
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
    if person is not None and not person.locked:
        _count(office, person, right, password)
    if person is None or not right:
        raise Refused("refused.sign_in")
    if person.locked:
        raise Refused("refused.locked", person=name)
    return roles


@functools.cache
def _nobody() -> str:
    return HASHER.hash("nobody has this password")


def _fits(hashed: str | None, password: str) -> bool:
    """Compare; where there is nothing to compare with, take as long and answer no."""
    try:
        return HASHER.verify(hashed or _nobody(), password) and hashed is not None
    except argon2.exceptions.VerifyMismatchError:
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
