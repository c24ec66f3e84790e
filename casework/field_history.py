"""The fields of a case with their history: what the applicant gave, what the officer verified, and when."""

import datetime
from typing import Any, NamedTuple

from sqlmodel import Session

from casework.case_facts import declared
from casework.office import SHANGHAI
from casework.versions import COLUMN_OF
from models import ApplicationVersion, BankAccount, Contact

ALSO = ("contact", "phone", "bank", "account")
"""Fields that stand in rows of their own."""


class Said(NamedTuple):
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
    history: tuple[Said, ...]

    @property
    def now(self) -> Said:
        """What holds now."""
        return self.history[-1]

    @property
    def given(self) -> Said | None:
        """What the applicant gave last."""
        return next((said for said in reversed(self.history) if said.source != "review"), None)

    @property
    def verified(self) -> Said | None:
        """What the officer verified, where that holds now."""
        return self.now if self.now.source == "review" else None


def fields(
    session: Session, versions: list[ApplicationVersion], people: dict[int, str]
) -> tuple[FieldView, ...]:
    """Each field with every value it has had: in the order of a row, then a pack's own facts."""
    histories: dict[str, list[Said]] = {}
    for row in versions:
        values = said(session, row)
        for name in dict.fromkeys((*histories, *values)):
            value = values.get(name)
            history = histories.setdefault(name, [])
            if history and history[-1].value == value:
                continue
            if not history and value is None and row is not versions[0]:
                continue
            history.append(
                Said(row.version, value, row.source, row.at, people.get(row.person_id, ""), row.reason)
            )
    return tuple(FieldView(name, tuple(history)) for name, history in histories.items() if history)


def said(session: Session, row: ApplicationVersion) -> dict[str, Any]:
    """What a version says, by the rules' names, with the contact and the account."""
    values: dict[str, Any] = {name: getattr(row, column) for name, column in COLUMN_OF.items()}
    values["applied_at"] = row.applied_at.astimezone(SHANGHAI).replace(tzinfo=None)
    contact = None if row.contact_id is None else session.get(Contact, row.contact_id)
    account = None if row.bank_account_id is None else session.get(BankAccount, row.bank_account_id)
    also = (
        None if contact is None else contact.name,
        None if contact is None else contact.phone,
        None if account is None else account.bank,
        None if account is None else account.number,
    )
    return {**values, **dict(zip(ALSO, also, strict=True)), **declared(row.extra)}
