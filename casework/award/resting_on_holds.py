"""Decisions that were cut, or refused, by money that is only held for a case still blocked.

What a blocked case may be owed is held back so that nobody after it takes it (RULES: holding back is no
award). Until that case is decided nobody knows whether the other was rightly cut, and once what was held is
free again it was not: such a decision is made again before anybody is told of it.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import Session, col

from casework.core.office import Office
from casework.core.refused import Refused
from casework.core.who_may import Who
from models import Application, CapEntry, Decision, LedgerEntry
from rules.decide import AWARDED, BLOCKED, decide_witness, decode
from rules.policy import Policy


class Hold(NamedTuple):
    """What a blocked case held when another was decided, in fen: by counter, and of the budget. `became` is
    the decision that ended its being blocked; None where none did."""

    application_id: int
    caps: Mapping[str, int]
    budget_fen: int
    became: Decision | None

    def given(self, fen: int, key: str | None = None) -> int:
        """How much of `fen` held the case was then awarded, under a counter or of the budget."""
        later = self.became
        if later is None or later.status != AWARDED:
            return 0
        if key is not None and key not in later.cap_keys.split("\n"):
            return 0
        return min(fen, later.holds_fen)


class Resting(NamedTuple):
    """The case for which the money was held that cut a decision, and whether it is still blocked."""

    case: str
    blocked: bool


def must_not_rest_on_hold(who: Who, application: Application, decision: Decision) -> None:
    """Part of the bars of `publish`, `approve` and `issue_refusal`: without what was held for blocked cases,
    and with what these were awarded since, the decision is the same.

    Raises:
        Refused: `refused.rests_on_hold` while one is blocked, `refused.rested_on_hold` when none is.
    """
    found = resting(who.office, who.session, decision)
    if found is not None:
        code = "refused.rests_on_hold" if found.blocked else "refused.rested_on_hold"
        raise Refused(code, case=application.case_no, other=found.case)


def resting(office: Office, session: Session, decision: Decision) -> Resting | None:
    """What a decision rests on that is only held, or was; None where it would be the same."""
    binding = set(decision.binding.split(";"))
    if decision.policy_sha256 is None or not any(binding):
        return None
    policy = office.policy(session, decision.policy_sha256)
    rule = policy.rules.budget
    of_budget = rule is not None and rule.id in binding
    of_caps = not binding.isdisjoint(cap.id for cap in policy.rules.caps)
    if policy.decided_together or not (of_budget or of_caps):
        return None  # a round decided together holds back by its own rule, and is decided again as a whole
    holds = list(_holds(session, decision))
    if not holds or _is_the_same(policy, decision, holds):
        return None
    others = [(session.get_one(Application, one.application_id), one) for one in holds]
    waits = [other for other, one in others if one.became is None and other.state == "suspended"]
    return Resting((waits or [other for other, _ in others])[0].case_no, bool(waits))


def _is_the_same(policy: Policy, decision: Decision, holds: Iterable[Hold]) -> bool:
    """Whether the rules say the same with what was held counted only as far as it was awarded."""
    witness = decode(policy, decision.witness or "")
    used, left = list(witness.used), witness.left
    for one in holds:
        for at, key in enumerate(decision.cap_keys.split("\n")):
            fen = one.caps.get(key, 0)
            if fen:
                used[at] -= fen - one.given(fen, key)
        if left is not None:
            left += one.budget_fen - one.given(one.budget_fen)
    again = decide_witness(policy, witness._replace(used=tuple(used), left=left))
    return (again.status, again.award_fen) == (decision.status, decision.award_fen)


def _holds(session: Session, decision: Decision) -> Iterable[Hold]:
    """What blocked cases held of what a decision draws on, when it was made."""
    keys = decision.cap_keys.split("\n")
    of_caps = select(col(CapEntry.decision_seq)).where(col(CapEntry.key).in_(keys))
    wanted = select(Decision).where(
        or_(col(Decision.budget_id) == decision.budget_id, col(Decision.seq).in_(of_caps)),
        col(Decision.seq) < decision.seq,
        col(Decision.application_id) != decision.application_id,
        col(Decision.status) == BLOCKED,
        col(Decision.holds_fen) > 0,
    )
    for one in session.execute(wanted.order_by(col(Decision.seq))).scalars():
        later = _later(session, one)
        if later is not None and later.seq < decision.seq:
            continue
        caps, fen = _of_caps(session, one, decision, keys), _of_budget(session, one, decision)
        if caps or fen:
            became = _later(session, one, col(Decision.status) != BLOCKED)
            yield Hold(one.application_id, caps, fen, became)


def _later(session: Session, blocked: Decision, *also: ColumnElement[bool]) -> Decision | None:
    """The next decision of the same case, of those that are `also` so."""
    wanted = select(Decision).where(
        col(Decision.application_id) == blocked.application_id, col(Decision.seq) > blocked.seq, *also
    )
    found: Decision | None = session.execute(wanted.order_by(col(Decision.seq)).limit(1)).scalar()
    return found


def _of_caps(session: Session, blocked: Decision, cut: Decision, keys: list[str]) -> dict[str, int]:
    sums = (
        select(col(CapEntry.key), func.sum(col(CapEntry.amount_fen)))
        .where(
            col(CapEntry.decision_seq) == blocked.seq,
            col(CapEntry.key).in_(keys),
            or_(col(CapEntry.amount_fen) > 0, col(CapEntry.at) < cut.decided_at),
        )
        .group_by(col(CapEntry.key))
    )
    return {key: int(fen) for key, fen in session.execute(sums) if fen > 0}


def _of_budget(session: Session, blocked: Decision, cut: Decision) -> int:
    sums = select(func.coalesce(func.sum(col(LedgerEntry.amount_fen)), 0)).where(
        col(LedgerEntry.decision_seq) == blocked.seq,
        col(LedgerEntry.budget_id) == cut.budget_id,
        col(LedgerEntry.account) == "reserved",
        or_(col(LedgerEntry.amount_fen) > 0, col(LedgerEntry.at) < cut.decided_at),
    )
    return int(session.execute(sums).scalar_one())
