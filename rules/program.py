"""A policy made ready to run: tests as functions over a tuple of values, tiers, and the amounts.

``condition``  each condition: pass, fail, or can't be told
``tier``       the tier, or the tiers that a missing fact leaves possible

and then the steps of `rules.amounts`. A test that needs an unset parameter raises `Asked`.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from rules.amounts import RATE, Amounts
from rules.facts import FROM_ISO, Fact, Facts, fits
from rules.faults import Unset
from rules.pack import Pack
from rules.parts import Condition, UnsetParameter
from rules.position import Scope, scope_facts
from rules.predicate import Judge, Predicate, Readings, Values, compile_predicate, missing_facts

MOST = 10**16
"""Above every amount there is; ten times it still fits a database's whole number."""


class Program:
    """The compiled form of a policy whose settled parameters are filled in."""

    def __init__(self, pack: Pack, unset: tuple[UnsetParameter, ...], facts: Mapping[str, Fact]) -> None:
        self.pack = pack
        self.unset = unset
        self.readings: dict[str, dict[str, Any]] = {
            parameter.id: {reading.id: reading.value for reading in parameter.readings} for parameter in unset
        }
        self.scopes = _scopes(pack)
        self.names = _with_defaults(_names(pack, self._fact_readings(), self.scopes), facts)
        self.facts = tuple(facts[name] for name in self.names)
        self.index = {name: at for at, name in enumerate(self.names)}
        self.days = tuple(
            (at, FROM_ISO[fact.type]) for at, fact in enumerate(self.facts) if fact.type in FROM_ISO
        )
        self._defaults = self._default_places()
        self._texts = self._places("text", "choice")
        self._moments = self._places("moment")
        self._fitting: dict[tuple[type, ...], tuple[tuple[int, ...], tuple[int, ...]]] = {}
        self.conditions = [self._condition(condition) for condition in pack.conditions]
        self.passed: list[tuple[str, bool | None]] = [(name, True) for name, _ in self.conditions]
        self.judges = tuple(judge for _, judge in self.conditions)
        self._tiers = [
            (compile_predicate(tier.when, self.index) if tier.when else None, tier.priority)
            for tier in pack.tiers
        ]
        self.tier_readings = self._tier_readings()
        self.one_rank = len({priority for judge, priority in self._tiers if judge}) <= 1
        self.ranked = [(at, judge) for at, (judge, _) in enumerate(self._tiers) if judge]
        self.otherwise = next((at for at, (judge, _) in enumerate(self._tiers) if judge is None), None)
        steps = Amounts(pack, self.index, self.scopes)
        self.amounts, self.short = steps.sum, steps.short
        self.single_readings = {
            name: tuple({name: value} for value in values.values()) for name, values in self.readings.items()
        }
        self.order = self._order()

    def _fact_readings(self) -> dict[str, tuple[Any, ...]]:
        return {name: tuple(values.values()) for name, values in self.readings.items()}

    def _order(self) -> dict[str, int]:
        """The order in which rules are named: that of the calculation."""
        names = [condition.id for condition in self.pack.conditions]
        names += [RATE, *(rule.id for rule in self.pack.stacking), *(rule.id for rule in self.pack.caps)]
        names += [self.pack.budget.id] if self.pack.budget else []
        names += [floor.id for floor in self.pack.floors]
        return {name: at for at, name in enumerate(names)}

    # -- values --------------------------------------------------------------------------------------

    def _places(self, *types: str) -> tuple[int, ...]:
        return tuple(at for at, fact in enumerate(self.facts) if fact.type in types)

    def _default_places(self) -> tuple[tuple[int, int | None], ...]:
        """Which place stands in for which: a default that has a default itself is filled in before."""
        places: dict[int, int | None] = {}

        def settle(name: str) -> None:
            at, default = self.index[name], self.facts[self.index[name]].default
            if isinstance(default, str) and at not in places:
                settle(default)
                places[at] = self.index[default]
            elif default == 0:
                places[at] = None

        for name in self.names:
            settle(name)
        return tuple(places.items())

    def values(self, facts: Facts) -> Values:
        """What the rules use of a case, in the witness's order, with the facts' defaults filled in.

        Blank texts are not known; a bare day is a moment at its midnight.
        """
        values = list(map(facts.get, self.names))
        for at in self._texts:
            if values[at] == "":
                values[at] = None
        for at in self._moments:
            value = values[at]
            if type(value) is date:
                values[at] = datetime(value.year, value.month, value.day)
        for at, other in self._defaults:
            if values[at] is None:
                values[at] = 0 if other is None else values[other]
        return tuple(values)

    def unusable(self, values: Values) -> tuple[str, ...]:
        """The facts whose values no rule can use: of another type than theirs, below zero, or too large.

        Which rows of types fit is remembered, so that the usual case costs one look at each number.
        """
        types = tuple(map(type, values))
        if types not in self._fitting:
            if not all(map(fits, self.facts, values)) or len(self._fitting) > 1_000:
                return self._misfits(values)
            self._fitting[types] = (
                tuple(at for at, kind in enumerate(types) if issubclass(kind, int) and kind is not bool),
                tuple(at for at, kind in enumerate(types) if issubclass(kind, datetime)),
            )
        numbers, moments = self._fitting[types]
        for at in numbers:
            if not 0 <= values[at] <= MOST:
                return self._misfits(values)
        for at in moments:
            if values[at].tzinfo is not None:
                return self._misfits(values)
        return ()

    def _misfits(self, values: Values) -> tuple[str, ...]:
        return tuple(
            fact.id
            for fact, value in zip(self.facts, values, strict=True)
            if not fits(fact, value) or (isinstance(value, int) and value > MOST)
        )

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
                    for value in self.readings[name].values()
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

    def sole_tier(self, values: Values) -> int | None:
        """The tier that every reading leads to; ``None`` where facts or readings leave it open."""
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

    def missing_for_tier(self, values: Values, readings: Readings) -> tuple[str, ...]:
        """The unknown facts that leave more than one tier possible."""
        found: dict[str, None] = {}
        for at in self.tier(values, readings):
            when = self.pack.tiers[at].when
            judge = self._tiers[at][0]
            if when is not None and judge is not None and judge(values, readings) is None:
                found.update(dict.fromkeys(missing_facts(when, values, self.index, readings)))
        return tuple(sorted(found, key=self.index.__getitem__))


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


