"""Who works in the office: accounts, roles, locks. Reading only; the acts are in
`casework.people.accounts`."""

import datetime
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework.core.office import Office
from casework.people import accounts, given_passwords
from models import Person, PersonRole


class Member(NamedTuple):
    """One account.

    `last_holder`: nobody else who can sign in keeps the system (the rights), so it can't be locked.
    `must_change`: its password was given by `reset_by` (full name) at `reset_at` and is not changed yet;
    `reset_waits`: it does not hold before somebody agrees; `to_agree`: the person who looks may.
    """

    name: str
    full_name: str
    side: str
    roles: tuple[str, ...]
    locked: bool
    has_password: bool
    since: datetime.datetime
    last_holder: bool
    must_change: bool
    reset_by: str
    reset_at: datetime.datetime | None
    reset_waits: bool
    to_agree: bool


def staff(office: Office, looking: str = "") -> tuple[Member, ...]:
    """Every account, by side and name, as `looking` (a name) may see it."""
    with office.read() as session:
        to_agree = resets_to_agree(session, looking, office.now())
        held: dict[int, list[str]] = {}
        rows = session.execute(
            select(col(PersonRole.person_id), col(PersonRole.role)).where(col(PersonRole.ended_at).is_(None))
        )
        for person, role in rows:
            held.setdefault(person, []).append(role)
        people = session.execute(select(Person).order_by(col(Person.side), col(Person.name))).scalars().all()
        can = set(session.execute(select(col(Person.id)).where(accounts.can_sign_in())).scalars())
    named = {person.id: person.called for person in people}
    return tuple(
        Member(
            person.name,
            person.full_name,
            person.side,
            tuple(sorted(held.get(person.id, ()))),
            person.locked,
            person.password_hash is not None,
            person.created_at,
            _last(person, can, held),
            bool(person.must_change),
            named.get(person.reset_by_id or 0, ""),
            person.reset_at,
            person.reset_hash is not None,
            person.name in to_agree,
        )
        for person in people
    )


def resets_to_agree(session: Session, looking: str, now: datetime.datetime) -> frozenset[str]:
    """Whose given passwords a person (by name) may agree to, if one of the roles that do: nobody's own, and
    none that a bar stands before (`given_passwords.bar_to_agree`)."""
    waiting = session.execute(select(Person).where(col(Person.reset_hash).is_not(None))).scalars().all()
    by = session.execute(select(Person).where(col(Person.name) == looking)).scalar()
    if by is None:
        return frozenset()
    others = (one for one in waiting if one.id != by.id)
    return frozenset(
        one.name for one in others if given_passwords.bar_to_agree(session, by, one, now) is None
    )


def _last(person: Person, can: Set[int], held: Mapping[int, Sequence[str]]) -> bool:
    """Whether an account is the last open one of a role that must be kept, as among those who `can` sign
    in."""
    kept = {role for role in accounts.TWO_TO_RESET if role in held.get(person.id, ())}
    others = {role for one in can - {person.id} for role in held.get(one, ())}
    return not person.locked and bool(kept - others)
