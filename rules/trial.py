"""Trial cases: made-up cases that stand at every edge of a policy, for the check of a pack.

An edge is where a rule changes its answer: a bound of a test, the end of a band, a cap or a floor, a date.
From the policy's own figures `Trials` makes, for every tier, a case that passes every condition, and then
moves its amounts one fen, and its dates one day, around each edge. Rules are linear between edges, so what
holds at all of them holds between them too.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from rules.counter_keys import scope_facts
from rules.facts import MILLION, Fact, Facts, Value
from rules.faults import MOST_FEN, Unset
from rules.money import yuan
from rules.months import add_months
from rules.policy import Policy, Supplement
from rules.position import Position
from rules.predicate import MONTHS, FactRef, Predicate

MOST_WORLDS, MOST_CHOICES = 16, 1_500
_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)
_LADDER = (0, 1, 2, 3, 5, 10, 99, 100, 101, 100_000, 100_000_000, 10**12, 10**15 - 1, 10**15)
TYPICAL_FEN = 100_000_000


class Case(NamedTuple):
    """A case and the position it is decided at; what `calculate` would be given."""

    facts: Facts
    position: Position


def worlds(policy: Policy) -> list[Policy]:
    """The policy under every combination of the readings of its open parameters, at most `MOST_WORLDS`."""
    pack = policy.pack
    asked = [parameter for parameter in policy.open_parameters if parameter.readings]
    found = []
    for choice in itertools.product(*(parameter.readings for parameter in asked)):
        supplements = [
            Supplement(pack.id, parameter.id, reading.id, pack.in_force_from, None, "trial")
            for parameter, reading in zip(asked, choice, strict=True)
        ]
        found.append(Policy(pack, [*policy.supplements, *supplements], policy.calendar))
        if len(found) == MOST_WORLDS:
            break
    return found


class Trials:
    """The trial cases of one policy without open parameters."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.pack = policy.rules
        self.program = policy.program
        self.facts: Mapping[str, Fact] = {fact.id: fact for fact in self.program.facts}
        self.needed = self._needed()
        self.day = self._legal_day()
        self.edges = self._edges()
        self.bases = tuple(
            dict.fromkeys(str(slot) for slot in self.pack.base.smallest_of if not isinstance(slot, Unset))
        )

    # -- what a case is made of ----------------------------------------------------------------------

    def _legal_day(self) -> datetime:
        """A moment at which the pack is in force and its window is open."""
        opens = [datetime.combine(self.pack.in_force_from, time())]
        for test in self._tests():
            for part in _leaves(test):
                if part.op == "within" and part.fact == self.pack.chosen_by and part.value[0] is not None:
                    opens.append(_moment(part.value[0]))
        return max(opens)

    def _needed(self) -> frozenset[str]:
        """The facts without which no amount can be calculated: an ordinary case knows them all."""
        names = {name for rule in self.pack.stacking for name in rule.facts} | set(self.pack.base.less)
        for scope in self.program.scopes:
            names |= {*scope_facts(self.pack, scope.cap.per), scope.cap.before}
        return frozenset(names)

    def _tests(self) -> Iterator[Predicate]:
        for condition in self.pack.conditions:
            yield from (test for test in (condition.applies_when, condition.test) if test)
        yield from (tier.when for tier in self.pack.tiers if tier.when)

    def _edges(self) -> dict[str, tuple[Value, ...]]:
        """For each fact the values to try, the most ordinary one first."""
        found: dict[str, dict[Value, None]] = {name: {self._usual(name): None} for name in self.facts}
        for test in self._tests():
            for part in _leaves(test):
                for name, value in self._around(part):
                    found[name][value] = None
        return {name: tuple(values) for name, values in found.items()}

    def _usual(self, name: str) -> Value:
        fact, day = self.facts[name], self.day
        if fact.type == "money":
            usual = name == "contract_amount" or name in self.pack.base.smallest_of
            return TYPICAL_FEN if usual else 0 if fact.default == 0 or name in self.needed else None
        if fact.type == "moment":
            return None if name.startswith("window_") else day
        if fact.type == "date":
            days = {"founded_on": -1100, "signed_on": 0, "starts_on": 0, "ends_on": 300}
            return day.date() + timedelta(days=days.get(name, 0))
        usual_words: dict[str, Value] = {name: f"{name}-1"} if name in self.needed else {}
        if fact.type == "choice":
            return fact.choices[0] if fact.choices else "enterprise"
        if name in ("officer_rate", "officer_rate_reason"):
            return None
        return {"text": usual_words.get(name), "yes_no": True, "integer": 1, "rate": None}[fact.type]

    def _around(self, part: Predicate) -> Iterator[tuple[str, Value]]:
        if isinstance(part.fact, Unset) or not part.fact:
            return
        fact = self.facts[part.fact]
        if isinstance(part.value, Unset):
            return
        if part.op in MONTHS:
            day = (self.day if fact.type == "moment" else self._usual(part.fact)) or self.day
            start = add_months(_day(day), -int(part.value))
            yield from ((part.after, start + shift * _DAY) for shift in (-1, 0, 1))
        elif part.op == "given":
            yield from ((part.fact, None), (part.fact, self._some(fact)))
        elif isinstance(part.value, FactRef):
            for name, other in ((part.fact, part.value.id), (part.value.id, part.fact)):
                yield from ((name, value) for value in _near(fact.type, self._usual(other)))
        else:
            bounds = part.value if part.op in ("within", "one_of", "none_of") else (part.value,)
            for bound in bounds:
                if bound is not None:
                    yield from ((part.fact, value) for value in _near(fact.type, bound))
            if fact.type == "yes_no":
                yield from ((part.fact, answer) for answer in (True, False))
            if part.op in ("is", "one_of", "none_of") and fact.type in ("choice", "text"):
                yield from ((part.fact, word) for word in fact.choices)
                yield part.fact, None if fact.choices else "something-else"

    def _some(self, fact: Fact) -> Value:
        kinds: dict[str, Value] = {"text": "given", "choice": "given", "yes_no": True, "moment": self.day}
        return kinds.get(fact.type, self.day.date() if fact.type == "date" else 1)

    # -- ordinary cases ------------------------------------------------------------------------------

    def passes(self, facts: Facts) -> bool:
        """Whether every condition surely holds."""
        values = self.policy.values(facts)
        return all(judge(values, {}) is True for judge in self.program.judges)

    def passing(self) -> dict[str, Value] | None:
        """A case that passes every condition; ``None`` where none was found."""
        facts = {name: edges[0] for name, edges in self.edges.items()}
        for _ in range(3):
            for at, condition in enumerate(self.pack.conditions):
                tests = [test for test in (condition.applies_when, condition.test) if test]
                names = dict.fromkeys(name for test in tests for name in test.facts({}))
                for changed in self.choices(facts, names):
                    if self.program.judges[at](self.policy.values(changed), {}) is True:
                        facts = changed
                        break
            if self.passes(facts):
                return facts
        return None

    def choices(self, facts: Mapping[str, Value], names: Iterable[str]) -> Iterator[dict[str, Value]]:
        """The case as it is, and with every combination of edge values of the named facts."""
        names = [name for name in names if name in self.edges]
        yield dict(facts)
        options = [self.edges[name] for name in names]
        for choice in itertools.islice(itertools.product(*options), MOST_CHOICES):
            yield {**facts, **dict(zip(names, choice, strict=True))}

    def by_tier(self, facts: Mapping[str, Value]) -> Iterator[tuple[dict[str, Value], tuple[int, ...]]]:
        """Passing cases with every fact known, at the edges of the tiers' tests, each with its tiers."""
        names = dict.fromkeys(
            name
            for tier in self.pack.tiers
            if tier.when
            for name in tier.when.facts({})
            if name in self.edges
        )
        for changed in self.choices(facts, names):
            values = self.policy.values(changed)
            if self.passes(changed) and all(values[self.program.index[name]] is not None for name in names):
                yield changed, self.program.certain_tiers(values, {})

    # -- amounts and positions -----------------------------------------------------------------------

    def amounts(self, tier: int) -> tuple[int, ...]:
        """The base amounts around which the award of a tier may change its rule, in rising order."""
        rule, pack = self.pack.tiers[tier], self.pack
        limits = [cap.limit for cap in pack.caps] + [cap.overrun_limit for cap in pack.caps]
        limits += [limit for cap in pack.caps for _, limit in cap.tier_limit]
        limits += [floor.at_least for floor in pack.floors] + [band.up_to for band in rule.bands]
        limits += [pack.budget.amount] if pack.budget else []
        rates = [rule.rate, *(band.rate for band in rule.bands), MILLION]
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
            for used in {max(0, limit - 1), limit, limit + 1}:
                yield plain, Position((*zero[:at], used, *zero[at + 1 :]), whole)
            if scope.cap.before:
                yield {**plain, scope.cap.before: max(0, limit - 7)}, Position(zero, whole)
            if scope.cap.overrun_reason:
                yield {**plain, scope.cap.overrun_reason: "a reason"}, Position(zero, whole)
        for rule in self.pack.stacking:
            for other in (1, TYPICAL_FEN // 3):
                yield {**plain, rule.facts[0]: other}, Position(zero, whole)
        for rate in (1, 333_333) if self.pack.tiers[tier].up_to else ():
            yield {**plain, "officer_rate": rate, "officer_rate_reason": "a reason"}, Position(zero, whole)
        for left in (0, 1, 12_345) if whole is not None else ():
            yield plain, Position(zero, left)


def _leaves(test: Predicate) -> Iterator[Predicate]:
    if not test.parts:
        yield test
    for part in test.parts:
        yield from _leaves(part)


def _near(kind: str, bound: Any) -> Iterator[Value]:
    if kind in ("money", "integer", "rate"):
        yield from (bound + shift for shift in (0, 1, -1) if bound + shift >= 0)
    elif kind == "moment":
        moment = _moment(bound)
        yield from (moment, moment + _DAY, moment - _SECOND)
    elif kind == "date":
        yield from (bound, bound + _DAY, bound - _DAY)
    else:
        yield bound


def _moment(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time())


def _day(value: Any) -> date:
    return value.date() if isinstance(value, datetime) else value


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
