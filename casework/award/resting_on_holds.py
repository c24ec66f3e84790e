"""Decisions that were cut, or refused, by money that is only held for a case still blocked.

What a blocked case may be owed is held back so that nobody after it takes it (RULES: holding back is no
award). Until that case is decided nobody knows whether the other was rightly cut, and once what was held is
free again it was not: such a decision is made again before anybody is told of it.

In a round decided by rank a case that is blocked holds at its rank, and cuts those behind it. In one that is
shared out it holds its share, and what others share stands whatever becomes of it (`rules.round`); but what
it asked for fills the caps of its applicant, and so cuts what that applicant's other cases ask for.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import and_, func, literal, or_, select
from sqlmodel import Session, col

from casework.award import releasing_holds
from casework.award.closed_budgets import came
from casework.award.standing_decision import standing_decision, stands
from casework.core.act_table import CORRECTABLE
from casework.core.office import Office, stored_policy
from casework.core.refused import Refused
from casework.core.who_may import Who
from casework.rulebook.counted_of_cap import Counted
from models import Application, CapEntry, Decision, LedgerEntry
from rules import decide as rules
from rules.decide import AWARDED, BLOCKED, decide_witness, decode
from rules.policy import Policy


class Hold(NamedTuple):
    """What a blocked case held when another was decided, in fen: by counter, and of the budget.

    Attributes:
        blocked: the decision by which it held.
        budget_id: the budget of the other.
        has: what the case has been awarded since, and has still.
        waits: it has nothing yet, and may still: it is not decided, or its award was returned.
        shared: it was decided in the same round that was shared out, where what is asked for, not the share,
            fills a cap.
    """

    blocked: Decision
    caps: Mapping[str, int]
    budget_fen: int
    budget_id: int | None
    has: "Has"
    waits: bool
    shared: bool = False

    def given(self, fen: int, key: str | None = None) -> int:
        """How much of `fen` held the case has been awarded, under a counter or of the budget."""
        if key is None:
            return min(fen, self.has.of_budget.get(self.budget_id or 0, 0))
        has = self.has.of_caps.get(key, 0)
        return fen if self.shared and has else min(fen, has)

    @property
    def asked_fen(self) -> int:
        """What a case of a shared round asked for, which its caps count."""
        return max(self.caps.values(), default=0)


class Has(NamedTuple):
    """What an award has still in the books, in fen: by the budget's number, and by the counter."""

    of_budget: Mapping[int, int] = MappingProxyType({})
    of_caps: Mapping[str, int] = MappingProxyType({})


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
    """What a decision rests on that is only held, or was; None where it would be the same.

    The case that is named is one of the fewest without whose holds the decision would be another. What is
    free again goes before what is still held: once that alone makes it another, it need not wait.
    """
    if decision.policy_sha256 is None or decision.status == BLOCKED:
        return None
    policy = office.policy(session, decision.policy_sha256)
    if not _may_rest(policy, decision):
        return None
    as_it_is = _without(policy, decision, ())
    holds = list(_holds(session, policy, decision))
    waiting = [one for one in holds if one.waits]
    over = [one for one in holds if not one.waits]
    for free, asked, blocked in (([], over, False), (over, waiting, True)):
        found = _fewest(policy, decision, as_it_is, free, asked)
        if found:
            return Resting(_case_no(session, found[0]), blocked)
    return None


def freed(session: Session, decision: Decision) -> int:
    """Fen that a case which was decided with others may have besides what it has, when it is decided again:
    of the budget, what was held when it was decided, cut it, and is free again, but for what those before it
    in its round have had of it since.

    Where the budget was shared out, that is the share of what its applicant's blocked case had asked for and
    it was kept from asking, but for what its applicant's other cases have had of it since; where all had what
    they asked for, it is all that it was kept from asking.
    """
    if decision.policy_sha256 is None:
        return 0
    policy = stored_policy(session, decision.policy_sha256)
    if not _may_rest(policy, decision):
        return 0
    holds = [one for one in _holds(session, policy, decision) if not one.waits]
    rule = policy.rules.budget
    if rule is None or not _is_shared(policy):
        free = sum(one.budget_fen - one.given(one.budget_fen) for one in holds)
        return max(0, free - _taken_since(session, decision, holds, shared=False)) if free else 0
    lost = max(0, _without(policy, decision, holds).holds_fen - _without(policy, decision, ()).holds_fen)
    if lost and _had_all(session, policy, decision):
        return lost
    more = free = 0
    for one in holds:
        part = min(lost, one.asked_fen)
        if part:
            lost -= part
            again = one.budget_fen - one.given(one.budget_fen)
            free += again
            more += again * part // one.asked_fen // rule.unit * rule.unit
    return max(0, min(more, free - _taken_since(session, decision, holds, shared=True)))


