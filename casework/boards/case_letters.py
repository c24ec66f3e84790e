"""Objections and letters of a case, as a person may see them: who objects is told to those who handle it."""

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework.award import standing_objections
from casework.award.standing_decision import standing_decision
from casework.core.office import Office
from casework.core.refused import Refused
from casework.core.staff_names import called
from casework.core.who_may import Who, why_not
from casework.issuing.delivery import Terms, deliveries, terms
from casework.issuing.publicity import handled_by
from models import Applicant, Application, Content, Delivery, Letter, LetterSubject, Objection, Person


class ObjectionView(NamedTuple):
    """An objection to a case on a list, `publicity`; `stands`: it is open, or was upheld and nothing was
    decided since. `objector` is empty for who may not know who objects."""

    id: int
    publicity: int
    case: str
    applicant: str
    objector: str
    grounds: str
    received_on: datetime.date
    state: str
    outcome: str | None
    closed_by: str
    stands: bool


class LetterView(NamedTuple):
    """A letter that went out; `current` where it belongs to the standing decision (or to none).

    `delivered` is the delivery that counts, `terms` until when it can be contested since. `sha256` is empty
    where the letter tells who objects and the reader may not know.
    """

    id: int
    kind: str
    numbered: str
    code: str
    sha256: str
    size: int
    issued_at: datetime.datetime
    by: str
    voided_at: datetime.datetime | None
    void_reason: str | None
    decision_seq: int | None
    current: bool
    delivered: Delivery | None = None
    terms: Terms | None = None


def objections(
    session: Session, who: Who | None, application_id: int | None = None
) -> tuple[ObjectionView, ...]:
    """The objections to a case's award, or all of the office, in the order in which they came in."""
    wanted = (
        select(Objection, Application, col(Applicant.name), called(), standing_objections.stands())
        .join(Application, col(Application.id) == col(Objection.application_id))
        .join(Applicant, col(Applicant.id) == col(Application.applicant_id))
        .outerjoin(Person, col(Person.id) == col(Objection.closed_by_id))
        .order_by(col(Objection.id))
    )
    if application_id is not None:
        wanted = wanted.where(col(Objection.application_id) == application_id)
    return tuple(
        ObjectionView(
            row.id, row.publicity_id, case.case_no, applicant,
            row.objector if may_know(who, row, case) else "",
            row.grounds, row.received_on, row.state, row.outcome, person or "", bool(stands),
        )
        for row, case, applicant, person, stands in session.execute(wanted)
    )  # fmt: skip


def known(office: Office, session: Session, person: str) -> Who | None:
    """The person of an account; None where nobody can act under it."""
    try:
        return Who.named(office, session, person)
    except Refused:
        return None


def may_know(who: Who | None, objection: Objection, application: Application) -> bool:
    """Whether a person may know who objects: who took the objection in or settled it, or may settle it."""
    if who is None:
        return False
    may_settle = objection.state == "open" and why_not(who, "settle_objection", application) is None
    return may_settle or handled_by(who.person.id, objection)


def _secret(session: Session, who: Who | None, application_id: int) -> frozenset[int]:
    """The answers to objections of a case whose addressee this person may not know."""
    rows = session.execute(
        select(col(LetterSubject.letter_id), Objection, Application)
        .join(Objection, col(Objection.id) == col(LetterSubject.objection_id))
        .join(Application, col(Application.id) == col(Objection.application_id))
        .where(col(Objection.application_id) == application_id)
    )
    return frozenset(letter for letter, objection, case in rows if not may_know(who, objection, case))


def letters(
    session: Session, who: Who | None, application_id: int, names: Mapping[int, str]
) -> tuple[LetterView, ...]:
    """The case's letters, the last first."""
    delivered = deliveries(session, application_id)
    secret = _secret(session, who, application_id)
    rows = session.execute(
        select(Letter, col(Content.size))
        .join(Content, col(Content.sha256) == col(Letter.content_sha256))
        .where(col(Letter.application_id) == application_id)
        .order_by(col(Letter.id).desc())
    ).all()
    standing = standing_decision(session, application_id)
    standing_seq = None if standing is None else standing.seq
    return tuple(
        LetterView(
            row.id,
            row.kind,
            row.numbered,
            row.code,
            "" if row.id in secret else row.content_sha256,
            size,
            row.issued_at,
            names.get(row.issued_by_id, ""),
            row.voided_at,
            row.void_reason,
            row.decision_seq,
            row.decision_seq in (None, standing_seq),
            delivered.get(row.id),
            _running(row, delivered.get(row.id)),
        )
        for row, size in rows
    )


def _running(letter: Letter, delivered: Delivery | None) -> Terms | None:
    """Until when a letter can be contested; a void one decides nothing any more."""
    if delivered is None or letter.voided_at is not None:
        return None
    return terms(letter.kind, delivered.delivered_on)
