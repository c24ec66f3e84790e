"""The bench: how a case is decided at the position that the cases before it made, whoever keeps the position.

The act that decides keeps it in the ledger (`casework.award.position_in_ledger`); who looks ahead, checks
what is typed or compares orders keeps it in mind (`casework.award.position_in_mind`). All else is the same,
so that what is foreseen is what comes out. A case that was decided before gives back first what it held or
had reserved, then is decided like any other. Cases of a budget that is ranked or shared out are decided
together.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from sqlalchemy import Row, select
from sqlmodel import Session, col

from casework.award import resting_on_holds
from casework.award.closed_budgets import Stopped
from casework.award.standing_decision import standing_decision
from casework.cases.case_facts import Register, current, facts_of
from casework.core import many_rows
from casework.core.refused import Refused
from casework.money import ceilings
from casework.rulebook.in_force import Chosen, Shelf
from casework.rulebook.rule_titles import pack_called
from models import Application, Budget, Decision
from rules import decide as rules
from rules.facts import Value
from rules.policy import Policy
from rules.position import Position
from rules.round import decide_round, groups, turns

READY = ("submitted", "accepted", "formal_check", "eligibility")
"""The states from which a round's cases are decided."""

K = TypeVar("K")
Kept = TypeVar("Kept", covariant=True)


class Case(NamedTuple):
    """A case on the bench: its facts are known and its policy chosen.

    Attributes:
        said: what the office holds of it, a row of `case_facts.current`; nothing of one that is only typed.
        chosen: None where no version of its scheme is in force.
        before: the decision that stands of it, of which all has been given back.
    """

    said: Mapping[Any, Any]
    facts: Mapping[str, Value]
    chosen: Chosen | None
    before: Decision | None = None

    @property
    def number(self) -> int:
        """The application's number; 0 before it is stored."""
        return int(self.said.get("application_id", 0))

    @property
    def policy(self) -> Policy | None:
        """What it is decided by."""
        return None if self.chosen is None else self.chosen.policy


class Answer(NamedTuple):
    """What came out of a case, and the counters and the budget that it draws on.

    `decision` is None where no version of its scheme is in force.
    """

    case: Case
    decision: rules.Decision | None
    cap_keys: tuple[str, ...] = ()
    budget: str | None = None

    @property
    def drawn(self) -> tuple[str, ...]:
        """Those of its counters that the decision draws on."""
        policy = self.case.policy
        if policy is None or self.decision is None:
            return ()
        return rules.drawn(policy, self.cap_keys, self.decision)


class Positions(Protocol[Kept]):
    """The position as it stands: what is used of each cap, left of each budget, held for each case."""

    def used(self, keys: Sequence[str]) -> tuple[int, ...]:
        """What is used of each of these counters, in fen."""

    def left(self, budget: str) -> int | None:
        """What is left of a budget, in fen; None where finance has allotted nothing to it."""

    def opened(self, budget: str, rule: str, but: int) -> int | None:
        """What is open to the case `but` of a budget that others have closed, in fen; None where none has
        (`closed_budgets.closing`)."""

    def closed_by(self, budget: str, policy: Policy, but: int) -> Stopped | None:
        """Who closed a budget to the case `but` (`closed_budgets.stopped`)."""

    def hold(self, answer: Answer) -> Kept:
        """Take what a case holds from its budget and its caps."""

    def or_nothing(self) -> AbstractContextManager[object]:
        """What is done within is done whole, or, where it is refused, not at all."""

    def give_back(self, before: Decision) -> None:
        """Give back what an earlier decision of a case still holds."""


def left_for(positions: Positions[Any], policy: Policy, budget: str, but: int = 0) -> int | None:
    """Fen that a case can have of a budget, or cases that are decided together: of one that stopped at a case
    it did not reach for, in an earlier round too, only what finance has added since.
    None where nothing is allotted to it.

    Args:
        but: the case, by number, that may have closed the budget itself.
    """
    left = positions.left(budget)
    rule = policy.rules.budget
    if left is None or rule is None or rule.exceeded != "stop":
        return left
    opened = positions.opened(budget, rule.id, but)
    return left if opened is None else min(left, opened)


class Together(NamedTuple, Generic[K]):
    """Cases that were decided together against what was left of a budget, in the order of their turns."""

    policy: Policy
    budget: str
    left_fen: int
    kept: list[K]


