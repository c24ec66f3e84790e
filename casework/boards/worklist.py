"""What waits for someone, in the order of its deadline, and what has happened since they were last here.

Reading only. Which states wait for which role is data (`WAITS`), beside the table of acts.
"""

import datetime
from array import array
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, literal, null, or_, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from casework.award import standing_objections
from casework.award.refusals import NOTICES
from casework.award.standing_decision import stands
from casework.boards.application_list import waiting_since
from casework.boards.work_besides import besides
from casework.cases import finding_weights
from casework.cases.looked_for import AGAIN
from casework.core import blocked_cases
from casework.core.act_table import REFUSABLE, STAGES
from casework.core.act_table import line as act_line
from casework.core.files_out import LETTERS
from casework.core.office import SHANGHAI, Office
from casework.issuing import letters_owed
from casework.issuing.publicity import last_list
from models import (
    Applicant,
    Application,
    Correction,
    Decision,
    Delivery,
    Finding,
    Letter,
    LogEntry,
    Objection,
    Pack,
    Publicity,
    Refusal,
    Supplement,
    Voucher,
)
from models.state_names import APPLICATION

LISTED = "applications"
"""The page on which the kinds of work about cases are listed."""


class Waiting(NamedTuple):
    """One kind of work: how many wait, the first of the cases, and the nearest deadline. `page` is where it
    is done: kinds about cases in the list of applications."""

    kind: str
    cases: int
    first: tuple["Item", ...]
    due_on: datetime.date | None
    page: str = LISTED


class Item(NamedTuple):
    """A case that waits: since when, and until when where there is a deadline. Since when counts as in the
    list of applications; what waits of a case that is finished there, since it began to (`BEGAN`)."""

    case: str
    applicant: str
    since: datetime.date
    due_on: datetime.date | None
    note: str = ""


class News(NamedTuple):
    """How often an act was done by others since a moment, and when last."""

    act: str
    times: int
    last_at: datetime.datetime
    subject: str


WAITS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "corrected": (("officer",), ("accepted",)),
    "to_accept": (("officer",), ("submitted",)),
    "to_check": (("officer",), ("accepted", *STAGES)),
    "correction_overdue": (("officer",), ("correction",)),
    "correction_out": (("officer",), ("correction",)),
    "can_go_on": (("officer",), ("suspended", "calculated")),
    "blocked": (("officer", "approver"), ("suspended", "calculated")),
    "findings_to_judge": (("officer",), act_line("judge_finding").states),
    "objections_open": (("approver",), APPLICATION),
    "to_publish": (("officer",), ("calculated",)),
    "in_publicity": (("officer", "approver"), ("publicity",)),
    "to_approve": (("approver",), ("publicity",)),
    "publicity_to_end": (("approver",), ("publicity",)),
    "to_issue": (("officer",), ("approved",)),
    "letters_to_issue": (("officer",), ("issued",)),
    "corrections_to_tell": (("officer",), ("correction",)),
    "objections_to_answer": (("officer", "approver"), APPLICATION),
    "voids_to_tell": (("officer",), APPLICATION),
    "revocations_to_send": (("approver",), ("revoked",)),
    "set_aside": (("officer",), ("suspended",)),
    "refusals_to_send": (("approver",), ("refused",)),
    "letters_to_deliver": (("officer",), APPLICATION),
    "refusals_to_confirm": (("approver",), REFUSABLE),
    "objections_upheld": (("officer", "approver"), REFUSABLE),
    "kept_back": (("officer",), ("calculated", "publicity", "approved")),
}
"""Kinds of work: the roles they wait for and the states of their cases."""

NARROWED: dict[str, Callable[[str], ColumnElement[bool]]] = {
    "letters_to_issue": lambda person: letters_owed.lacks_approval(),
    "objections_to_answer": letters_owed.lacks_answer,
    "voids_to_tell": lambda person: letters_owed.lacks_void_notice(),
    "revocations_to_send": lambda person: letters_owed.lacks("revocation"),
    "refusals_to_send": lambda person: letters_owed.lacks(*NOTICES),
    "letters_to_deliver": lambda person: _undelivered(),
    "corrected": lambda person: _answered(),
    "set_aside": lambda person: ~blocked_cases.is_blocked(),
    "to_publish": lambda person: _stands("awarded"),
    "objections_upheld": lambda person: _upheld(),
}
"""Kinds without a deadline that one condition narrows, for a person."""

BEGAN: dict[str, Callable[[], ColumnElement[Any]]] = {
    "letters_to_issue": lambda: _first(Voucher, col(Voucher.at)),
    "letters_to_deliver": lambda: _first(Letter, col(Letter.issued_at), *_not_arrived()),
}
"""Since when something is to be done about a case for which the list of applications counts no wait."""

