"""What deciding a round would bring, calculated case by case and written nowhere.

The cases are taken in the order in which they would be decided, from one state of the office: what each would
use of its caps and of the budget is kept in mind for those after it, so that the figures are those that
`casework.award.decide_round` would store at this moment.
"""

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from casework import award, budgets, bulk, ledger
from casework.case_facts import Register, current, facts_of
from casework.office import SHANGHAI, Office
from casework.refused import Refused
from casework.shelf import Shelf
from models import Application, Budget, CapEntry, Decision, Person, Recusal
from rules import decide as rules
from rules.facts import Value
from rules.policy import Policy
from rules.position import Position

READY = ("submitted", "accepted", "formal_check", "eligibility")
"""The states from which a round's cases are decided."""

Progress = Callable[[int, int], object]


class Would(NamedTuple):
    """What a case would get. `skipped` is the code of what stands in the way; the rest is then empty."""

    case: str
    applicant: str
    applied_on: datetime.date
    state: str
    status: str
    tier: str
    award_fen: int | None
    holds_fen: int
    reasons: tuple[str, ...]
    policy: Policy | None
    skipped: str = ""


class Spent(NamedTuple):
    """A budget before and after, in fen: what is left to give."""

    key: str
    before_fen: int
    after_fen: int


class Outlook(NamedTuple):
    """A round as it would be decided."""

    cases: tuple[Would, ...]
    budgets: tuple[Spent, ...]

    def counted(self, status: str) -> int:
        """How many cases would be `awarded`, `refused` or `blocked`."""
        return sum(1 for one in self.cases if one.status == status)

    @property
    def skipped(self) -> int:
        """How many this person can't decide."""
        return sum(1 for one in self.cases if one.skipped)

    @property
    def award_fen(self) -> int:
        """What would be awarded in all."""
        return sum(one.award_fen or 0 for one in self.cases)


def decide_round(
    office: Office,
    person: str,
    round_id: int | None = None,
    *,
    states: Sequence[str] = READY,
    progress: Progress | None = None,
) -> Outlook:
    """What `award.decide_round` would do, without doing it.

    Args:
        progress: told how far it is; what it raises stops the reading.

    Raises:
        Refused: `refused.no_budget`, as the act itself would.
    """
    with office.read() as session:
        bench = _Bench(office, session)
        recused = _recused(session, person)
        ids = _waiting(session, round_id, states)
        cases: list[Would] = []
        for some in bulk.chunks(ids):
            if progress is not None:
                progress(len(cases), len(ids))
            rows = {
                row._mapping["application_id"]: row
                for row in session.execute(current().where(col(Application.id).in_(some)))
            }
            cases += [bench.would(rows[number], recused) for number in some]
        return Outlook(tuple(cases), bench.spent())


def _waiting(session: Session, round_id: int | None, states: Sequence[str]) -> list[int]:
    waiting = select(col(Application.id)).where(col(Application.state).in_(states))
    if round_id is not None:
        waiting = waiting.where(col(Application.round_id) == round_id)
    ordered = waiting.order_by(col(Application.applied_at), col(Application.id))
    return list(session.execute(ordered).scalars())


def _recused(session: Session, person: str) -> set[int]:
    mine = (
        select(col(Recusal.applicant_id))
        .join(Person, col(Person.id) == col(Recusal.person_id))
        .where(col(Person.name) == person, col(Recusal.ended_at).is_(None))
    )
    return set(session.execute(mine).scalars())


class _Bench:
    """The position as it would be after the cases so far."""

    def __init__(self, office: Office, session: Session) -> None:
        self.session = session
        self.shelf = Shelf(session)
        self.register = Register(session)
        self.today = office.now().astimezone(SHANGHAI).date()
        self.used: dict[str, int] = {}
        self.left: dict[str, int] = {}
        self.first: dict[str, int] = {}

    def would(self, row: Any, recused: Collection[int]) -> Would:
        said = row._mapping
        about = (
            said["case_no"],
            said["applicant_name"],
            said["applied_at"].astimezone(SHANGHAI).date(),
            said["state"],
        )
        if said["applicant_id"] in recused:
            return Would(*about, "", "", None, 0, (), None, "refused.recused")
        self._give_back(award.standing(self.session, said["application_id"]))
        facts = facts_of(row, self.register)
        chosen = self.shelf.policy(said["pack_id"], facts, self.today)
        if chosen is None:
            return Would(*about, rules.BLOCKED, "", None, 0, ("no_pack",), None)
        decision = self._decide(chosen.policy, facts)
        return Would(
            *about, decision.status, decision.tier, decision.award_fen, decision.holds_fen,
            tuple(decision.reasons), chosen.policy,
        )  # fmt: skip

    def _decide(self, policy: Policy, facts: Mapping[str, Value]) -> rules.Decision:
        keys = policy.cap_keys(facts)
        for key in keys:
            if key not in self.used:
                self.used[key] = ledger.cap_used(self.session, (key,))[0]
        budget = policy.budget_key(facts)
        left = None if budget is None else self._left(budget, policy)
        decision = rules.decide(policy, facts, Position(tuple(self.used[key] for key in keys), left))
        if decision.holds_fen:
            if budget is not None:
                self.left[budget] -= decision.holds_fen
            tiers = decision.tier.split(";")
            drawn = (
                key
                for scope, key in zip(policy.caps, keys, strict=True)
                if not scope.tier or scope.tier in tiers
            )
            for key in dict.fromkeys(drawn):
                self.used[key] += decision.holds_fen
        return decision

    def _left(self, key: str, policy: Policy | None = None) -> int:
        if key not in self.left:
            found = budgets.find(self.session, key)
            if found is not None:
                left = ledger.balance(self.session, found.id).available_fen
            elif policy is not None and policy.budget_amount_fen is not None:
                left = policy.budget_amount_fen
            else:
                raise Refused("refused.no_budget", budget=key)
            self.left[key] = self.first[key] = left
        return self.left[key]

    def _give_back(self, before: Decision | None) -> None:
        """What an earlier decision of the case still holds comes back first."""
        if before is None or not before.holds_fen:
            return
        if before.budget_id is not None:
            key = self.session.get_one(Budget, before.budget_id).key
            self._left(key)
            self.left[key] += award.reserved(self.session, before)
        entries = (
            select(col(CapEntry.key), func.sum(col(CapEntry.amount_fen)))
            .where(col(CapEntry.decision_seq) == before.seq)
            .group_by(col(CapEntry.key))
        )
        for key, fen in self.session.execute(entries).all():
            if key not in self.used:
                self.used[key] = ledger.cap_used(self.session, (key,))[0]
            self.used[key] -= int(fen)

    def spent(self) -> tuple[Spent, ...]:
        return tuple(Spent(key, self.first[key], left) for key, left in self.left.items())
