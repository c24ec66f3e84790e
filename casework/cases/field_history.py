"""The fields of a case with their history: what the applicant gave, what the officer verified, and when."""

import datetime
from typing import Any, NamedTuple

from sqlmodel import Session

from casework.cases import versions
from casework.cases.case_facts import declared
from casework.cases.field_table import FIELDS
from models import ApplicationVersion, BankAccount, Contact


class Stated(NamedTuple):
    """A value that a field was given by a version: what, from where, when, by whom and why."""

    version: int
    value: Any
    source: str
    at: datetime.datetime
    person: str
    reason: str | None


class FieldView(NamedTuple):
    """A field with every value it has had, the oldest first."""

    field: str
    history: tuple[Stated, ...]

    @property
    def now(self) -> Stated:
        """What holds now."""
        return self.history[-1]

    @property
    def given(self) -> Stated | None:
        """What the applicant gave last."""
        return next((said for said in reversed(self.history) if said.source != "review"), None)

    @property
    def verified(self) -> Stated | None:
        """What the officer verified, where that holds now."""
        return self.now if self.now.source == "review" else None


def fields(session: Session, rows: list[ApplicationVersion], people: dict[int, str]) -> tuple[FieldView, ...]:
    """Each field with every value it has had: in the order of a row, then a pack's own facts."""
    histories: dict[str, list[Stated]] = {}
    for row in rows:
        values = said(session, row)
        for name in dict.fromkeys((*histories, *values)):
            value = values.get(name)
            history = histories.setdefault(name, [])
            if history and history[-1].value == value:
                continue
            if not history and value is None and row is not rows[0]:
                continue
            history.append(
                Stated(row.version, value, row.source, row.at, people.get(row.person_id, ""), row.reason)
            )
    return tuple(FieldView(name, tuple(history)) for name, history in histories.items() if history)


def said(session: Session, row: ApplicationVersion) -> dict[str, Any]:
    """What a version says, by the rules' names, with the contact and the account."""
    parties = {
        "contact": row.contact_id and session.get(Contact, row.contact_id),
        "bank_account": row.bank_account_id and session.get(BankAccount, row.bank_account_id),
    }
    elsewhere = {
        field.name: getattr(parties[field.table], field.column, None)
        for field in FIELDS.values()
        if field.table in parties
    }
    return {**versions.fields_of(row), **elsewhere, **declared(row.extra)}
