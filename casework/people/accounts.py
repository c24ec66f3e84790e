"""Accounts: system makes them, rights gives them roles, nobody does both; and who stands aside (回避)."""

import datetime
from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session, col

from casework.core.act import Turn, act, by_itself
from casework.core.office import Office
from casework.core.refused import Refused
from casework.core.who_may import roles_of
from casework.people import signing_in
from models import Applicant, Person, PersonRole, Recusal
from models.state_names import SIDE_OF_ROLE, SIDES

DEMO_PEOPLE = (
    ("officer", "陈知远", "officer"),
    ("officer2", "林若溪", "officer"),
    ("approver", "周明轩", "approver"),
    ("approver2", "许海燕", "approver"),
    ("finance", "吴思源", "finance"),
    ("finance2", "郑雨桐", "finance"),
    ("auditor", "沈衡", "auditor"),
    ("system", "顾川", "system"),
    ("rights", "韩笙", "rights"),
)
"""The demonstration's people, made up: account, full name, role. Their password is `demo`, only there."""

FIRST_PEOPLE = (("system", "系统管理员", "system"), ("rights", "安全管理员", "rights"))
"""Whom a new office starts with: one who makes accounts and one who gives rights, without passwords."""


def found(office: Office, people: Iterable[tuple[str, str, str]], password: str | None = None) -> None:
    """Put an office's first people in, before anyone is there who could. Refused where somebody is.

    Raises:
        Refused: `refused.people_exist`.
    """
    hashed = None if password is None else signing_in.HASHER.hash(password)
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
        raise Refused("refused.no_such_side", side=side, known=tuple(SIDES))
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
    if role not in SIDE_OF_ROLE:
        raise Refused("refused.no_such_role", role=role, known=tuple(SIDE_OF_ROLE))
    if SIDE_OF_ROLE[role] != person.side:
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
    _other(turn, name).password_hash = signing_in.hashed(password)


@act("change_password")
def change_password(turn: Turn, password: str) -> None:
    """Change one's own password."""
    turn.person.password_hash = signing_in.hashed(password)
    turn.subject = f"person {turn.person.name}"
    turn.changed("person", turn.person.id)


@act("recuse")
def recuse(turn: Turn, applicant_id: int, reason: str) -> None:
    """Declare a conflict of interest (回避): from now on this person is out of that applicant's cases.

    Raises:
        Refused: `refused.no_such_applicant`.
    """
    turn.must_say(reason)
    if turn.session.get(Applicant, applicant_id) is None:
        raise Refused("refused.no_such_applicant", applicant=applicant_id)
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
