"""Whether a budget is closed: where a pack stops at the first case that its budget does not reach for.

It is the money that there was which is closed to all who come after. What finance adds later is other money:
no rule says for whom, so what was added since is open, and no more; whoever was refused for want of it came
first and can be decided again first (`Stopped`), of all that is left.
"""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

import words
from casework.award import releasing_holds
from casework.award.standing_decision import stands
from models import Application, Appropriation, Decision, LedgerEntry, metadata
from rules.decide import REFUSED
from rules.policy import Policy


class Stopped(NamedTuple):
    """The cases that a budget did not reach for, the first of them by name; `raised`: finance has added to it
    since, and what it added is open."""

    case: str
    how_many: int
    raised: bool

    def facts(self) -> dict[str, Any]:
        """What an act tells of it."""
        return {"closed_by": self.case, "closed_by_count": self.how_many, "raised_since": self.raised}

    @classmethod
    def told(cls, facts: Mapping[str, Any]) -> "Stopped":
        """Of what an act told."""
        return cls(facts["closed_by"], facts["closed_by_count"], facts["raised_since"])

    def say(self, lang: str) -> str:
        """The sentence for it, wherever it is told."""
        code = "budget.reopened" if self.raised else "budget.stopped"
        return words.say(code, lang, case=self.case, count=self.how_many)


class Closing(NamedTuple):
    """A decision that closed a budget to all who come after, and what has been open to them since, in fen:
    what finance has added, less what decisions after it hold."""

    seq: int
    opened_fen: int


def closing(
    session: Session, budget_id: int, rule: str, but: int = 0, without: Collection[int] = ()
) -> Closing | None:
    """The last decision that closed a budget to a case (0: to one that is not decided yet); None where it is
    open. A case that was decided before another closed the budget came first, and is not kept out by it.

    Args:
        rule: the id of the pack's budget, as decisions name it in `binding`.
        without: cases whose stored decisions do not count.
    """
    closers = unreached(budget_id, rule).where(col(Decision.application_id).not_in((but, *without)))
    place = came(session, but)
    if place is not None:
        closers = closers.where(_first(col(Decision.application_id)) < place)
    seq = col(Decision.seq)
    wanted = closers.with_only_columns(seq, col(Decision.decided_at)).order_by(seq.desc()).limit(1)
    last = session.execute(wanted).first()
    if last is None:
        return None
    added = select(func.coalesce(func.sum(col(Appropriation.amount_fen)), 0)).where(
        col(Appropriation.budget_id) == budget_id, col(Appropriation.at) > last.decided_at
    )
    taken = select(func.coalesce(func.sum(col(LedgerEntry.amount_fen)), 0)).where(
        col(LedgerEntry.budget_id) == budget_id,
        col(LedgerEntry.decision_seq) > last.seq,
        col(LedgerEntry.account).in_(releasing_holds.HOLDS),
    )
    fen = int(session.execute(added).scalar_one()) - int(session.execute(taken).scalar_one())
    return Closing(int(last.seq), fen)


def came(session: Session, application_id: int) -> int | None:
    """The number of a case's first decision; None before it."""
    found: int | None = session.execute(select(_first(application_id))).scalar() if application_id else None
    return found


def _first(application: Any) -> Any:
    """The number of a case's first decision: its place among those that draw on a budget."""
    earlier = metadata.tables["decision"].alias("earlier")
    wanted = select(func.min(earlier.c.seq)).where(earlier.c.application_id == application)
    return wanted.correlate(Decision).scalar_subquery()


def unreached(budget_id: int, rule: str) -> Select[Any]:
    """The cases for which a budget did not reach, by number."""
    return select(col(Decision.application_id)).where(
        col(Decision.budget_id) == budget_id,
        col(Decision.status) == REFUSED,
        col(Decision.binding) == rule,
        stands(),
    )


def stopped(
    session: Session,
    budget_id: int,
    policy: Policy,
    but: int = 0,
    without: Collection[int] = (),
    besides: Collection[int] = (),
) -> Stopped | None:
    """Who has closed a budget that stops at the first case it does not reach for; None where none has, or it
    does not stop, or to a case (`but`) that was decided first.

    Args:
        without: cases whose stored decisions do not count.
        besides: cases that close it in mind only.
    """
    rule = policy.rules.budget
    if rule is None or rule.exceeded != "stop":
        return None
    stored = unreached(budget_id, rule.id).where(col(Decision.application_id).not_in((but, *without)))
    number = col(Application.id)
    cases = (
        select(col(Application.case_no))
        .where(number.in_(stored) | number.in_(besides))
        .order_by(col(Application.applied_at), number)
    )
    found = list(session.execute(cases).scalars())
    if not found:
        return None
    last = closing(session, budget_id, rule.id, but, without)
    if last is None and not besides:
        return None
    return Stopped(found[0], len(found), not besides and last is not None and last.opened_fen > 0)