def counted_of_caps(session: Session, policy: Policy, decision: Decision) -> dict[str, Counted]:
    """What counted as used of a decision's caps and was not awarded before: by the cap's id. What was only
    held for blocked cases, and has not been awarded since; what others of the same round that was shared out
    asked for, whatever their shares came to."""
    if not any(decode(policy, decision.witness or "").used):
        return {}
    found: dict[str, Counted] = {}
    holds = list(_holds(session, policy, decision, of_budget=False))
    others = _others_before(session, policy, decision)
    for scope, key in zip(policy.caps, decision.cap_keys.split("\n"), strict=False):
        held = sum(
            one.caps.get(key, 0) - one.given(one.caps.get(key, 0), key) for one in holds if not one.shared
        )
        asked = sum(one.caps.get(key, 0) for one in holds if one.shared)
        asked += sum(fen for keys, fen in others if key in keys)
        if (held or asked) and scope.tier in ("", *decision.tier.split(";")):
            found[scope.cap.id] = Counted(held, asked)
    return found


def _others_before(session: Session, policy: Policy, decision: Decision) -> list[tuple[tuple[str, ...], int]]:
    """Of a round that was shared out: on which counters those before a case drew, and what they asked for,
    but for the blocked."""
    if not _is_shared(policy) or _came_back(session, decision):
        return []
    wanted = select(Decision).where(
        col(Decision.budget_id) == decision.budget_id,
        col(Decision.decided_at) == decision.decided_at,
        col(Decision.policy_sha256) == decision.policy_sha256,
        col(Decision.seq) < decision.seq,
        col(Decision.status) != BLOCKED,
    )
    return [
        (policy.drawn(tuple(one.cap_keys.split("\n")), one.tier), _asked(policy, one))
        for one in session.execute(wanted).scalars()
        if not _came_back(session, one)
    ]


def _came_back(session: Session, decision: Decision) -> bool:
    """Whether a case had had its turn of the budget before, so that this decision was of it alone."""
    before = None if decision.supersedes_seq is None else session.get(Decision, decision.supersedes_seq)
    return before is not None and before.budget_id == decision.budget_id


def _case_no(session: Session, one: Hold) -> str:
    return session.get_one(Application, one.blocked.application_id).case_no


def _is_shared(policy: Policy) -> bool:
    return policy.rules.budget is not None and policy.rules.budget.order == "pro_rata"


def _may_rest(policy: Policy, decision: Decision) -> bool:
    """Whether a cap or the budget made a difference, whatever is named as `binding`: a floor hides what cut
    below it, and a share the cap that cut what was asked for."""
    witness = decode(policy, decision.witness or "")
    if _is_shared(policy):
        witness = witness._replace(left=None)
    free = decide_witness(policy, witness._replace(used=(0,) * len(witness.used), left=None))
    return _told(free) != _told(decide_witness(policy, witness))


def _told(decision: rules.Decision) -> tuple[str, int | None]:
    return decision.status, decision.award_fen


def _fewest(
    policy: Policy,
    decision: Decision,
    as_it_is: rules.Decision,
    free: Sequence[Hold],
    asked: Sequence[Hold],
) -> list[Hold]:
    """The fewest of these without which, and without those that are free, the decision would be another; none
    where it would be the same without all."""

    def differs(some: Sequence[Hold]) -> bool:
        return _told(_without(policy, decision, (*free, *some))) != _told(as_it_is)

    if not asked or not differs(asked):
        return []
    needed = list(asked)
    for one in asked:
        others = [each for each in needed if each is not one]
        if differs(others):
            needed = others
    return needed


