"""Who works here: people, their roles, whose cases they must not touch, and what they have asked for."""

import datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text

from models.columns import key, key_text, moment, number, ref, sha256, yes_no
from models.state_names import ROLES, SIDE_OF_ROLE, SIDES
from models.table import Table, check, one_of

_SIDES_FIT = " OR ".join(f"(role = '{role}' AND side = '{side}')" for role, side in SIDE_OF_ROLE.items())


class Person(Table, table=True):
    """Someone who acts. `name` is what they sign in with, `side` decides which roles they can ever have.

    `failures` counts wrong passwords in a row, `failed_at` is the last. A password that another person gave
    is changed before anything else (`must_change`); who gave it and when stays (`reset_by_id`, `reset_at`).
    One for an account that keeps the system or the rights lies in `reset_hash` until a second person agrees.
    """

    __table_args__ = (UniqueConstraint("name"), UniqueConstraint("id", "side"), one_of("side", SIDES))
    id: int = key()
    name: str
    full_name: str
    side: str
    password_hash: str | None = None
    locked: bool = yes_no(False)
    failures: int = number(0)
    created_at: datetime.datetime = moment()
    failed_at: datetime.datetime | None = moment(None)
    must_change: bool | None = yes_no(None)
    reset_hash: str | None = None
    reset_at: datetime.datetime | None = moment(None)
    reset_by_id: int | None = ref("person.id", None, index=False)

    @property
    def called(self) -> str:
        """Their full name; the account of one who was made without."""
        return self.full_name or self.name


class UnknownName(Table, table=True):
    """A name that is no account's and was tried with a password: it has to wait as an account would, so that
    the wait tells nobody which names there are. The name is keyed: people type passwords into that field."""

    __table_args__ = (UniqueConstraint("name_keyed"),)
    id: int = key()
    name_keyed: str
    failures: int = number(0)
    failed_at: datetime.datetime | None = moment(None)


class PersonRole(Table, table=True):
    """A role given to a person, and ended. The foreign key over `side` keeps the sides apart."""

    __table_args__ = (
        ForeignKeyConstraint(["person_id", "side"], ["person.id", "person.side"]),
        one_of("role", ROLES),
        check("side_fits", _SIDES_FIT),
        check("not_own", "given_by_id IS NULL OR given_by_id <> person_id"),
        Index(
            "uq_person_role_held",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    id: int = key()
    person_id: int = ref("person.id")
    role: str
    side: str
    given_at: datetime.datetime = moment()
    given_by_id: int | None = ref("person.id", None, index=False)
    ended_at: datetime.datetime | None = moment(None)
    ended_by_id: int | None = ref("person.id", None, index=False)


class Recusal(Table, table=True):
    """A declared conflict of interest (回避): this person is out of that applicant's cases."""

    id: int = key()
    person_id: int = ref("person.id")
    applicant_id: int = ref("applicant.id")
    reason: str
    declared_at: datetime.datetime = moment()
    ended_at: datetime.datetime | None = moment(None)


class Request(Table, table=True):
    """A request that was carried out, so that asking again after a crash does nothing twice."""

    id: str = key_text()
    person_id: int = ref("person.id", index=False)
    act: str
    asked_sha256: str = sha256()
    change: str
    at: datetime.datetime = moment()
