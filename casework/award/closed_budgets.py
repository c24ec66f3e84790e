"""Whether a budget is closed: where a pack stops at the first case that its budget does not reach for.

It is the money that there was which is closed to all who come after. What finance adds later is other money:
no rule says for whom, so a budget that was raised since is open again, and whoever was refused for want of it
can be decided again first (`Stopped`).
"""

from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from casework.award.standing_decision import stands
from models import Application, Appropriation, Decision
from rules.decide import REFUSED
from rules.policy import Policy


class Stopped(NamedTuple):
    """The cases that a budget did not reach for, the first of them by name; `raised`: finance has added to it
    since, and it is open again."""

    case: str
    how_many: int
    raised: bool


def closed(session: Session, budget_id: int, rule: str, but: int = 0) -> bool:
    """Whether a case (but for the one named) has closed a budget to all others: by the decision that stands
    of it, the budget did not reach for it, and finance has not raised it since.

    Args:
        rule: the id of the pack's budget, as decisions name it in `binding`.
    """
    found = stoppers(budget_id, rule).where(col(Decision.application_id) != but)
    return session.execute(found.limit(1)).first() is not None


def stoppers(budget_id: int, rule: str) -> Select[Any]:
    """The cases for which a budget did not reach and that close it still, by number."""
    added = (
        select(func.coalesce(func.sum(col(Appropriation.amount_fen)), 0))
        .where(col(Appropriation.budget_id) == budget_id, col(Appropriation.at) > col(Decision.decided_at))
        .correlate(Decision)
        .scalar_subquery()
    )
    return unreached(budget_id, rule).where(added <= 0)


def unreached(budget_id: int, rule: str) -> Select[Any]:
    """The cases for which a budget did not reach, whatever was added since, by number."""
    return select(col(Decision.application_id)).where(
        col(Decision.budget_id) == budget_id,
        col(Decision.status) == REFUSED,
        col(Decision.binding) == rule,
        stands(),
    )


def stopped(session: Session, budget_id: int, policy: Policy) -> Stopped | None:
    """Who has closed a budget that stops at the first case it does not reach for; None where none has, or it
    does not stop."""
    rule = policy.rules.budget
    if rule is None or rule.exceeded != "stop":
        return None
    cases = (
        select(col(Application.case_no))
        .where(col(Application.id).in_(unreached(budget_id, rule.id)))
        .order_by(col(Application.applied_at), col(Application.id))
    )
    found = list(session.execute(cases).scalars())
    if not found:
        return None
    return Stopped(found[0], len(found), not closed(session, budget_id, rule.id))
