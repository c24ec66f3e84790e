"""A policy made ready to run: tests as functions over a tuple of values, tiers, and the amounts.

``condition``  each condition: pass, fail, or can't be told
``tier``       the tier, or the tiers that a missing fact leaves possible

and then the steps of `rules.amounts`. A test that needs an unset parameter raises `Asked`.
"""

import itertools
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from rules.amounts import RATE, Amounts
from rules.computed import Computed, base_terms
from rules.counter_keys import Scope, scope_facts
from rules.facts import Fact
from rules.faults import Unset
from rules.pack import Pack
from rules.parts import BASE, Condition, UnsetParameter
from rules.predicate import (
    Asked,
    FactRef,
    Judge,
    Predicate,
    Readings,
    Values,
    compile_predicate,
    missing_facts,
)
from rules.row import Row
from rules.workdays import Calendar


class Program:
    """The compiled form of a policy whose settled parameters are filled in."""

    def __init__(
        self,
        pack: Pack,
        unset: tuple[UnsetParameter, ...],
        facts: Mapping[str, Fact],
        calendar: Calendar | None = None,
    ) -> None:
        self.pack = pack
        self.ref = pack.ref
        self.unset = unset
        self.readings: dict[str, dict[str, Any]] = {
            parameter.id: {reading.id: reading.value for reading in parameter.readings} for parameter in unset
        }
        self.waiting = {parameter.id: None for parameter in unset if not parameter.readings}
        """The parameters that wait for the office: no reading to take, so not known to a test."""
        self.scopes = _scopes(pack, self.readings)
        tests = list(_tests(pack))
        self.spans = tuple(dict.fromkeys(span for test in tests for span in test.spans()))
        self.row = self._row(facts, tests, calendar)
        row = self.row
        self.names, self.facts, self.values, self.unusable = row.names, row.facts, row.values, row.unusable
        uses_base = BASE not in self.row.index and any(BASE in test.facts({}) for test in tests)
        self.computed = Computed(pack, self.row.index, uses_base)
        self.index = self.computed.index
        self.shown_facts = (*self.facts, *self.computed.facts)
        """Of each value that the rules go through (`full`)."""
        self.conditions = [self._condition(condition) for condition in pack.conditions]
        self.conditions += [(fact.id, _known(self.index[fact.id])) for fact in self.facts if fact.known]
        self.passed: list[tuple[str, bool | None]] = [(name, True) for name, _ in self.conditions]
        self.judges = tuple(judge for _, judge in self.conditions)
        self._compile_tiers()
        steps = Amounts(pack, self.computed, self.scopes)
        self.amounts, self.short, self.whole_of = steps.sum, steps.short, steps.whole_of
        self.plain_end = steps.plain_end
        self.order = self._order()
        self.ends: dict[tuple[str, int], tuple[tuple[str, int], ...]] = {}
        """What each reading leaves a case for which the budget does not reach, by parameter and rest; nothing
        where all leave the same."""

    @cached_property
    def counted_only(self) -> frozenset[str]:
        """The texts that name counters and that nothing else asks for."""
        counted = {name for scope in self.scopes for name in self.scope_facts(scope)}
        asked = {name for test in _tests(self.pack) for name in test.facts(self._fact_readings())}
        texts = {fact.id for fact in self.facts if fact.type == "text"}
        return frozenset((counted & texts) - asked)

    @cached_property
    def single_readings(self) -> dict[str, tuple[dict[str, Any], ...]]:
        """Each reading of a parameter, taken alone."""
        return {
            name: tuple({name: value} for value in values.values()) for name, values in self.readings.items()
        }

    @cached_property
    def labels(self) -> dict[str, tuple[str, ...]]:
        """What each reading of a parameter is called beside others."""
        return {
            name: tuple(f"{name}={reading}" for reading in values) for name, values in self.readings.items()
        }

    def _test(self, test: Predicate | None) -> Judge | None:
        return None if test is None else compile_predicate(test, self.index)

    def _row(self, facts: Mapping[str, Fact], tests: list[Predicate], calendar: Calendar | None) -> Row:
        """The facts that the policy uses, with the working days that its tests ask for."""
        counts = {span.name: Fact(span.name, "integer", span.name, span.name) for span in self.spans}
        names = _names(self.pack, facts, self._fact_readings(), self.scopes, tests)
        return Row({**facts, **counts}, names, self.spans, calendar)

    def full(self, values: Values) -> Values:
        """The values of a row with the computed amounts behind them (`rules.computed`)."""
        return self.computed.full(values) if self.computed.names else values

    def behind(self, name: str) -> tuple[str, ...]:
        """The facts that an amount is made of: itself, unless it is computed."""
        return tuple(dict.fromkeys(_expanded(self.pack, {fact.id: fact for fact in self.facts}, name)))

    def scope_facts(self, scope: Scope) -> tuple[str, ...]:
        """The facts that name a counter."""
        return scope_facts(self.pack, scope.per)

    def _fact_readings(self) -> dict[str, tuple[Any, ...]]:
        return {name: tuple(values.values()) for name, values in self.readings.items()}

    def _order(self) -> dict[str, int]:
        """The order in which rules are named: that of the calculation."""
        names = [name for name, _ in self.conditions]
        names += [RATE, *(rule.id for rule in self.pack.stacking), *(rule.id for rule in self.pack.caps)]
        names += [self.pack.budget.id] if self.pack.budget else []
        names += [floor.id for floor in self.pack.floors]
        return {name: at for at, name in enumerate(names)}

    # -- conditions ----------------------------------------------------------------------------------

    def _condition(self, condition: Condition) -> tuple[str, Judge]:
        judge = compile_predicate(condition.test, self.index)
        if condition.round_window:
            judge = _round_window(condition.test, self.index)
        if condition.applies_when is None:
            return condition.id, judge
        applies = compile_predicate(condition.applies_when, self.index)

        def judge_where_it_applies(values: Values, readings: Readings) -> bool | None:
            asked = applies(values, readings)
            if asked is False:
                return True
            answer = judge(values, readings)
            return answer if asked or answer else None

        return condition.id, judge_where_it_applies

    # -- tiers ---------------------------------------------------------------------------------------

    def _compile_tiers(self) -> None:
        self._tiers = [(self._test(tier.when), tier.priority) for tier in self.pack.tiers]
        self.tier_readings = self._tier_readings()
        self.one_rank = len({priority for judge, priority in self._tiers if judge}) <= 1
        self.ranked = [(at, judge) for at, (judge, _) in enumerate(self._tiers) if judge]
        self.otherwise = next((at for at, (judge, _) in enumerate(self._tiers) if judge is None), None)
        self.choice = None
        """The one tier with a test, what it asks, and the tier of all other cases, as most packs have it;
        with the readings to ask under."""
        if len(self.ranked) == 1 and self.otherwise is not None:
            self.choice = (*self.ranked[0], self.otherwise, self.tier_readings[0], self.tier_readings[1:])

    def _tier_readings(self) -> tuple[dict[str, Any], ...]:
        """Every combination of the readings that the tiers may ask for."""
        asked: dict[str, None] = {}
        for tier in self.pack.tiers:
            asked.update(dict.fromkeys(tier.when.unset() if tier.when else ()))
        combinations: list[dict[str, Any]] = [{}]
        for name in asked:
            if name in self.readings:
                combinations = [
                    {**taken_so_far, name: value}
                    for taken_so_far in combinations
                    for value in self.readings[name].values() or (None,)
                ]
        return tuple(combinations)

    def tier(self, values: Values, readings: Readings) -> tuple[int, ...]:
        """The tiers possible under these readings; one where every fact it takes is known.

        An empty tuple says that no tier fits; two of one priority that both hold are both given.
        """
        best = None
        possible: list[tuple[int, int]] = []
        for at, (judge, priority) in enumerate(self._tiers):
            answer = True if judge is None else judge(values, readings)
            if answer and (best is None or priority > best):
                best = priority
            if answer is not False:
                possible.append((at, priority))
        return tuple(at for at, priority in possible if best is None or priority >= best)

    def possible_tiers(self, values: Values) -> frozenset[int]:
        """Every tier that some reading leads to, or that a fact which is not known leaves possible."""
        full = self.full(values)
        ways = [{**self.waiting, **readings} for readings in self.tier_readings]
        return frozenset(at for readings in ways for at in self.tier(full, readings))

    def sole_tier(self, values: Values) -> int | None:
        """The tier that every reading leads to; ``None`` where facts or readings leave it open."""
        if self.choice is not None:
            at, judge, otherwise, first, others = self.choice
            answer = judge(values, first)
            for readings in others:
                if judge(values, readings) is not answer:
                    return None
            return None if answer is None else at if answer else otherwise
        if not self.one_rank:
            found = {self.tier(values, readings) for readings in self.tier_readings}
            only = found.pop()
            return None if found or len(only) != 1 else only[0]
        sole = None
        for readings in self.tier_readings:
            fits = None
            for at, judge in self.ranked:
                answer = judge(values, readings)
                if answer is None or (answer and fits is not None):
                    return None
                if answer:
                    fits = at
            if fits is None:
                fits = self.otherwise
            if fits is None or (sole is not None and sole != fits):
                return None
            sole = fits
        return sole

    def certain_tiers(self, values: Values, readings: Readings) -> tuple[int, ...]:
        """The tiers whose test surely holds, of the highest priority among them."""
        sure = [
            (priority, at)
            for at, (judge, priority) in enumerate(self._tiers)
            if judge is None or judge(values, readings)
        ]
        top = max((priority for priority, _ in sure), default=0)
        return tuple(at for priority, at in sure if priority == top)

    def why_tiers(self, values: Values, readings: Readings) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The unknown facts that leave more than one tier possible, and the parameters that wait."""
        found: dict[str, None] = {}
        waits: dict[str, None] = {}
        seen = {**self.waiting, **readings}
        for at in self.tier(values, seen):
            when = self.pack.tiers[at].when
            judge = self._tiers[at][0]
            if when is not None and judge is not None and judge(values, seen) is None:
                names = missing_facts(when, values, self.index, seen)
                blank = [each for name in names for each in self.computed.blank(name, values)]
                found.update(dict.fromkeys(name for name in blank if name not in self.waiting))
                waits.update(dict.fromkeys(name for name in blank if name in self.waiting))
                waits.update(dict.fromkeys(self._waited(judge, values, readings)))
        return tuple(sorted(found, key=self.index.__getitem__)), tuple(waits)

    def why_open(
        self, unknown: tuple[str, ...], values: Values, readings: Readings
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Of the conditions that can't be told, those that a blank fact leaves open; and the parameters for
        which the others wait. Asking the applicant would settle the former alone."""
        named: list[str] = []
        waits: dict[str, None] = {}
        for name, judge in self.conditions:
            if name in unknown:
                blank = self._blank(name, values)
                asked = [
                    *self._waited(judge, values, readings),
                    *(one for one in blank if one in self.waiting),
                ]
                waits.update(dict.fromkeys(asked))
                named += [] if asked and not blank - self.waiting.keys() else [name]
        return tuple(named), tuple(waits)

    def _blank(self, name: str, values: Values) -> set[str]:
        """The facts that a condition looks at and that are not known, with prices that are not set."""
        one = next((each for each in self.pack.conditions if each.id == name), None)
        tests = [test for test in (one.applies_when, one.test) if test] if one else []
        facts = [fact for test in tests for fact in test.facts(self._fact_readings())]
        return {
            each
            for fact in facts
            if values[self.index[fact]] is None
            for each in self.computed.blank(fact, values)
        }

    def _waited(self, judge: Judge, values: Values, readings: Readings) -> tuple[str, ...]:
        """The parameters without readings that a test which can't be told comes to, one after another."""
        asked: dict[str, None] = {}
        while True:
            try:
                judge(values, {**readings, **asked})
            except Asked as need:
                asked[need.parameter] = None
            else:
                return tuple(asked)


