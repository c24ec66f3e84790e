"""Whether a budget is closed: where a pack stops at the first case that its budget does not reach for."""

from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from casework.award.standing_decision import stands
from models import Decision
from rules.decide import REFUSED


def closed(session: Session, budget_id: int, rule: str, but: int = 0) -> bool:
    """Whether a case (but for the one named) has closed a budget to all others: by the decision that stands
    of it, the budget did not reach for it.

    Args:
        rule: the id of the pack's budget, as decisions name it in `binding`.
    """
    found = stoppers(budget_id, rule).where(col(Decision.application_id) != but)
    return session.execute(found.limit(1)).first() is not None


def stoppers(budget_id: int, rule: str) -> Select[Any]:
    """The cases for which a budget did not reach, by number."""
    return select(col(Decision.application_id)).where(
        col(Decision.budget_id) == budget_id,
        col(Decision.status) == REFUSED,
        col(Decision.binding) == rule,
        stands(),
    )
