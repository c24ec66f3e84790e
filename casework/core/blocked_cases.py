"""Which cases that stand aside are blocked (待定) by what a decision left open, and which a person put aside
(暂缓): the two share the state `suspended`, and people are told them apart."""

from collections.abc import Iterable

from sqlalchemy import func, literal, select
from sqlmodel import Session, col

from casework.core import many_rows
from models import Application, Decision, LogEntry

BLOCKED = "blocked"
"""What a blocked case's state is called, beside the states of `models.state_names`."""


def blocked(session: Session, applications: Iterable[int]) -> frozenset[int]:
    """Those of some applications, by number, that their last decision put aside, and nobody since."""
    found: set[int] = set()
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
    for some in many_rows.chunks(applications):
        wanted = (
            select(col(Application.id))
            .join(Decision, col(Decision.seq) == last)
            .where(
                col(Application.id).in_(some),
                col(Application.state) == "suspended",
                col(Decision.status) == "blocked",
                ~by_hand.exists(),
            )
        )
        found.update(session.execute(wanted).scalars())
    return frozenset(found)


def shown_state(session: Session, application: Application) -> str:
    """The state as people are told it: `blocked` for a case that a decision put aside."""
    if application.state == "suspended" and blocked(session, [application.id]):
        return BLOCKED
    return application.state