def _without(policy: Policy, decision: Decision, holds: Iterable[Hold]) -> rules.Decision:
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
    return decide_witness(policy, witness._replace(used=tuple(used), left=left))


def _had_all(session: Session, policy: Policy, decision: Decision) -> bool:
    """Whether all of a shared round had all that they asked for: nothing was cut to a share."""
    every = select(Decision).where(
        col(Decision.budget_id) == decision.budget_id,
        col(Decision.decided_at) == decision.decided_at,
        col(Decision.policy_sha256) == decision.policy_sha256,
    )
    return all(_asked(policy, one) == one.holds_fen for one in session.execute(every).scalars())


def _taken_since(session: Session, decision: Decision, holds: Sequence[Hold], shared: bool) -> int:
    """What other cases that were cut while these held have been given besides since, and have still: it is no
    longer free. Where the budget was shared out, those that drew on the same caps; else those whose turn came
    before, for what is free again is theirs first."""
    keys = {key for one in holds for key in one.caps}
    first = min((one.blocked.seq for one in holds), default=decision.seq)
    wanted = select(Decision).where(
        col(Decision.budget_id) == decision.budget_id,
        col(Decision.application_id).not_in(
            [decision.application_id, *(one.blocked.application_id for one in holds)]
        ),
        col(Decision.seq) > first,
        col(Decision.status) != BLOCKED,
        ~stands(),
    )
    if not shared:
        wanted = wanted.where(col(Decision.seq) < came(session, decision.application_id))
    had: dict[int, int] = {}
    for one in session.execute(wanted.order_by(col(Decision.seq))).scalars():
        if not shared or keys & set(one.cap_keys.split("\n")):
            had.setdefault(one.application_id, one.holds_fen)
    have = [(fen, standing_decision(session, number)) for number, fen in had.items()]
    return sum(
        max(0, releasing_holds.held(session, (now.seq,)).get(decision.budget_id or 0, 0) - fen)
        for fen, now in have
        if now is not None
    )


def _holds(session: Session, policy: Policy, decision: Decision, of_budget: bool = True) -> Iterable[Hold]:
    """What blocked cases held of what a decision draws on, when it was made: of its caps, and its budget."""
    keys = decision.cap_keys.split("\n")
    of_caps = select(col(CapEntry.decision_seq)).where(col(CapEntry.key).in_(keys))
    of_same_budget = and_(literal(of_budget), col(Decision.budget_id) == decision.budget_id)
    wanted = select(Decision).where(
        or_(of_same_budget, col(Decision.seq).in_(of_caps)),
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
        together = one.decided_at == decision.decided_at and not _came_back(session, one)
        shared = _is_shared(policy) and together
        if shared:
            asked = _asked(policy, one)
            caps = dict.fromkeys((key for key in keys if key in one.cap_keys.split("\n")), asked)
        if caps or fen:
            has = _has(session, standing_decision(session, one.application_id))
            state = session.get_one(Application, one.application_id).state
            waits = state in CORRECTABLE and not has.of_budget
            yield Hold(one, caps, fen, decision.budget_id, has, waits, shared)


def _has(session: Session, award: Decision | None) -> Has:
    """What is in the books of an award: nothing once it was returned, withdrawn or revoked unused."""
    if award is None or award.status != AWARDED:
        return Has()
    of_budget = {number: fen for number, fen in releasing_holds.held(session, (award.seq,)).items() if fen}
    return Has(of_budget, releasing_holds.caps_held(session, (award.seq,)))


def _asked(policy: Policy, decision: Decision) -> int:
    """What a case of a shared round asked for, of which it has its share, or its share is held."""
    witness = decode(policy, decision.witness or "")
    return decide_witness(policy, witness._replace(left=None, share=None)).holds_fen


def _later(session: Session, decision: Decision) -> Decision | None:
    """The next decision of the same case."""
    wanted = select(Decision).where(
        col(Decision.application_id) == decision.application_id, col(Decision.seq) > decision.seq
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
