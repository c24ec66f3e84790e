"""How those who work here are called, wherever the window or a paper names one: by their full name.

The account, which one signs in with, is shown where accounts are made and locked, and nowhere else.
"""

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from models import Person


def called(person: Any = Person) -> ColumnElement[str]:
    """The name of a person of a query (`Person`, or an alias of it)."""
    return func.coalesce(func.nullif(col(person.full_name), ""), col(person.name))


def by_number(session: Session) -> dict[int, str]:
    """Everyone's name, by number: an office has few."""
    return {number: name for number, name in session.execute(select(col(Person.id), called()))}  # noqa: C416


def by_account(session: Session) -> dict[str, str]:
    """Everyone's name, by account, as the log has it."""
    return {account: name for account, name in session.execute(select(col(Person.name), called()))}  # noqa: C416


def of_account(session: Session, account: str) -> str:
    """How the person of an account is called; the account itself where there is none."""
    return session.execute(select(called()).where(col(Person.name) == account)).scalar() or account
