"""Trial cases: made-up cases that stand at every edge of a policy, for the check of a pack.

An edge is where a rule changes its answer: a bound of a test, the end of a band, a cap or a floor, a date.
From the policy's own figures (`rules.edges`) `Trials` finds, for every tier, a case that passes every
condition (`rules.search`), and then moves its amounts one fen around each edge. Rules are linear between
edges, so what holds at all of them holds between them too.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from rules.edges import TYPICAL_FEN, Edges, as_day
from rules.facts import MILLION, OF_ROUND, Fact, Facts, Value
from rules.facts_known import as_known
from rules.faults import MOST_FEN, Unset
from rules.money import yuan
from rules.pack import Pack
from rules.policy import Policy, Supplement
from rules.position import Position
from rules.predicate import FactRef, Judge, Predicate, Values, leaves
from rules.search import Demand, Search

MOST_WORLDS = 16
IN_FORCE = "in_force"
"""The demand that the pack is in force on the case's legal date."""
_LADDER = (0, 1, 2, 3, 5, 10, 99, 100, 101, 100_000, 100_000_000, 10**12, 10**15 - 1, 10**15)


class Case(NamedTuple):
    """A case and the position it is decided at; what `calculate` would be given."""

    facts: Facts
    position: Position


def worlds(policy: Policy) -> list[Policy]:
    """The policy under every combination of the readings of its open parameters, at most `MOST_WORLDS`."""
    pack = policy.pack
    asked = [parameter for parameter in policy.open_parameters if parameter.readings]
    waiting = waiting_values(policy)
    found = []
    for choice in itertools.product(*(parameter.readings for parameter in asked)):
        supplements = [
            Supplement(pack.id, parameter.id, reading.id, pack.in_force_from, None, "trial")
            for parameter, reading in zip(asked, choice, strict=True)
        ]
        found.append(Policy(pack, [*policy.supplements, *supplements, *waiting], policy.calendar))
        if len(found) == MOST_WORLDS:
            break
    return found


def waiting_values(policy: Policy) -> list[Supplement]:
    """A value for each parameter that waits for the office, so that what hangs on it can be tried: an
    ordinary one where it is an amount or a rate, and in a test one that lets a case through."""
    pack, found = policy.pack, []
    for parameter in policy.open_parameters:
        if parameter.readings or parameter not in pack.calculated:
            continue
        leaf = next((one for one in _asking(pack) if Unset(parameter.id) == one.value), None)
        way = 1 if leaf is None else 0 if leaf.op.startswith(("at_least", "above")) else 2
        value = _ORDINARY[parameter.type][way]
        found.append(Supplement(pack.id, parameter.id, value, pack.in_force_from, None, "trial"))
    return found


def waits_in_tests(pack: Pack) -> bool:
    """Whether a condition or the test of a tier waits for a parameter that only the office can set."""
    waiting = [Unset(one.id) for one in pack.calculated if not one.readings]
    return any(leaf.value in waiting for leaf in _asking(pack))


def _asking(pack: Pack) -> Iterator[Predicate]:
    tests = [test for one in pack.conditions for test in (one.applies_when, one.test) if test]
    for test in [*tests, *(tier.when for tier in pack.tiers if tier.when)]:
        yield from leaves(test)


_ORDINARY: Mapping[str, tuple[str, str, str]] = {
    "rate": ("0", "0.3", "1"),
    "money": ("0.00", "100000.00", "100000000000.00"),
    "integer": ("0", "1000", "1000000"),
    "months": ("0", "12", "1200"),
    "days": ("0", "30", "36500"),
    "date": ("1900-01-01", "2026-01-01", "2999-01-01"),
    "moment": ("1900-01-01T00:00:00", "2026-01-01T00:00:00", "2999-01-01T00:00:00"),
}
"""A small, an ordinary and a large value of each type."""


