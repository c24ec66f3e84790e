"""Versions of an application: each change is the next one, and two can be laid side by side.

What an officer verifies counts from then on, field by field; what the applicant says later of such a field is
kept beside it until an officer has looked (`verified_values`).
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import insert, select
from sqlmodel import Session, col

from casework.cases import looking, verified_values
from casework.cases.field_table import COLUMNS
from casework.cases.oddities import must_be_storable
from casework.cases.round_windows import set_moment
from casework.cases.said_values import fingerprint, split, stored
from casework.cases.stored_facts import declared, extra_text
from casework.cases.verified_values import Verified, fields_of
from casework.cases.whole_facts import must_stay_whole
from casework.core.act import Turn
from casework.core.office import SHANGHAI
from casework.core.refused import Refused
from casework.rulebook.in_force import Shelf
from models import Application, ApplicationVersion, BankAccount, Contact, Contract
from rules.contract_number import number_key

_CARRIED = ("contact_id", "bank_account_id")
_PARTIES = frozenset(("contact", "phone", "account", "bank"))


class Difference(NamedTuple):
    """One field that two versions state differently."""

    field: str
    before: Any
    after: Any


def of(session: Session, application_id: int, version: int) -> ApplicationVersion:
    """A version of an application."""
    version_is = col(ApplicationVersion.version) == version
    wanted = select(ApplicationVersion).where(
        col(ApplicationVersion.application_id) == application_id, version_is
    )
    row: ApplicationVersion = session.execute(wanted).scalar_one()
    return row


def said(row: ApplicationVersion) -> dict[str, Any]:
    """What a version says, by the rules' names, but for the contact and the account."""
    return {**fields_of(row), **declared(row.extra)}


def parties(session: Session, row: ApplicationVersion) -> dict[str, Any]:
    """Whom a version names to call, and where it is paid into."""
    contact = None if row.contact_id is None else session.get_one(Contact, row.contact_id)
    account = None if row.bank_account_id is None else session.get_one(BankAccount, row.bank_account_id)
    return {
        "contact": (contact.name or None) if contact else None,
        "phone": contact.phone if contact else None,
        "bank": (account.bank or None) if account else None,
        "account": (account.number or None) if account else None,
    }


def held(session: Session, application: Application) -> dict[str, Any]:
    """What the current version of an application says, with its contact and its account."""
    row = of(session, application.id, application.version)
    return said(row) | parties(session, row)


def write_next(
    turn: Turn, application: Application, changes: Mapping[str, Any], source: str, reason: str | None = None
) -> list[Difference]:
    """Write the next version of an application: the current one with these changes.

    By a `review` the changes are verified, also where they say the same as the applicant; else the applicant
    says them, and what was verified stands beside them. Returns what was changed of what was said.

    Raises:
        Refused: `refused.applicant_changed`, `refused.nothing_changed`, `refused.no_such_field`;
            `refused.ends_before_starts`, `refused.field_missing`.
    """
    before = of(turn.session, application.id, application.version)
    facts, verified = said(before), verified_values.verified_of(turn.session, before)
    own = {name: value for name, value in changes.items() if name not in _PARTIES}
    stands = parties(turn.session, before)
    if source == "review":
        now = verified_values.verify(facts, verified, own)
    else:
        now = verified_values.hear(facts, verified, own)
    other = any(stands[name] != changes[name] for name in stands.keys() & changes.keys())
    _must_change(application, facts, changes, other or now.verified != verified or now.values != facts)
    must_stay_whole(facts, own, turn.once(Shelf).of_scheme(application.scheme), application.scheme)
    must_be_storable(now.values)
    values = {name: getattr(before, name) for name in _CARRIED}
    stands |= {name: changes[name] for name in stands.keys() & changes.keys()}
    values |= _columns(application, now) | _parties(turn, application, changes, {**now.values, **stands})
    number = application.version + 1
    turn.session.execute(
        insert(ApplicationVersion).values(
            application_id=application.id,
            version=number,
            source=source,
            reason=reason,
            at=turn.at,
            person_id=turn.person.id,
            **values,
        )
    )
    application.version = number
    set_moment(turn.session, application, values["applied_at"])
    if now.values.get("contract_no") != facts.get("contract_no"):
        application.contract_id = _contract(turn, application, now.values.get("contract_no"))
    turn.session.flush()
    looking.again(turn, application, _said_anew(verified, now.verified))
    turn.changed("application", application.id)
    changed = _changed(facts, verified, now, own)
    turn.note(version=number, fields=[each.field for each in changed])
    return changed


