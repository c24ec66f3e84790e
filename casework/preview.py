"""What deciding a round would bring, calculated case by case and written nowhere.

The cases are taken in the order in which they would be decided, from one state of the office: what each would
use of its caps and of the budget is kept in mind for those after it, so that the figures are those that
`casework.award.decide_round` would store at this moment.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, func, select
from sqlmodel import Session, col

from casework import award, budgets, ledger, many_rows
from casework.case_facts import Register, current, facts_of
from casework.office import SHANGHAI, Office
from casework.refused import Refused
from casework.shelf import Shelf
from casework.whole_file import is_whole, together_schemes
from models import Application, Budget, CapEntry, Decision, Person, Recusal
from rules import decide as rules
from rules import round as rounds
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
        bench = _Bench(office, session, _recused(session, person))
        alone, together = _waiting(session, bench.shelf, round_id, states)
        of = len(alone) + len(together)
        cases: list[Would] = []
        for some in many_rows.chunks(alone):
            if progress is not None:
                progress(len(cases), of)
            cases += [bench.would(row) for row in _rows(session, some)]
        if together:
            if progress is not None:
                progress(len(cases), of)
            cases += bench.would_together(
                row for some in many_rows.chunks(together) for row in _rows(session, some)
            )
        return Outlook(tuple(cases), bench.spent())


def _waiting(
    session: Session, shelf: Shelf, round_id: int | None, states: Sequence[str]
) -> tuple[list[int], list[int]]:
    """The cases that are ready, by number: those decided one by one, and those decided together."""
    waiting = select(col(Application.id), col(Application.pack_id)).where(col(Application.state).in_(states))
    if round_id is not None:
        waiting = waiting.where(col(Application.round_id) == round_id)
    rows = session.execute(waiting.order_by(col(Application.applied_at), col(Application.id))).all()
    schemes = together_schemes(shelf.bare_packs())
    alone = [number for number, scheme in rows if scheme not in schemes]
    return alone, [number for number, scheme in rows if scheme in schemes]


def _rows(session: Session, ids: Sequence[int]) -> list[Row[Any]]:
    """What is said of some cases, in their order."""
    found = {
        row._mapping["application_id"]: row
        for row in session.execute(current().where(col(Application.id).in_(ids)))
    }
    return [found[number] for number in ids]


def _recused(session: Session, person: str) -> set[int]:
    mine = (
        select(col(Recusal.applicant_id))
        .join(Person, col(Person.id) == col(Recusal.person_id))
        .where(col(Person.name) == person, col(Recusal.ended_at).is_(None))
    )
    return set(session.execute(mine).scalars())


class _Case(NamedTuple):
    """A case on the bench: what it held is given back, its facts are known and its policy chosen."""

    number: int
    about: tuple[str, str, datetime.date, str]
    facts: dict[str, Value]
    policy: Policy | None

    def would(self, decision: rules.Decision | None) -> Would:
        """What it would get."""
        if decision is None:
            return Would(*self.about, rules.BLOCKED, "", None, 0, ("no_pack",), None)
        reasons = tuple(decision.reasons)
        award = (decision.tier, decision.award_fen, decision.holds_fen)
        return Would(*self.about, decision.status, *award, reasons, self.policy)


class _Bench:
    """The position as it would be after the cases so far."""

    def __init__(self, office: Office, session: Session, recused: Collection[int]) -> None:
        self.session, self.recused = session, recused
        self.shelf = Shelf(session)
        self.register = Register(session)
        self.today = office.now().astimezone(SHANGHAI).date()
        self.used: dict[str, int] = {}
        self.left: dict[str, int] = {}
        self.first: dict[str, int] = {}
        self.stopped: dict[str, set[int]] = {}

    def would(self, row: Row[Any]) -> Would:
        """What a case that is decided by itself would get."""
        case = self._take(row)
        return self._barred(row) if case is None else self._alone(case)

    def would_together(self, rows: Iterable[Row[Any]]) -> list[Would]:
        """What cases would get that draw on one ranked or shared budget, in the order in which they would be
        decided; any others one by one in between."""
        groups: dict[object, list[_Case]] = {}
        found: list[Would] = []
        for row in rows:
            case = self._take(row)
            if case is None:
                found.append(self._barred(row))
                continue
            policy = case.policy
            whole = policy is not None and is_whole(policy)
            key = (policy.sha256, policy.budget_key(case.facts)) if policy and whole else case.number
            groups.setdefault(key, []).append(case)
        for cases in groups.values():
            policy = cases[0].policy
            if policy is not None and is_whole(policy):
                found += self._group(cases, policy)
            else:
                found += [self._alone(case) for case in cases]
        return found

    def _barred(self, row: Row[Any]) -> Would:
        return Would(*_about(row), "", "", None, 0, (), None, "refused.recused")

    def _take(self, row: Row[Any]) -> _Case | None:
        """A case with what it held given back; None where this person must not touch it."""
        said = row._mapping
        if said["applicant_id"] in self.recused:
            return None
        self._give_back(award.standing(self.session, said["application_id"]))
        facts = facts_of(row, self.register)
        chosen = self.shelf.policy(said["pack_id"], facts, self.today)
        policy = None if chosen is None else chosen.policy
        return _Case(said["application_id"], _about(row), facts, policy)

    def _alone(self, case: _Case) -> Would:
        if case.policy is None:
            return case.would(None)
        policy = case.policy
        keys = policy.cap_keys(case.facts)
        budget = policy.budget_key(case.facts)
        left = None if budget is None else self._left(budget, policy)
        if budget is not None and self._closed(policy, budget, case.number):
            left = 0
        used = tuple(self._used(key) for key in keys)
        decision = rules.decide(policy, case.facts, Position(used, left))
        self._keep(case, decision, keys, budget)
        return case.would(decision)

    def _group(self, cases: Sequence[_Case], policy: Policy) -> list[Would]:
        keys = [policy.cap_keys(case.facts) for case in cases]
        used = {key: self._used(key) for some in keys for key in some}
        budget = policy.budget_key(cases[0].facts)
        left = None if budget is None else self._left(budget, policy)
        if budget is not None and self._closed(policy, budget):
            left = 0
        all_facts = [case.facts for case in cases]
        decisions = rounds.decide_round(policy, all_facts, used, left)
        for case, decision, some in zip(cases, decisions, keys, strict=True):
            self._keep(case, decision, some, budget)
        return [cases[at].would(decisions[at]) for at in rounds.turns(policy, all_facts)]

    def _keep(self, case: _Case, decision: rules.Decision, keys: tuple[str, ...], budget: str | None) -> None:
        """Keep in mind what a case would hold."""
        assert case.policy is not None
        if decision.holds_fen:
            if budget is not None:
                self.left[budget] -= decision.holds_fen
            for key in dict.fromkeys(case.policy.drawn(keys, decision.tier)):
                self.used[key] = self._used(key) + decision.holds_fen
        stops = case.policy.rules.budget
        if budget is not None and stops is not None and stops.exceeded == "stop":
            stoppers = self._stoppers(case.policy, budget)
            stoppers.discard(case.number)
            if decision.status == rules.REFUSED and decision.binding == stops.id:
                stoppers.add(case.number)

    def _closed(self, policy: Policy, key: str, number: int = 0) -> bool:
        """Whether a case for which the budget did not reach has closed it to all others."""
        budget = policy.rules.budget
        if budget is None or budget.exceeded != "stop":
            return False
        return bool(self._stoppers(policy, key) - {number})

    def _stoppers(self, policy: Policy, key: str) -> set[int]:
        """The cases that have closed a budget."""
        if key not in self.stopped:
            rule = policy.rules.budget
            found = budgets.find(self.session, key)
            newer = select(col(Decision.supersedes_seq)).where(col(Decision.supersedes_seq).is_not(None))
            stopped = select(col(Decision.application_id)).where(
                col(Decision.budget_id) == (None if found is None else found.id),
                col(Decision.status) == rules.REFUSED,
                col(Decision.binding) == (None if rule is None else rule.id),
                col(Decision.seq).not_in(newer),
            )
            self.stopped[key] = set(self.session.execute(stopped).scalars())
        return self.stopped[key]

    def _used(self, key: str) -> int:
        if key not in self.used:
            self.used[key] = ledger.cap_used(self.session, (key,))[0]
        return self.used[key]

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
            self.used[key] = self._used(key) - int(fen)

    def spent(self) -> tuple[Spent, ...]:
        """The budgets that were asked for, before and after."""
        return tuple(Spent(key, self.first[key], left) for key, left in self.left.items())


def _about(row: Row[Any]) -> tuple[str, str, datetime.date, str]:
    said = row._mapping
    applied_on = said["applied_at"].astimezone(SHANGHAI).date()
    return said["case_no"], said["applicant_name"], applied_on, said["state"]