class Ties:
    """What ties the facts of a policy to each other (`rules.search.Tied`)."""

    def __init__(self, edges: Edges) -> None:
        self.edges, self.follows = edges, edges.follows
        self.rounded = any(one.where == "line" for one in edges.pack.rounding)
        ends = {
            str(end)
            for leaf in edges.links
            for end in (leaf.fact, leaf.value.id if isinstance(leaf.value, FactRef) else leaf.after)
        }
        self.compared = {name for end in ends for name in edges.program.behind(end)}
        named = Counter(one.name for one in edges.sums)
        self.terms = [
            frozenset(one.parts)
            for one in edges.sums
            # A base that is one fact is that fact under another name: its bounds are that fact's values.
            if self.rounded or one.name in ends or named[one.name] > 1 or [*one.parts.values()] != [1]
        ]

    def tied(self, names: Collection[str]) -> tuple[str, ...]:
        """Terms of sums, and facts whose values may not be all."""
        return tuple(
            name
            for name in dict.fromkeys(names)
            if name in self.edges.unsure or any(name in terms for terms in self.terms)
        )

    def sure(self, names: Collection[str]) -> bool:
        """Whether each sum stands by itself: no term of it is rounded, one of another's, or compared with a
        fact."""
        asked = [terms for terms in self.terms if terms & set(names)]
        apart = all(not one & other for one, other in itertools.combinations(asked, 2) if one != other)
        alone = apart and not any(self.rounded or terms & self.compared for terms in asked)
        return alone and self.edges.unsure.isdisjoint(names)


