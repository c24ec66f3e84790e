"""Accounts: system makes them, rights gives them roles, nobody does both; and who stands aside (回避)."""

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, insert, select
from sqlmodel import Session, col

from casework.core.act import By, Turn, act, by_itself
from casework.core.office import Office
from casework.core.refused import Refused
from casework.core.staff_names import of_account
from casework.core.who_may import roles_of
from casework.people import given_passwords, password_rule, signing_in
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


SALT = 16
"""Bytes of a password's salt."""

TWO_TO_RESET = ("system", "rights")
"""Sides (and their roles) whose passwords two people give: who keeps one must not become the other."""


def found(
    office: Office,
    people: Iterable[tuple[str, str, str]],
    password: str | Mapping[str, str] | None = None,
    *,
    known: bool = False,
) -> None:
    """Put an office's first people in, before anyone is there who could. Refused where somebody is.

    Args:
        password: each one's own by account, which the rule holds for; one for all (of a demonstration) which
            it does not.
        known: everybody knows the password, and the office says so (`Office.passwords_known`).

    Raises:
        Refused: `refused.people_exist`, `refused.passwords_same`, what `password_rule.must_be_good` refuses.
    """
    listed = list(people)
    hashed = _hashed(office, listed, password)

    def insert_all(session: Session, at: datetime.datetime) -> dict[str, Any]:
        if session.execute(select(col(Person.id)).limit(1)).first() is not None:
            raise Refused("refused.people_exist")
        for name, full_name, role in listed:
            side = SIDE_OF_ROLE[role]
            person_id = _insert(session, name, full_name, side, hashed.get(name), at)
            session.execute(insert(PersonRole).values(person_id=person_id, role=role, side=side, given_at=at))
        said: dict[str, Any] = {"people": [{"name": name, "role": role} for name, _, role in listed]}
        return said | ({"known_passwords": True} if known else {})

    by_itself(office, "found", "people", insert_all)


def _hashed(
    office: Office, people: list[tuple[str, str, str]], password: str | Mapping[str, str] | None
) -> dict[str, str]:
    """Each one's password as it is kept, by account."""
    if password is None:
        return {}
    if isinstance(password, str):
        seed = office.row.seed  # a demonstration is the same each time, to the hashes of its log
        salt = hashlib.sha256(seed.encode()).digest()[:SALT] if seed is not None else None
        same = signing_in.hashed(password, salt)
        return {name: same for name, _, _ in people}
    if len(set(password.values())) < len(password):
        raise Refused("refused.passwords_same")
    named = {name: full_name for name, full_name, _ in people}
    for name, one in password.items():
        password_rule.must_be_good(one, name, named[name], office.row.name)
    return {name: signing_in.hashed(one) for name, one in password.items()}


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
    """Make an account on one side of the office: `casework`, `audit`, `system` or `rights`.

    Raises:
        Refused: `refused.no_such_side`, `refused.name_missing`, `refused.name_taken`.
    """
    if side not in SIDES:
        raise Refused("refused.no_such_side", side=side, known=tuple(SIDES))
    if not name:
        raise Refused("refused.name_missing")
    if turn.session.execute(select(col(Person.id)).where(col(Person.name) == name)).first():
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
    _must_leave_one(turn, person, role)
    held.ended_at, held.ended_by_id = turn.at, turn.person.id
    turn.note(name=name, role=role)


@act("lock_person")
def lock_person(turn: Turn, name: str) -> None:
    """Keep a person from acting (停用); never the last who keeps the system or the rights.

    Raises:
        Refused: `refused.last_holder`.
    """
    person = _other(turn, name)
    _must_leave_one(turn, person, *roles_of(turn.session, person.id))
    person.locked = True


@act("unlock_person")
def unlock_person(turn: Turn, name: str) -> None:
    """Let a person act again, at once."""
    person = _other(turn, name)
    person.locked, person.failures, person.failed_at = False, 0, None


def can_sign_in() -> ColumnElement[bool]:
    """Which people can: who has a password and is not locked."""
    return and_(col(Person.locked).is_(False), col(Person.password_hash).is_not(None))