SHOWN = 5
"""Cases of a kind that stand on the first page itself; all of them are one step away."""


def waiting(
    office: Office, roles: frozenset[str], person: str = "", since: datetime.datetime | None = None
) -> tuple[Waiting, ...]:
    """The kinds of work that wait for these roles, the nearest deadline first, then the fullest.

    Args:
        person: by account; what one alone may do waits for nobody else.
        since: when the person was here last, for what is looked at rather than done.
    """
    today = office.today()
    with office.read() as session:
        found = [
            _kind(session, kind, states, today, person)
            for kind, (wanted, states) in WAITS.items()
            if roles.intersection(wanted)
        ]
        found += [
            Waiting(one.kind, one.many, (), one.due_on, one.page)
            for one in besides(office, session, person, since)
        ]
    last = datetime.date.max
    return tuple(
        sorted((one for one in found if one.cases), key=lambda one: (one.due_on or last, -one.cases))
    )


def numbers(office: Office, kind: str, person: str = "") -> "array[int]":
    """The applications that wait so, as `waiting` counts them, for the list of applications."""
    _, states = WAITS[kind]
    with office.read() as session:
        wanted = select(col(Application.id)).where(
            col(Application.state).in_(states), *_due(kind, office.today(), person)[1]
        )
        return array("q", session.execute(wanted).scalars())


def _kind(session: Session, kind: str, states: tuple[str, ...], today: datetime.date, person: str) -> Waiting:
    due, narrows = _due(kind, today, person)
    began = BEGAN[kind]() if kind in BEGAN else null()
    base = (
        select(
            col(Application.case_no),
            col(Applicant.name),
            col(Application.applied_at),
            due.label("due_on"),
            began.label("began"),
        )
        .join(Applicant, col(Applicant.id) == col(Application.applicant_id))
        .where(col(Application.state).in_(states), *narrows)
    )
    inner = base.subquery()
    count, nearest = session.execute(select(func.count(), func.min(inner.c.due_on))).one()
    if isinstance(nearest, str):
        nearest = datetime.date.fromisoformat(nearest)
    rows = session.execute(base.order_by("due_on", col(Application.applied_at)).limit(SHOWN)).all()
    since = {one.case: one.since for one in waiting_since(session, cases=[row[0] for row in rows])}
    items = tuple(
        Item(case, name, since[case] if began is None else began.astimezone(SHANGHAI).date(), on)
        for case, name, _, on, began in rows
    )
    return Waiting(kind, count, items, nearest)


def _due(
    kind: str, today: datetime.date, person: str
) -> tuple[ColumnElement[Any], Iterable[ColumnElement[bool]]]:
    """The deadline of a kind of work, and what narrows its states to it."""
    none: ColumnElement[Any] = null()
    if kind in NARROWED:
        return none, (NARROWED[kind](person),)
    match kind:
        case "correction_overdue":
            return _correction_due(), (_correction_due() < today,)
        case "correction_out":
            due = _correction_due()
            return due, (or_(due >= today, due.is_(None)),)
        case "can_go_on":
            return none, (_is_blocked(), _changed_since())
        case "findings_to_judge":
            return none, (_to_judge(),)
        case "objections_open":
            return none, (_has(col(Objection.application_id), col(Objection.state) == "open"),)
        case "to_check":
            return none, (or_(col(Application.state) != "accepted", ~_answered()),)
        case "in_publicity":
            return _on_list(Publicity.until_on), (_on_list(Publicity.until_on) >= today,)
        case "publicity_to_end":  # the officer's step; the list's last day was no deadline of the approver
            return none, (_on_list(Publicity.until_on) < today, _on_list(Publicity.state) != "ended")
        case "to_approve":
            return none, (_on_list(Publicity.state) == "ended", *_unopposed())
        case "blocked":
            return none, (_is_blocked(), ~_changed_since())
        case "refusals_to_confirm":
            return none, (_has(col(Refusal.application_id), col(Refusal.state) == "proposed"),)
        case "kept_back":
            return none, (_has(col(Finding.application_id), finding_weights.has_effect("forbids")),)
        case "corrections_to_tell":
            return _correction_due(), (letters_owed.lacks_correction_notice(),)
    return none, ()


def _has(about: Mapped[int] | Mapped[int | None], *which: ColumnElement[bool]) -> ColumnElement[bool]:
    """The case is one of those that have such a row: few, found by their own index."""
    return col(Application.id).in_(select(about).where(*which))


