"""What a judgement was made of: it counts while that does.

A person clears one claim of a contract beside another: two contracts, as far as these two numbers, amounts
and days go. Where one of them counts otherwise since, by whatever door, nobody has judged what is found now.
`resources/findings.toml` says what each kind is about.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from casework.cases import verified_values
from casework.cases.finding_weights import weight
from casework.cases.stored_facts import declared
from casework.cases.verified_values import fields_of
from models import Application, ApplicationVersion, BankAccount, Finding, Invoice, Paper
from rules.contract_number import may_be_two
from rules.plain_text import account_key, name_key

NAMED = "named"
_KEYS: Mapping[str, Any] = {**verified_values.KEYS, "applicant_name": name_key, "account": account_key}


def still_counts(session: Session, application: Application, one: Finding) -> bool:
    """Whether what a judged finding of a case is about counts as when it was judged, here and in the other
    case that it names."""
    judged_at = one.judged_at
    if judged_at is None:
        return True
    other = _other(session, one)
    if _is_otherwise(session, application, one.version, one):
        return False
    if other is None:
        return True
    then = _version_at(session, other, judged_at)
    return not _is_otherwise(session, other, then, one) and not _came_in(
        session, one.code, application.id, other.id, judged_at
    )


def _other(session: Session, one: Finding) -> Application | None:
    """The other case that a finding names; in the same file it had no number yet."""
    if one.with_kind != "application":
        return None
    number = col(Application.id) == one.with_id
    named = number if one.with_id is not None else col(Application.case_no) == one.with_text
    found: Application | None = session.execute(select(Application).where(named)).scalar()
    return found


def _version_at(session: Session, application: Application, at: datetime.datetime) -> int:
    """The version of a case that stood at a moment."""
    stood = select(func.max(col(ApplicationVersion.version))).where(
        col(ApplicationVersion.application_id) == application.id, col(ApplicationVersion.at) <= at
    )
    return int(session.execute(stood).scalar() or 1)


def _is_otherwise(session: Session, application: Application, then: int, one: Finding) -> bool:
    """Whether one of the fields that a finding is about counts otherwise than in an earlier version."""
    if then == application.version:
        return False
    before, now = (_values(session, application.id, version) for version in (then, application.version))
    fields: list[str] = []
    for name in weight(one.code).about:
        named = one.with_text or ""
        fields += (named, *verified_values.about(named, now.get(named))) if name == NAMED else (name,)
    return any(_differ(name, before.get(name), now.get(name)) for name in fields)


def _differ(name: str, before: Any, now: Any) -> bool:
    if name == "contract_no" and before and now and may_be_two(before, now):
        return True
    key = _KEYS.get(name, lambda value: value)
    return bool((key(before) if before else None) != (key(now) if now else None))


def _values(session: Session, application_id: int, version: int) -> dict[str, Any]:
    """What counts of a case in a version, with its account."""
    wanted = select(ApplicationVersion).where(
        col(ApplicationVersion.application_id) == application_id, col(ApplicationVersion.version) == version
    )
    row = session.execute(wanted).scalar_one()
    account = None if row.bank_account_id is None else session.get_one(BankAccount, row.bank_account_id)
    return {**fields_of(row), **declared(row.extra), "account": account and account.number}


def _came_in(session: Session, code: str, mine: int, other: int, since: datetime.datetime) -> bool:
    """Whether an invoice or a file that two cases share came in with one of them after a moment."""
    if code not in _HANDED_IN:
        return False
    table, name, at = _HANDED_IN[code]
    here, there = aliased(table), aliased(table)
    shared = select(here.id).where(
        here.application_id == mine,
        there.application_id == other,
        getattr(here, name) == getattr(there, name),
        or_(getattr(here, at) > since, getattr(there, at) > since),
    )
    return session.execute(shared).first() is not None


_HANDED_IN: Mapping[str, tuple[Any, str, str]] = {
    "same_invoice": (Invoice, "number", "at"),
    "same_paper": (Paper, "content_sha256", "received_at"),
}
