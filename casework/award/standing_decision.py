"""The decision that stands of a case: the newest. Who needs it of one case or of many asks here.

Each decision of a case names the one before it as superseded, so that the newest is also the one that no
other has superseded; by the number it is found even if a row of another hand names none.
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, bindparam, select
from sqlmodel import Session, col

from casework.core import many_rows
from casework.core.refused import Refused
from casework.core.who_may import Who
from models import Application, ApplicationVersion, Decision, metadata
from rules.decide import AWARDED

_OF_CASE = (
    select(Decision)
    .where(col(Decision.application_id) == bindparam("number"))
    .order_by(col(Decision.seq).desc())
    .limit(1)
)
# Built once: every decision asks it, and building it costs more than the database takes to answer.


def standing_decision(session: Session, application_id: int) -> Decision | None:
    """The decision that stands of a case; None before its first."""
    found: Decision | None = session.execute(_OF_CASE, {"number": application_id}).scalar()
    return found


def standing_award(who: Who, application: Application) -> Decision:
    """The award that stands for a case; also the bar of acts on one.

    Raises:
        Refused: `refused.not_decided`.
    """
    decision = standing_decision(who.session, application.id)
    if decision is None or decision.status != AWARDED:
        raise Refused("refused.not_decided", case=application.case_no)
    return decision


def standing_seqs(session: Session, application_ids: Iterable[int]) -> list[int]:
    """The numbers of the decisions that stand of many cases."""
    return [
        seq
        for some in many_rows.chunks(application_ids)
        for seq in session.execute(
            select(col(Decision.seq)).where(col(Decision.application_id).in_(some), stands())
        ).scalars()
    ]


def stands() -> ColumnElement[bool]:
    """For a list: whether the `Decision` of its row is the one that stands of its case."""
    newer = metadata.tables["decision"].alias("newer")
    later = select(newer.c.seq).where(
        newer.c.application_id == col(Decision.application_id), newer.c.seq > col(Decision.seq)
    )
    return ~later.correlate(Decision).exists()


def is_decided_version() -> ColumnElement[bool]:
    """For a join: the `ApplicationVersion` is the one that its `Decision` decided on."""
    version = ApplicationVersion
    return and_(
        col(version.application_id) == col(Decision.application_id),
        col(version.version) == col(Decision.version),
    )