def _to_judge() -> ColumnElement[bool]:
    """Something was found that waits for a person's word, and can be judged: of the facts as they are, or of
    a kind that no check looks for. What only informs, as a condition that holds, waits for nobody."""
    stands_at = select(col(Application.version)).where(col(Application.id) == col(Finding.application_id))
    return _has(
        col(Finding.application_id),
        col(Finding.state) == "open",
        finding_weights.has_effect("look", "answer", "forbids"),
        or_(
            col(Finding.version) == stands_at.correlate(Finding).scalar_subquery(),
            col(Finding.code).not_in(AGAIN),
        ),
    )


def _upheld() -> ColumnElement[bool]:
    """An objection to the case was upheld, and nothing was decided since."""
    return _has(col(Objection.application_id), col(Objection.state) == "upheld", standing_objections.stands())


def _correction_due() -> ColumnElement[Any]:
    """When the case's open list of defects is due."""
    mine = and_(col(Correction.application_id) == col(Application.id), col(Correction.state) == "open")
    return select(col(Correction.due_on)).where(mine).correlate(Application).scalar_subquery()


def _answered() -> ColumnElement[bool]:
    """The case's defects have been answered."""
    mine = and_(col(Correction.application_id) == col(Application.id), col(Correction.state) == "answered")
    return select(col(Correction.id)).where(mine).correlate(Application).exists()


def _on_list(column: Any) -> ColumnElement[Any]:
    """What the last list that the case stands on says there."""
    lists = last_list(col(Decision.application_id) == col(Application.id))
    return lists.with_only_columns(col(column)).correlate(Application).scalar_subquery()


def _unopposed() -> tuple[ColumnElement[bool], ...]:
    """Nothing that waits as work of its own (objection, finding, refusal proposed) forbids the approval."""
    return (
        ~_has(col(Objection.application_id), standing_objections.stands()),
        ~_has(col(Finding.application_id), finding_weights.has_effect("forbids")),
        ~_has(col(Refusal.application_id), col(Refusal.state) == "proposed"),
    )


def _stands(status: str) -> ColumnElement[bool]:
    """The case's decision that stands has this status."""
    mine = col(Decision.application_id) == col(Application.id)
    standing = select(col(Decision.seq)).where(mine, col(Decision.status) == status, stands())
    return standing.correlate(Application).exists()


def _is_blocked() -> ColumnElement[bool]:
    """A decision left the case open, and no person put it aside since."""
    return or_(and_(col(Application.state) == "calculated", _stands("blocked")), blocked_cases.is_blocked())


def _changed_since() -> ColumnElement[bool]:
    """What blocked the case may be over: a supplement of one of its open parameters was confirmed, or what
    counts of the application was changed, since it was decided."""
    reasons = literal(";") + col(Decision.reasons) + literal(";")
    ref = col(Pack.scheme) + literal("@") + col(Pack.version)
    confirmed = (
        select(col(Supplement.id))
        .join(Pack, col(Pack.id) == col(Supplement.pack_id))
        .where(
            col(Supplement.confirmed_at) > col(Decision.decided_at),
            col(Supplement.state) == "confirmed",
            ref == col(Decision.pack),
            reasons.like(literal("%;") + col(Supplement.parameter) + literal(";%")),
        )
    )
    since = select(col(Decision.seq)).where(
        col(Decision.application_id) == col(Application.id),
        col(Decision.status) == "blocked",
        stands(),
        or_(col(Decision.version) < col(Application.version), confirmed.correlate(Decision).exists()),
    )
    return since.correlate(Application).exists()


def _undelivered() -> ColumnElement[bool]:
    """A letter to the applicant is out, and nobody has recorded how it arrived."""
    return _has(col(Letter.application_id), *_not_arrived())


def _not_arrived() -> tuple[ColumnElement[bool], ...]:
    arrived = select(col(Delivery.id)).where(col(Delivery.letter_id) == col(Letter.id)).exists()
    return col(Letter.kind).in_(LETTERS), col(Letter.voided_at).is_(None), ~arrived


def _first(table: type[Voucher | Letter], at: Mapped[Any], *which: ColumnElement[bool]) -> ColumnElement[Any]:
    """The moment of the first of a case's rows."""
    mine = select(func.min(at)).where(col(table.application_id) == col(Application.id), *which)
    return mine.correlate(Application).scalar_subquery()


def news(office: Office, person: str, since: datetime.datetime, most: int = 12) -> tuple[News, ...]:
    """What others did since a moment, by act, the newest first."""
    with office.read() as session:
        rows = session.execute(
            select(
                col(LogEntry.act),
                func.count(),
                func.max(col(LogEntry.at)),
                func.max(col(LogEntry.subject)),
            )
            .where(col(LogEntry.at) > since, col(LogEntry.person) != person, col(LogEntry.person) != "")
            .group_by(col(LogEntry.act))
            .order_by(func.max(col(LogEntry.seq)).desc())
            .limit(most)
        ).all()
    return tuple(News(act, count, at, subject) for act, count, at, subject in rows)
