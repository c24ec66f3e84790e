"""Which cases that stand aside are blocked (待定) by what a decision left open, and which a person put aside
(暂缓): the two share the state `suspended`, and people are told them apart."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, func, literal, select
from sqlmodel import Session, col

from casework.core import many_rows
from models import Application, Decision, LogEntry

BLOCKED = "blocked"
"""What a blocked case's state is called, beside the states of `models.state_names`."""


def blocked(session: Session, applications: Iterable[int]) -> frozenset[int]:
    """Those of some applications, by number, that their last decision put aside, and nobody since."""
    found: set[int] = set()
    for some in many_rows.chunks(applications):
        wanted = select(col(Application.id)).where(col(Application.id).in_(some), is_blocked())
        found.update(session.execute(wanted).scalars())
    return frozenset(found)


def is_blocked() -> ColumnElement[bool]:
    """For a list: the last decision of its `Application` put the case aside, and nobody has since."""
    last = (
        select(func.max(col(Decision.seq)))
        .where(col(Decision.application_id) == col(Application.id))
        .correlate(Application)
        .scalar_subquery()
    )
    by_hand = (
        select(col(LogEntry.seq))
        .where(
            col(LogEntry.subject) == literal("case ") + col(Application.case_no),
            col(LogEntry.act) == "suspend",
            col(LogEntry.at) > col(Decision.decided_at),
        )
        .correlate(Application, Decision)
    )
    standing = select(col(Decision.seq)).where(
        col(Decision.seq) == last, col(Decision.status) == "blocked", ~by_hand.exists()
    )
    return and_(col(Application.state) == "suspended", standing.correlate(Application).exists())


def shown_state(session: Session, application: Application) -> str:
    """The state as people are told it: `blocked` for a case that a decision put aside."""
    if application.state == "suspended" and blocked(session, [application.id]):
        return BLOCKED
    return application.state
