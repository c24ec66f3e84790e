"""Who works in the office: accounts, roles, locks. Reading only; the acts are in
`casework.people.accounts`."""

import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from casework.core.office import Office
from models import Person, PersonRole


class Member(NamedTuple):
    """One account."""

    name: str
    full_name: str
    side: str
    roles: tuple[str, ...]
    locked: bool
    has_password: bool
    since: datetime.datetime


def staff(office: Office) -> tuple[Member, ...]:
    """Every account, by side and name."""
    with office.read() as session:
        held: dict[int, list[str]] = {}
        rows = session.execute(
            select(col(PersonRole.person_id), col(PersonRole.role)).where(col(PersonRole.ended_at).is_(None))
        )
        for person, role in rows:
            held.setdefault(person, []).append(role)
        people = session.execute(select(Person).order_by(col(Person.side), col(Person.name))).scalars()
        return tuple(
            Member(
                person.name,
                person.full_name,
                person.side,
                tuple(sorted(held.get(person.id, ()))),
                person.locked,
                person.password_hash is not None,
                person.created_at,
            )
            for person in people
        )