def may_reset(roles: frozenset[str], side: str) -> bool:
    """Whether somebody with these roles gives a password to accounts of a side."""
    return "system" in roles or (side == "system" and "rights" in roles)


@act("reset_password")
def reset_password(turn: Turn, name: str, new_password: str) -> None:
    """Give a person a password, which they change before anything else; it stays on record who gave it.

    One for an account that keeps the system or the rights is only proposed: else whoever gives it could be
    both. The old one holds until a second person agrees (`confirm_reset`) or the person takes another.

    Raises:
        Refused: `refused.reset_side`: the rights' keeper gives passwords to the system's keepers alone; what
            `password_rule.must_be_good` refuses.
    """
    person = _other(turn, name)
    if not may_reset(turn.roles, person.side):
        raise Refused("refused.reset_side", name=name)
    password_rule.must_be_good(new_password, name, person.full_name, turn.office.row.name)
    person.reset_at, person.reset_by_id = turn.at, turn.person.id
    if person.side in TWO_TO_RESET:
        person.reset_hash = signing_in.hashed(new_password)
    else:
        person.password_hash, person.must_change = signing_in.hashed(new_password), True
        person.failures, person.failed_at = 0, None
    turn.note(name=name, waits=person.side in TWO_TO_RESET)


@act("confirm_reset")
def confirm_reset(turn: Turn, name: str, proposed_at: datetime.datetime | None = None) -> None:
    """Agree to a password that somebody of another side gave to who keeps the system or the rights.

    Args:
        proposed_at: when the one that was read was proposed; None for whichever waits.

    Raises:
        Refused: `refused.no_reset`, `refused.other_reset` where another took the place of the one that was
            read, and what `given_passwords.bar_to_agree` answers.
    """
    person = _other(turn, name)
    if person.reset_hash is None:
        raise Refused("refused.no_reset", name=name)
    turn.not_by(person.reset_by_id)
    given_by = turn.session.get_one(Person, person.reset_by_id)
    asked = person.reset_at or turn.at
    to_the_minute = asked.replace(second=0, microsecond=0)  # as it is shown
    if proposed_at not in (None, asked, to_the_minute):
        by = of_account(turn.session, given_by.name)
        raise Refused("refused.other_reset", name=name, by=by, at=asked)
    bar = given_passwords.bar_to_agree(turn.session, turn.person, person, turn.at)
    if bar is not None:
        raise bar
    person.password_hash, person.reset_hash, person.must_change = person.reset_hash, None, True
    person.failures, person.failed_at = 0, None
    turn.note(name=name, reset_by=given_by.name)


def _with_the_old_one(office: Office, by: str | By, password: str, new_password: str) -> None:
    """A wrong old password counts as one at the door does."""
    signing_in.sign_in(office, by if isinstance(by, str) else by.person, password)


@act("change_password", before=_with_the_old_one)
def change_password(turn: Turn, password: str, new_password: str) -> None:
    """Change one's own password, with the old one; one that somebody proposed meanwhile lapses.

    Raises:
        Refused: what `signing_in.sign_in` and `password_rule.must_be_good` refuse, `refused.password_same`.
    """
    person = turn.person
    if password == new_password:
        raise Refused("refused.password_same")
    password_rule.must_be_good(new_password, person.name, person.full_name, turn.office.row.name)
    person.password_hash, person.must_change = signing_in.hashed(new_password), False
    if person.reset_hash is not None:  # it never held: nobody gave them theirs
        person.reset_hash = person.reset_at = person.reset_by_id = None
    turn.subject = f"person {person.name}"
    turn.changed("person", person.id)


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


def _must_leave_one(turn: Turn, person: Person, *roles: str) -> None:
    """Refuse to take away the last person who can sign in and keeps the system or the rights."""
    for role in TWO_TO_RESET:
        others = (
            select(col(Person.id))
            .join(PersonRole, col(PersonRole.person_id) == col(Person.id))
            .where(col(PersonRole.role) == role, col(PersonRole.ended_at).is_(None))
            .where(can_sign_in(), col(Person.id) != person.id)
        )
        if role in roles and not person.locked and turn.session.execute(others).first() is None:
            raise Refused("refused.last_holder", name=person.name, role=role)
