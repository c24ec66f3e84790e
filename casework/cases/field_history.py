"""The fields of a case with their history: what the applicant gave, what the officer verified, and when."""

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlmodel import Session

from casework.cases.field_table import FIELDS
from casework.cases.stored_facts import declared
from casework.cases.verified_values import Word, counts, counts_again, each_verified, fields_of, words
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
    """A field with every value it has had, the oldest first; `verified` is what the officer verified, where
    that holds now."""

    field: str
    history: tuple[Stated, ...]
    verified: Stated | None = None

    @property
    def now(self) -> Stated:
        """What holds now."""
        return self.history[-1] if self.verified is None else self.verified

    @property
    def given(self) -> Stated | None:
        """What the applicant gave last."""
        return next((said for said in reversed(self.history) if said.source != "review"), None)


def fields(session: Session, rows: list[ApplicationVersion], people: dict[int, str]) -> tuple[FieldView, ...]:
    """Each field with every value it has had: in the order of a row, then a pack's own facts.

    Args:
        rows: all versions of an application, from its first on.
    """
    histories: dict[str, list[Stated]] = {}
    holds: dict[str, Stated] = {}
    lapsed: dict[str, Stated] = {}
    last: dict[str, Any] = {}
    before: Mapping[str, Word] = {}
    for row, verified in zip(rows, each_verified(rows), strict=True):
        counted = said(session, row)
        given = words(counted, verified)
        for name in dict.fromkeys((*histories, *counted)):
            history = histories.setdefault(name, [])
            changed = row is rows[0] or last.get(name) != given.get(name)
            at_hand = Stated(
                row.version, counted.get(name), row.source, row.at, people.get(row.person_id, ""), row.reason
            )
            anew = row.source == "review" and _verified_anew(name, at_hand, holds, before, verified)
            if name in lapsed and counts(verified, name) and counts_again(before[name], counted):
                holds[name] = lapsed.pop(name)
                history.append(at_hand)  # what was verified counts again
            elif anew or (row.source == "review" and changed):
                holds[name] = at_hand
                lapsed.pop(name, None)
                history.append(at_hand)
            elif changed:
                history.append(at_hand._replace(value=given.get(name)))
            lapses = name not in verified and row.source != "review" and (changed or name in before)
            if name in holds and name in verified and not counts(verified, name):
                lapses = True
                lapsed[name] = holds[name]
                if not changed:
                    history.append(at_hand)  # the applicant's word counts again
            if lapses:
                holds.pop(name, None)
            if name not in verified:
                lapsed.pop(name, None)
        last, before = given, verified
    return tuple(
        FieldView(name, tuple(history), holds.get(name)) for name, history in histories.items() if history
    )


def _verified_anew(
    name: str,
    at_hand: Stated,
    holds: Mapping[str, Stated],
    before: Mapping[str, Word],
    verified: Mapping[str, Word],
) -> bool:
    """Whether a review verified this field: for the first time, to another value, or after a new word."""
    if not counts(verified, name):
        return False
    return name not in holds or holds[name].value != at_hand.value or before.get(name) != verified[name]


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
    return {**fields_of(row), **elsewhere, **declared(row.extra)}