class Bench(Generic[K]):
    """What deciding needs, read once for all its cases; `together` are the rounds decided on it, `barred` the
    cases (as the office holds them) that could not be, with what stood in the way."""

    def __init__(self, session: Session, positions: Positions[K], today: datetime.date) -> None:
        self.session, self.positions, self.today = session, positions, today
        self.shelf = Shelf(session)
        self.register = Register(session)
        self.together: list[Together[K]] = []
        self.barred: list[tuple[Mapping[Any, Any], Refused]] = []

    def take(self, row: Row[Any]) -> Case:
        """A case of `rows`, with what it held given back."""
        return self._given_back(self.case(row))

    def _given_back(self, case: Case) -> Case:
        before = standing_decision(self.session, case.number)
        if before is not None:
            self.positions.give_back(before)
        return case._replace(before=before)

    def case(self, row: Row[Any]) -> Case:
        """A case of `rows` as if it had never been decided."""
        facts = facts_of(row, self.register)
        said = row._mapping
        return Case(said, facts, self.shelf.policy(said["scheme"], facts, self.today))

    def closed_by(self, case: Case) -> Stopped | None:
        """Who came before and closed the budget that a case draws on: to be decided again first."""
        policy = case.policy
        if policy is None:
            return None
        return self.positions.closed_by(ceilings.key_of(policy, case.facts), policy, case.number)

    def decide(self, case: Case) -> K:
        """Decide a case by itself and hold what comes out."""
        return self.positions.hold(self.answer(case))

    def attempt(self, row: Row[Any]) -> K | None:
        """Take and decide a case of `rows` by itself; one that can't be is left as it was, and `barred` says
        why: it stops no other."""
        return self._attempt(row, self.answer)

    def _attempt(self, row: Row[Any], answer: Callable[[Case], Answer]) -> K | None:
        before = standing_decision(self.session, row._mapping["application_id"])
        holds = before is not None and before.holds_fen > 0
        try:
            with self.positions.or_nothing() if holds else nullcontext():
                return self.positions.hold(answer(self.take(row)))
        except Refused as refused:
            self.barred.append((row._mapping, refused))
            return None

    def answer(self, case: Case) -> Answer:
        """What comes out of a case that is decided by itself now.

        The rules know the budget that the pack states, and no other. What an office keeps for a pack that
        states none reaches for a whole award or not at all.

        Raises:
            Refused: `refused.no_budget`: it would hold money and nothing is allotted; `refused.budget_short`:
                more than is left of a budget that its pack does not state; `refused.decided_together`: its
                turn comes with its round.
        """
        policy = case.policy
        if policy is None:
            return Answer(case, None)
        left = self.left_alone(case)
        return self._answer(case, policy, ceilings.key_of(policy, case.facts), left)

    def _answer(self, case: Case, policy: Policy, budget: str, left: int | None) -> Answer:
        keys = policy.cap_keys(case.facts)
        stated = left if policy.rules.budget is not None else None
        decision = rules.decide(policy, case.facts, Position(self.positions.used(keys), stated))
        if decision.holds_fen and left is None:
            raise Refused("refused.no_budget", budget=self._called(budget))
        if decision.holds_fen > (left or 0):
            wanted = decision.holds_fen
            raise Refused(
                "refused.budget_short", budget=self._called(budget), left_fen=left, wanted_fen=wanted
            )
        return Answer(case, decision, keys, budget)

    def _called(self, budget: str) -> str:
        return ceilings.called(self.session, budget, self.today)

    def must_be_decidable(self, case: Case) -> None:
        """Refuse what `answer` refuses, without a whole calculation where the budget alone tells.

        Raises:
            Refused: as `answer`.
        """
        policy = case.policy
        if policy is None:
            return
        if self.left_alone(case) is None or policy.rules.budget is None:
            self.answer(case)

    def left_alone(self, case: Case) -> int | None:
        """What a case that is decided by itself can have of its budget; None where nothing is allotted to it,
        and where no version of its scheme is in force.

        Raises:
            Refused: `refused.decided_together`.
        """
        policy = case.policy
        if policy is None:
            return None
        budget = ceilings.key_of(policy, case.facts)
        left = left_for(self.positions, policy, budget, case.number)
        if not policy.decided_together:
            return left
        if case.before is None or self._drew_on(case.before) not in (None, budget):
            pack = pack_called(policy.pack)
            raise Refused("refused.decided_together", case=case.said.get("case_no"), pack=pack)
        if left is None:
            return None
        rule, has = policy.rules.budget, case.before.holds_fen
        if not has and (rule is None or rule.order != "pro_rata"):
            return left
        # Its share, once given, is all that it has (also a share of 0), but for what was only held before it.
        return min(left, has + resting_on_holds.freed(self.session, case.before))

    def decide_together(self, rows: Sequence[Row[Any]]) -> list[K]:
        """Decide cases of `rows` as a whole: those that draw on one ranked or shared budget under one policy
        together, any others one by one in between, in the order of `rows`: also one that has had its turn of
        the budget before and came back, or it would have another share. Where nothing is allotted to a
        budget, those that would hold some of it are `barred`, left as they were, and the others decided."""
        found: list[K | None] = []
        cases = [self.case(row) for row in rows]
        for places in groups([(case.policy, case.facts) for case in cases]):
            first = cases[places[0]]
            policy = first.policy
            if policy is None or not policy.decided_together:
                found += [self.attempt(rows[at]) for at in places]
                continue
            budget = ceilings.key_of(policy, first.facts)
            back = [at for at in places if self._had_its_turn(cases[at], budget)]
            found += [self.attempt(rows[at]) for at in back]
            places = [at for at in places if at not in back]
            if not places:
                continue
            if self.positions.left(budget) is None:
                bare = partial(self._answer, policy=policy, budget=budget, left=None)
                found += [self._attempt(rows[at], bare) for at in places]
            else:
                found += self._round([self._given_back(cases[at]) for at in places], policy, budget)
        return [one for one in found if one is not None]

    def _drew_on(self, before: Decision) -> str | None:
        """The budget that an earlier decision drew on; None where it drew on none."""
        return None if before.budget_id is None else self.session.get_one(Budget, before.budget_id).key

    def _had_its_turn(self, case: Case, budget: str) -> bool:
        """Whether a case was decided with a round of this budget before."""
        before = standing_decision(self.session, case.number)
        return before is not None and self._drew_on(before) == budget

    def _round(self, cases: Sequence[Case], policy: Policy, budget: str) -> list[K]:
        """Decide cases against what is left of one budget, and hold what comes out in the order of turns."""
        left = left_for(self.positions, policy, budget) or 0
        all_facts = [case.facts for case in cases]
        keys = [policy.cap_keys(facts) for facts in all_facts]
        every = list(dict.fromkeys(key for some in keys for key in some))
        used = dict(zip(every, self.positions.used(every), strict=True))
        decisions = decide_round(policy, all_facts, used, left)
        kept = [
            self.positions.hold(Answer(cases[at], decisions[at], keys[at], budget))
            for at in turns(policy, all_facts)
        ]
        self.together.append(Together(policy, budget, left, kept))
        return kept


class ToDecide(NamedTuple):
    """Cases that are ready, by number in the order of arrival: those decided one by one, then together."""

    alone: list[int]
    together: list[int]


def waiting(session: Session, round_id: int | None, states: Sequence[str]) -> ToDecide:
    """The cases of a round (of the office, without one) that are ready."""
    ready = select(col(Application.id), col(Application.scheme)).where(col(Application.state).in_(states))
    if round_id is not None:
        ready = ready.where(col(Application.round_id) == round_id)
    found = session.execute(ready.order_by(col(Application.applied_at), col(Application.id))).all()
    packs = Shelf(session).bare_packs() if found else ()
    schemes = {pack.id for pack in packs if pack.decided_together}
    alone = [number for number, scheme in found if scheme not in schemes]
    return ToDecide(alone, [number for number, scheme in found if scheme in schemes])


def rows(session: Session, numbers: Iterable[int]) -> list[Row[Any]]:
    """What the office holds of cases, in the order of `numbers`."""
    wanted = list(numbers)
    found = {
        row._mapping["application_id"]: row
        for some in many_rows.chunks(wanted)
        for row in session.execute(current().where(col(Application.id).in_(some)))
    }
    return [found[number] for number in wanted]