def _scopes(pack: Pack) -> tuple[Scope, ...]:
    scopes: list[Scope] = []
    for cap in pack.caps:
        if cap.counts != "award":
            continue
        scopes += [Scope(cap, tier) for tier in cap.tiers] or [Scope(cap)]
    return tuple(scopes)


def _names(pack: Pack, readings: Mapping[str, tuple[Any, ...]], scopes: tuple[Scope, ...]) -> tuple[str, ...]:
    """Every fact the policy uses, in a fixed order: the witness's."""
    names: dict[str, None] = {pack.chosen_by: None}
    tests = [
        test for condition in pack.conditions for test in (condition.applies_when, condition.test) if test
    ]
    for test in (*tests, *(tier.when for tier in pack.tiers if tier.when)):
        names.update(dict.fromkeys(test.facts(readings)))
    if any(condition.round_window for condition in pack.conditions):
        names.update(dict.fromkeys(("window_from", "window_until")))
    for slot in pack.base.smallest_of:
        names.update(dict.fromkeys(readings.get(slot.id, ()) if isinstance(slot, Unset) else (slot,)))
    names.update(dict.fromkeys(pack.base.less))
    for stacking in pack.stacking:
        names.update(dict.fromkeys((*stacking.facts, stacking.of)))
    for scope in scopes:
        names.update(dict.fromkeys(scope_facts(pack, scope.cap.per)))
        names.update(dict.fromkeys(name for name in (scope.cap.before, scope.cap.overrun_reason) if name))
    if pack.budget:
        names.update(dict.fromkeys(name for name, _ in pack.budget.rank_by))
    if any(tier.up_to for tier in pack.tiers):
        names.update(dict.fromkeys(("officer_rate", "officer_rate_reason")))
    return tuple(names)


def _with_defaults(names: tuple[str, ...], facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """The names, and behind them those of the facts that stand in for empty ones."""
    found = dict.fromkeys(names)
    for name in names:
        default = facts[name].default
        while isinstance(default, str) and default not in found:
            found[default] = None
            default = facts[default].default
    return tuple(found)
