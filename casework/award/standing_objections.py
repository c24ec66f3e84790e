"""Objections (异议) that still stand against a case: nobody has settled them, or they were upheld and nothing
was decided since.

An upheld objection is answered by a decision made after it, which says why (`casework.award.open_things`).
"""

import functools
from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import Session, col

from casework.core import many_rows
from models import Objection, metadata


@functools.cache
def stands() -> ColumnElement[bool]:
    """For a query: whether the `Objection` stands."""
    decision = metadata.tables["decision"].alias("answer")
    answer = select(decision.c.seq).where(
        decision.c.application_id == col(Objection.application_id),
        decision.c.decided_at > col(Objection.closed_at),
    )
    unanswered = ~answer.correlate(Objection).exists()
    return or_(col(Objection.state) == "open", and_(col(Objection.state) == "upheld", unanswered))


def of_case(session: Session, application_id: int) -> list[Objection]:
    """The objections that stand against a case, in the order in which they came."""
    wanted = select(Objection).where(col(Objection.application_id) == application_id, stands())
    return list(session.execute(wanted.order_by(col(Objection.id))).scalars())


def of_cases(session: Session, application_ids: Iterable[int]) -> dict[int, list[Objection]]:
    """The same of many cases, by number."""
    found: dict[int, list[Objection]] = {}
    for some in many_rows.chunks(application_ids):
        wanted = select(Objection).where(col(Objection.application_id).in_(some), stands())
        for row in session.execute(wanted.order_by(col(Objection.id))).scalars():
            found.setdefault(row.application_id, []).append(row)
    return found