class Trials:
    """The trial cases of one policy without open parameters."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.pack = policy.rules
        self.program = policy.program
        tests = [test for one in self.pack.conditions for test in (one.applies_when, one.test) if test]
        tests += [tier.when for tier in self.pack.tiers if tier.when]
        made = Edges(self.pack, self.program, tests, policy.calendar)
        self.facts, self.needed, self.day, self.edges = made.facts, made.needed, made.day, made.by
        loose = Edges(self.pack, self.program, tests, policy.calendar, loose=True)
        self.search = Search(self.edges, Ties(made), Search(loose.by, Ties(loose)))
        self.bases = made.rising
        self.demands = [
            self._demand(name, self._asks[at], _passes(judge))
            for at, (name, judge) in enumerate(self.program.conditions)
        ]
        self.demands.append(self._demand(IN_FORCE, (self.pack.chosen_by,), self._in_force))

    @cached_property
    def _asks(self) -> list[tuple[str, ...]]:
        """The facts that each condition looks at, with a round's own window where that takes its place."""
        asks = []
        for one in self.pack.conditions:
            names = [name for test in (one.applies_when, one.test) if test for name in test.facts({})]
            asks.append((*names, *(OF_ROUND if one.round_window else ())))
        return asks + [(fact.id,) for fact in self.program.facts if fact.known]

    def _own(self, names: Iterable[str], loose: bool = False) -> tuple[str, ...]:
        """The facts behind these: what a computed amount is made of (unless it is free), and what stands in
        for a blank one."""
        found: dict[str, None] = {}
        for name in names:
            if loose and name in self.program.computed.names:
                found[name] = None
                continue
            for each in self.program.behind(name):
                while each in self.edges:
                    found[each] = None
                    default = self.facts[each].default
                    each = default if isinstance(default, str) and default not in found else ""
        if "founded_on" in found and "applied_at" in self.edges:
            found["applied_at"] = None
        return tuple(found)

    def _demand(self, name: str, asks: Iterable[str], holds: Callable[[Values], bool]) -> Demand:
        """What a test of the pack demands of a case; and of one in which sums are free."""
        asks = tuple(asks)
        loose = Demand(name, self._own(asks, loose=True), lambda facts: holds(self._freely(facts)))
        return Demand(name, self._own(asks), lambda facts: holds(self._seen(facts)), loose)

    def _seen(self, facts: Facts) -> Values:
        """The values that the rules go through: as `calculate` and the office know a case."""
        return self.program.full(self.policy.values(as_known(dict(facts))))

    def _freely(self, facts: Facts) -> Values:
        values = list(self._seen(facts))
        for name in self.program.computed.names:
            values[self.program.index[name]] = facts.get(name)
        return tuple(values)

    def _in_force(self, values: Values) -> bool:
        on = values[self.program.index[self.pack.chosen_by]]
        return on is not None and self.pack.in_force(as_day(on))

    # -- ordinary cases ------------------------------------------------------------------------------

    def passing(self) -> dict[str, Value] | None:
        """A case that passes every condition; ``None`` where there is none.

        Raises:
            rules.search.Cut: the search was ended before it was through; `clash` too.
        """
        return self._known(self.search.find(self.demands))

    def _known(self, found: dict[str, Value] | None) -> dict[str, Value] | None:
        return None if found is None else as_known(found)

    def clash(self) -> tuple[str, ...]:
        """A smallest set of conditions that no case passes together."""
        return self.search.clash(self.demands)

    def of_tiers(self, name: str, wanted: Callable[[tuple[int, ...]], bool]) -> dict[str, Value] | None:
        """A passing case that is surely of such tiers.

        Raises:
            rules.search.Cut: as `passing`.
        """
        tests = [tier.when for tier in self.pack.tiers if tier.when]
        names = dict.fromkeys(fact for test in tests for fact in test.facts({}))

        def holds(values: Values) -> bool:
            possible, certain = self.program.tier(values, {}), self.program.certain_tiers(values, {})
            return (not possible or possible == certain) and wanted(certain)

        return self._known(self.search.find([*self.demands, self._demand(name, names, holds)]))

    # -- amounts and positions -----------------------------------------------------------------------

    def amounts(self, tier: int) -> tuple[int, ...]:
        """The base amounts around which the award of a tier may change its rule, in rising order."""
        rule, pack = self.pack.tiers[tier], self.pack
        limits = [
            cap.worth(limit, cap.price) if isinstance(limit, int) else limit
            for cap in pack.caps
            for limit in (cap.limit, cap.overrun_limit, *dict(cap.tier_limit).values())
        ]
        limits += [floor.at_least for floor in pack.floors] + [band.up_to for band in rule.bands]
        limits += [line.limit for line in pack.lines]
        limits += [pack.budget.amount] if pack.budget else []
        rates = [rule.rate, *(band.rate for band in rule.bands), *(line.rate for line in pack.lines), MILLION]
        found = set(_LADDER)
        for limit in limits:
            if not isinstance(limit, int):
                continue
            for rate in rates:
                if isinstance(rate, int) and rate:
                    found.update(limit * MILLION // rate + shift for shift in range(-2, 3))
        for name in (*self.bases, "contract_amount"):
            for edge in self.edges.get(name, ()):
                if isinstance(edge, int):
                    found.add(edge)
        for name, edges in self.edges.items():
            if self.facts[name].default in (*self.bases, "contract_amount"):
                found.update(edge for edge in edges if isinstance(edge, int))
        return tuple(sorted(amount for amount in found if 0 <= amount <= MOST_FEN))

    def sweeps(self, facts: Facts) -> Iterator[tuple[str, ...]]:
        """The facts that rise together when "more contract" is tried: all, then each base alone."""
        linked = tuple(
            name
            for name, fact in self.facts.items()
            if name in (*self.bases, "contract_amount") or fact.default in (*self.bases, "contract_amount")
        )
        yield linked
        if len(linked) > 1:
            yield from ((name,) for name in self.bases)

    def situations(self, tier: int, facts: Facts) -> Iterator[tuple[dict[str, Value], Position]]:
        """The case with other facts about money, and the positions, at which its amounts are tried."""
        scopes, plain = self.policy.caps, dict(facts)
        zero = (0,) * len(scopes)
        whole = self.policy.budget_amount_fen
        yield plain, Position(zero, whole)
        for at, scope in enumerate(scopes):
            limit = dict(scope.cap.tier_limit).get(self.pack.tiers[tier].id, scope.cap.limit)
            if not isinstance(limit, int):
                continue
            limit = scope.cap.worth(limit, scope.cap.price)
            for used in {max(0, limit - 1), limit, limit + 1}:
                yield plain, Position((*zero[:at], used, *zero[at + 1 :]), whole)
            if scope.cap.before:
                before = self.program.behind(scope.cap.before)[0]
                yield {**plain, before: max(0, limit - 7)}, Position(zero, whole)
            if scope.cap.overrun_reason:
                yield {**plain, scope.cap.overrun_reason: "a reason"}, Position(zero, whole)
        for rule in self.pack.stacking:
            for other in (1, TYPICAL_FEN // 3):
                yield {**plain, self.program.behind(rule.facts[0])[0]: other}, Position(zero, whole)
        own, why = self.pack.tiers[tier].officer
        for rate in (1, 333_333) if self.pack.tiers[tier].up_to else ():
            yield {**plain, own: rate, why: "a reason"}, Position(zero, whole)
        for left in (0, 1, 12_345) if whole is not None else ():
            yield plain, Position(zero, left)


def _passes(judge: Judge) -> Callable[[Values], bool]:
    return lambda values: judge(values, {}) is True


def row(facts: Facts, known: Mapping[str, Fact]) -> dict[str, str]:
    """The case as the cells of a file for ``calculate``: money in yuan, dates in ISO form."""
    return {
        name: _cell(value, known[name].type if name in known else "text")
        for name, value in facts.items()
        if value is not None
    }


def _cell(value: Value, kind: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, int) and kind in ("money", "rate"):
        return yuan(value) if kind == "money" else f"{value // MILLION}.{value % MILLION:06}"
    return value.isoformat() if isinstance(value, date) else str(value)
