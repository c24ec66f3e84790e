"""A file of cases decided as a whole, where a pack's budget is ranked or pro rata.

Every row is read first. The rows that draw on one budget under one version of the pack make a round
(`rules.round`), in the order of the file where it is the order of arrival that counts; rounds are decided in
the order in which their first rows stand. A row that can't be read takes no part. Within its round a blocked
case holds back its largest reading, so that nobody is awarded what it may be owed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rules.decide import Decision
from rules.pack import Pack
from rules.policy import Policy
from rules.round import decide_round

if TYPE_CHECKING:
    from casework.calculation import Calculation, Plan, Reading


def is_whole(policy: Policy) -> bool:
    """Whether the cases under this policy are decided together."""
    budget = policy.rules.budget
    return budget is not None and budget.order != "first_come"


def together_schemes(packs: Iterable[Pack]) -> frozenset[str]:
    """The schemes that have a version whose cases are decided together."""
    return frozenset(pack.id for pack in packs if pack.budget and pack.budget.order != "first_come")


def decided_whole(calculation: Calculation, rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows with their results, in the order of the file."""
    read = [calculation.read(cells) for cells in rows]
    decisions: dict[int, Decision] = {}
    for plan, places in _rounds(read):
        for place, decision in zip(
            places, _decided(calculation, plan, [read[at] for at in places]), strict=True
        ):
            decisions[place] = decision
    for place, one in enumerate(read):
        yield calculation.told(one.cells, decisions[place]) if place in decisions else one.result or one.cells


def _rounds(read: list[Reading]) -> list[tuple[Plan, list[int]]]:
    """The places of the rows of each round, and the plan that decides them."""
    found: dict[tuple[str, str | None], tuple[Plan, list[int]]] = {}
    for place, one in enumerate(read):
        if one.plan is not None and one.result is None:
            key = one.plan.policy.ref, one.plan.policy.budget_key(one.facts)
            found.setdefault(key, (one.plan, []))[1].append(place)
    return list(found.values())


def _decided(calculation: Calculation, plan: Plan, cases: list[Reading]) -> list[Decision]:
    tallies, policy = calculation.tallies, plan.policy
    if not is_whole(policy):
        return [tallies.decide(plan, case.facts) for case in cases]
    budget = policy.budget_key(cases[0].facts)
    left = tallies.left(plan, budget)
    decisions = list(decide_round(policy, [case.facts for case in cases], tallies.used, left))
    for case, decision in zip(cases, decisions, strict=True):
        tallies.count(decision, policy.drawn(policy.cap_keys(case.facts), decision.tier), budget)
    return decisions