def _round_window(test: Predicate, index: Mapping[str, int]) -> Judge:
    opens, closes = test.value
    at, opens_at, closes_at = index[str(test.fact)], index["window_from"], index["window_until"]

    def judge(values: Values, readings: Readings) -> bool | None:
        moment = values[at]
        if moment is None:
            return None
        start, end = values[opens_at] or opens, values[closes_at] or closes
        return (start is None or moment >= start) and (end is None or moment < end)

    return judge


def _known(at: int) -> Judge:
    return lambda values, readings: None if values[at] is None else True


def _scopes(pack: Pack, readings: Mapping[str, Mapping[str, Any]]) -> tuple[Scope, ...]:
    scopes: list[Scope] = []
    for cap in pack.caps:
        if cap.counts != "award":
            continue
        open_ = dict.fromkeys(one.id for one in cap.per if isinstance(one, Unset))
        ways = itertools.product(*([(name, str(fact)) for fact in readings[name].values()] for name in open_))
        scopes += [Scope(cap, tier, way) for way in ways for tier in cap.tiers or ("",)]
    return tuple(scopes)


def _tests(pack: Pack) -> Iterator[Predicate]:
    """Every test of a pack, in the order in which they are asked."""
    for condition in pack.conditions:
        yield from (test for test in (condition.applies_when, condition.test) if test)
    yield from (tier.when for tier in pack.tiers if tier.when)


