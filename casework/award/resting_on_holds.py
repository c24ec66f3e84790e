"""Decisions that were cut, or refused, by money that is only held for a case still blocked.

What a blocked case may be owed is held back so that nobody after it takes it (RULES: holding back is no
award). Until that case is decided nobody knows whether the other was rightly cut, and once what was held is
free again it was not: such a decision is made again before anybody is told of it.

In a round decided by rank a case that is blocked holds at its rank, and cuts those behind it. In one that is
shared out it holds its share, and what others share stands whatever becomes of it (`rules.round`); but what
it asked for fills the caps of its applicant, and so cuts what that applicant's other cases ask for.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import Session, col

from casework.core.office import Office, stored_policy
from casework.core.refused import Refused
from casework.core.who_may import Who
from models import Application, CapEntry, Decision, LedgerEntry
from rules.decide import AWARDED, BLOCKED, decide_witness, decode
from rules.policy import Policy


class Hold(NamedTuple):
    """What a blocked case held when another was decided, in fen: by counter, and of the budget. `became` is
    the decision that ended its being blocked; None where none did. `shared`: it was decided in the same round
    that was shared out, where what is asked for, not the share, fills a cap."""

    application_id: int
    caps: Mapping[str, int]
    budget_fen: int
    became: Decision | None
    shared: bool = False

    def given(self, fen: int, key: str | None = None) -> int:
        """How much of `fen` held the case was then awarded, under a counter or of the budget."""
        later = self.became
        if later is None or later.status != AWARDED:
            return 0
        if key is not None and key not in later.cap_keys.split("\n"):
            return 0
        return fen if key is not None and self.shared else min(fen, later.holds_fen)

    @property
    def asked_fen(self) -> int:
        """What a case of a shared round asked for, which its caps count."""
        return max(self.caps.values(), default=0)


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
    if decision.policy_sha256 is None or decision.status == BLOCKED:
        return None
    policy = office.policy(session, decision.policy_sha256)
    if not _may_rest(policy, decision):
        return None
    holds = list(_holds(session, policy, decision))
    if not holds or _without(policy, decision, holds) == _without(policy, decision, ()):
        return None
    others = [(session.get_one(Application, one.application_id), one) for one in holds]
    waits = [other for other, one in others if _waits(other, one)]
    return Resting((waits or [other for other, _ in others])[0].case_no, bool(waits))


def freed(session: Session, decision: Decision) -> int:
    """Fen that a case which was decided with others may have besides what it has, when it is decided again:
    of the budget, what was held when it was decided, cut it, and is free again. Where the budget was shared
    out, that is the share of what its applicant's blocked case had asked for and it was kept from asking."""
    if decision.policy_sha256 is None:
        return 0
    policy = stored_policy(session, decision.policy_sha256)
    if not _may_rest(policy, decision):
        return 0
    holds = [
        one
        for one in _holds(session, policy, decision)
        if not _waits(session.get_one(Application, one.application_id), one)
    ]
    rule = policy.rules.budget
    if rule is None or not _is_shared(policy):
        return sum(one.budget_fen - one.given(one.budget_fen) for one in holds)
    lost = (_without(policy, decision, holds)[1] or 0) - (_without(policy, decision, ())[1] or 0)
    more = 0
    for one in holds:
        part = min(lost, one.asked_fen)
        lost -= part
        if part:
            free = one.budget_fen - one.given(one.budget_fen)
            more += free * part // one.asked_fen // rule.unit * rule.unit
    return more


def _waits(other: Application, one: Hold) -> bool:
    return one.became is None and other.state == "suspended"


def _is_shared(policy: Policy) -> bool:
    return policy.rules.budget is not None and policy.rules.budget.order == "pro_rata"


def _may_rest(policy: Policy, decision: Decision) -> bool:
    """Whether a cap or the budget may have cut a decision."""
    if _is_shared(policy):
        return bool(decision.cap_keys)  # the share may bind, and hide the cap that cut what was asked for
    binding = set(decision.binding.split(";"))
    rule = policy.rules.budget
    of_budget = rule is not None and rule.id in binding
    return of_budget or not binding.isdisjoint(cap.id for cap in policy.rules.caps)


def _without(policy: Policy, decision: Decision, holds: Iterable[Hold]) -> tuple[str, int | None]:
    """What the rules say with what was held counted only as far as it was awarded; of what was shared out,
    what is asked for."""
    witness = decode(policy, decision.witness or "")
    used, left = list(witness.used), None if _is_shared(policy) else witness.left
    for one in holds:
        for at, key in enumerate(decision.cap_keys.split("\n")):
            fen = one.caps.get(key, 0)
            if fen:
                used[at] -= fen - one.given(fen, key)
        if left is not None:
            left += one.budget_fen - one.given(one.budget_fen)
    again = decide_witness(policy, witness._replace(used=tuple(used), left=left))
    return again.status, again.award_fen


def _holds(session: Session, policy: Policy, decision: Decision) -> Iterable[Hold]:
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
        shared = _is_shared(policy) and one.decided_at == decision.decided_at
        if shared:
            asked = _asked(policy, one)
            caps = dict.fromkeys((key for key in keys if key in one.cap_keys.split("\n")), asked)
        if caps or fen:
            became = _later(session, one, col(Decision.status) != BLOCKED)
            yield Hold(one.application_id, caps, fen, became, shared)


def _asked(policy: Policy, blocked: Decision) -> int:
    """What a blocked case asked for, of which its share is held."""
    return decide_witness(policy, decode(policy, blocked.witness or "")._replace(share=None)).holds_fen


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
