"""What the rows of a file have used so far, and the packs that decide them made ready for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Any, NamedTuple

from casework.without_office.case_columns import FactColumn, Quick
from rules.decide import Decision, decide
from rules.decide import drawn as drawn_by
from rules.facts import Value
from rules.money import yuan
from rules.pack import Pack
from rules.policy import Policy, choose
from rules.position import Position
from rules.round import decide_round


class Plan(NamedTuple):
    """A pack made ready for a file: its policy, its own facts' columns, and the budget's amount in fen."""

    policy: Policy
    own: tuple[FactColumn, ...]
    amount_fen: int | None
    quick: Quick = ()


class Versions:
    """The versions of a scheme: which decides a case, the same for all cases of one legal day."""

    def __init__(self, packs: Sequence[Pack], pack_id: str, plans: Mapping[str, Plan]) -> None:
        self.packs, self.pack_id, self.plans = packs, pack_id, plans
        dated_by = {pack.chosen_by for pack in packs}
        self.chosen_by = dated_by.pop() if len(dated_by) == 1 else ""
        self.by_day: dict[int, Plan | None] = {}

    def plan(self, facts: dict[str, Value]) -> Plan | None:
        """The plan of the version that applies to a case (`rules.policy.choose`), if one does."""
        on = facts.get(self.chosen_by)
        if not isinstance(on, date):
            return self._chosen(facts)
        day = on.toordinal()
        try:
            return self.by_day[day]
        except KeyError:
            plan = self.by_day[day] = self._chosen(facts)
            return plan

    def _chosen(self, facts: dict[str, Value]) -> Plan | None:
        pack = choose(self.packs, self.pack_id, facts)
        return None if pack is None else self.plans[pack.ref]


class ReadRow(NamedTuple):
    """A row as it was read: its cells, and either what decides it or its result already, with the reason."""

    cells: list[str]
    plan: Plan | None
    facts: dict[str, Value]
    result: list[str] | None


NO_ROW = ReadRow([], None, {}, [])
read_row: Callable[[tuple[Any, ...]], ReadRow] = partial(tuple.__new__, ReadRow)
_position: Callable[[tuple[Any, ...]], Position] = partial(tuple.__new__, Position)
"""A row and a position from all fields at once: every row of a file makes one of each."""


class Tallies:
    """What the file has used so far: of each cap's counter and of each budget, in fen."""

    def __init__(self) -> None:
        self.used: dict[str, int] = {}
        self.spent: dict[str, int] = {}
        self.closed: set[str] = set()

    def left(self, plan: Plan, budget: str | None) -> int | None:
        """Fen left of a budget; ``None`` where none binds."""
        if budget is None or plan.amount_fen is None:
            return None
        return 0 if budget in self.closed else plan.amount_fen - self.spent.get(budget, 0)

    def decide(self, plan: Plan, facts: dict[str, Value]) -> Decision:
        """Decides a case at the position that the rows before it made, and counts what it is awarded."""
        policy, used = plan.policy, self.used
        keys, budget = policy.cap_keys(facts), policy.budget_key(facts)
        drawn = (used.get(keys[0], 0),) if len(keys) == 1 else tuple([used.get(key, 0) for key in keys])
        decision = decide(policy, facts, _position((drawn, self.left(plan, budget))))
        self.count(decision, drawn_by(policy, keys, decision), budget, policy.holds)
        return decision

    def decide_together(self, plan: Plan, cases: Sequence[dict[str, Value]]) -> tuple[Decision, ...]:
        """Decides cases of one group (`rules.round.groups`), and counts what they are awarded."""
        policy = plan.policy
        if not policy.decided_together:
            return tuple([self.decide(plan, facts) for facts in cases])
        budget = policy.budget_key(cases[0])
        decisions = decide_round(policy, cases, self.used, self.left(plan, budget))
        for facts, decision in zip(cases, decisions, strict=True):
            self.count(decision, drawn_by(policy, policy.cap_keys(facts), decision), budget, True)
        return decisions

    def count(
        self, decision: Decision, keys: tuple[str, ...], budget: str | None, holds: bool = False
    ) -> None:
        """Counts what a case is awarded, of its counters and its budget; and what a blocked one keeps back:
        one that was decided together with others does, else its pack must say so (``blocked = "hold"``)."""
        used, award = self.used, decision.holds_fen if holds else decision.award_fen
        if award:
            for key in keys:
                used[key] = used.get(key, 0) + award
            if budget is not None:
                self.spent[budget] = self.spent.get(budget, 0) + award
        elif decision.stops and budget is not None:
            self.closed.add(budget)


@lru_cache(maxsize=64)
def readings_told(readings: tuple[tuple[str, int | None], ...]) -> str:
    """What each reading would award; case after case has the same where a budget is nearly gone."""
    return ";".join([f"{label}:{'' if fen is None else yuan(fen)}" for label, fen in readings])