def _names(
    pack: Pack,
    facts: Mapping[str, Fact],
    readings: Mapping[str, tuple[Any, ...]],
    scopes: tuple[Scope, ...],
    tests: list[Predicate],
) -> tuple[str, ...]:
    """Every fact the policy uses, in a fixed order: the witness's. A computed amount stands for its facts."""
    names: dict[str, None] = {pack.chosen_by: None}
    for test in tests:
        names.update(dict.fromkeys(test.facts(readings)))
    if any(condition.round_window for condition in pack.conditions):
        names.update(dict.fromkeys(("window_from", "window_until")))
    for slot in pack.base.smallest_of:
        names.update(dict.fromkeys(readings.get(slot.id, ()) if isinstance(slot, Unset) else (slot,)))
    names.update(dict.fromkeys(pack.base.less))
    for stacking in pack.stacking:
        names.update(dict.fromkeys((*stacking.facts, *(name for name, _ in stacking.of))))
    for scope in scopes:
        names.update(dict.fromkeys(scope_facts(pack, scope.per)))
        names.update(dict.fromkeys(name for name in (scope.cap.before, scope.cap.overrun_reason) if name))
    for fact, _ in pack.budget.rank_by if pack.budget else ():
        names.update(dict.fromkeys(readings.get(fact.id, ()) if isinstance(fact, Unset) else (fact,)))
    for tier in pack.tiers:
        names.update(dict.fromkeys(tier.officer if tier.up_to else ()))
    names.update(_of_new_keys(pack, facts))
    return tuple(dict.fromkeys(each for name in names for each in _expanded(pack, facts, name)))


def _of_new_keys(pack: Pack, facts: Mapping[str, Fact]) -> dict[str, None]:
    """The facts of cost lines, of rates that a fact says, of floors on sums, and those that must be known."""
    names = dict.fromkeys(line.fact for line in pack.lines)
    rates = [*(tier.rate for tier in pack.tiers), *(line.rate for line in pack.lines)]
    names.update(dict.fromkeys(rate.id for rate in rates if isinstance(rate, FactRef)))
    names.update(dict.fromkeys(floor.on for floor in pack.floors if floor.on not in ("base", "award")))
    names.update(dict.fromkeys(name for name in pack.facts if facts[name].known))
    return names


def _expanded(pack: Pack, facts: Mapping[str, Fact], name: str) -> Iterator[str]:
    """A fact itself; of a computed amount, the facts that it is made of."""
    total = next((total for total in pack.totals if total.id == name), None)
    if total is not None:
        for term, _ in total.terms:
            yield from _expanded(pack, facts, term)
    elif name == BASE and name not in facts:
        for term in base_terms(pack):
            yield from _expanded(pack, facts, term)
    else:
        yield name