def _changed(
    facts: Mapping[str, Any], verified: Verified, now: verified_values.Merged, own: Mapping[str, Any]
) -> list[Difference]:
    """What counts otherwise now, and what the applicant says otherwise of what was verified."""
    words = verified_values.words(facts, verified), verified_values.words(now.values, now.verified)
    found = []
    for name in dict.fromkeys((*facts, *now.values, *own)):
        if facts.get(name) != now.values.get(name):
            found.append(Difference(name, facts.get(name), now.values.get(name)))
        elif words[0].get(name) != words[1].get(name):
            found.append(Difference(name, words[0].get(name), words[1].get(name)))
        elif verified_values.counts(now.verified, name) != verified_values.counts(verified, name):
            found.append(Difference(name, facts.get(name), now.values.get(name)))
    return found


def _said_anew(before: Verified, now: Verified) -> list[str]:
    """The verified fields that the applicant has just said otherwise: somebody has to look."""
    fields = verified_values.unanswered(now)
    return [name for name in fields if name in before and before[name] != now[name]]


def _must_change(
    application: Application, facts: Mapping[str, Any], changes: Mapping[str, Any], other: bool
) -> None:
    """Refuse changes that are none, or that make it another applicant's application."""
    if changes.get("applicant", facts["applicant"]) != facts["applicant"]:
        raise Refused("refused.applicant_changed", case=application.case_no)
    if not other:
        raise Refused("refused.nothing_changed", case=application.case_no)


def _columns(application: Application, now: verified_values.Merged) -> dict[str, Any]:
    """The columns of a version that says this, with the fingerprint of what the applicant says."""
    arrival = split(0, application.case_no, now.values)
    words = split(0, application.case_no, verified_values.words(now.values, now.verified))
    columns: dict[str, Any] = {column: now.values.get(name) for name, column in COLUMNS.items()}
    return columns | {
        "applied_at": now.values["applied_at"].replace(tzinfo=SHANGHAI),
        "extra": extra_text(arrival.extra),
        "said_sha256": fingerprint(words, stored(words.said)),
        "verified": verified_values.text_of(now.verified),
    }


def _parties(
    turn: Turn, application: Application, changes: Mapping[str, Any], merged: Mapping[str, Any]
) -> dict[str, Any]:
    """The contact and the account that the changes name, made where they are new."""
    found: dict[str, Any] = {}
    if {"contact", "phone"} & changes.keys():
        found["contact_id"] = _contact(turn, application, merged.get("contact"), merged.get("phone"))
    if {"account", "bank"} & changes.keys():
        found["bank_account_id"] = _account(turn, application, merged)
    return found


def _contact(turn: Turn, application: Application, name: str | None, phone: str | None) -> int | None:
    """Whom to call; a telephone alone is kept too."""
    if not name and not phone:
        return None
    same = select(col(Contact.id)).where(
        col(Contact.applicant_id) == application.applicant_id,
        col(Contact.name) == (name or ""),
        col(Contact.phone).is_(None) if phone is None else col(Contact.phone) == phone,
    )
    found: int | None = turn.session.execute(same).scalar()
    if found is not None:
        return found
    contact = Contact(applicant_id=application.applicant_id, name=name or "", phone=phone, created_at=turn.at)
    turn.session.add(contact)
    turn.session.flush()
    return contact.id


def _account(turn: Turn, application: Application, said: Mapping[str, Any]) -> int | None:
    """Where to pay: an account is with the bank that was said of it last; a bank alone is kept too."""
    number, bank, applicant = said.get("account") or "", said.get("bank") or "", application.applicant_id
    if not number and not bank:
        return None
    same = select(BankAccount).where(
        col(BankAccount.applicant_id) == applicant, col(BankAccount.number) == number
    )
    account = turn.session.execute(same).scalar()
    if account is None:
        account = BankAccount(
            applicant_id=applicant, holder=said["applicant_name"], bank=bank, number=number,
            created_at=turn.at,
        )  # fmt: skip
        turn.session.add(account)
    elif bank:
        account.bank = bank
    turn.session.flush()
    return account.id


def _contract(turn: Turn, application: Application, number: str | None) -> int | None:
    if not number:
        return None
    key = number_key(number)
    same = select(col(Contract.id)).where(
        col(Contract.applicant_id) == application.applicant_id, col(Contract.number_key) == key
    )
    held: int | None = turn.session.execute(same).scalar()
    if held is not None:
        return held
    row = Contract(applicant_id=application.applicant_id, number=number, number_key=key)
    turn.session.add(row)
    turn.session.flush()
    return row.id
