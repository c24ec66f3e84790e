"""A policy made ready to run: tests and steps as functions over a tuple of values.

The steps of the calculation are closed and stand in one order; each is total, and its name keeps its
meaning for ever (a changed meaning is a new name):

``condition``  each condition: pass, fail, or can't be told
``tier``       the tier, or the tiers that a missing fact leaves possible
``base``       the smallest base, less the lines that do not count, raised to a floor where the pack says so
``rate``       rate × base, a fixed sum, or bands: the computed amount, rounded as the pack says
``stacking``   what other public money leaves
``cap``        what each cap leaves
``budget``     what the budget leaves
``rounding``   rounding at the end
``floor``      the least award: below it refused, or raised to it within what the limits leave

A step that needs an unset parameter raises `Asked`; one that needs an unknown fact raises `Lacking`.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from rules.facts import MILLION, Fact, Facts
from rules.faults import MOST_FEN, Unset
from rules.money import Mode, apply_ratio
from rules.pack import Cap, Pack, Stacking, Tier, UnsetParameter
from rules.position import Scope, scope_facts
from rules.predicate import Judge, Predicate, Readings, Values, compile_predicate, missing_facts, taken

RATE, BUDGET = "rate", "budget"


class Lacking(Exception):
    """An amount can't be calculated because a fact is not known."""

    def __init__(self, fact: str) -> None:
        super().__init__(fact)
        self.fact = fact


class Sum(NamedTuple):
    """One way through the amounts: the figures in fen from which every line can be told.

    ``limits`` holds what each engaged rule left, with its id, in order; ``stops`` says that the budget
    is closed from here on.
    """

    tier: int
    rate: int | None
    base: int
    computed: int
    limits: tuple[tuple[str, int], ...]
    award: int
    binding: str
    stops: bool = False


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
        self._defaults = self._default_places()
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
        self.amounts = Amounts(pack, self.index, self.scopes).sum
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

    def _default_places(self) -> tuple[tuple[int, int | None], ...]:
        places: list[tuple[int, int | None]] = []
        for at, fact in enumerate(self.facts):
            if isinstance(fact.default, str):
                places.append((at, self.index[fact.default]))
            elif fact.default == 0:
                places.append((at, None))
        return tuple(places)

    def values(self, facts: Facts) -> Values:
        """What the rules use of a case, in the witness's order, with the facts' defaults filled in."""
        values = list(map(facts.get, self.names))
        for at, other in self._defaults:
            if values[at] is None:
                values[at] = 0 if other is None else values[other]
        return tuple(values)

    # -- conditions ----------------------------------------------------------------------------------

    def _condition(self, condition: Any) -> tuple[str, Judge]:
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
        tiers = cap.tiers or tuple(name for name, _ in cap.tier_limit)
        scopes += [Scope(cap, tier) for tier in tiers] or [Scope(cap)]
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


class Amounts:
    """The steps from the base to the award, for one tier."""

    def __init__(self, pack: Pack, index: Mapping[str, int], scopes: tuple[Scope, ...]) -> None:
        self.index = index
        self.base_slots = pack.base.smallest_of
        self.less = tuple(pack.base.less)
        modes = {rounding.where: rounding for rounding in pack.rounding}
        self.line, self.step, self.end = (modes.get(where) for where in ("line", "step", "end"))
        self.base_floors = [floor for floor in pack.floors if floor.on == "base"]
        self.award_floors = [floor for floor in pack.floors if floor.on == "award"]
        self.budget = pack.budget
        self.tiers = [self._tier(tier) for tier in pack.tiers]
        self.stacking = [[self._stacking(rule, tier) for rule in pack.stacking] for tier in pack.tiers]
        self.caps = [
            [self._cap(scope, at) for at, scope in enumerate(scopes) if scope.tier in ("", tier.id)]
            for tier in pack.tiers
        ]
        self.scope_places = [index[name] for scope in scopes for name in scope_facts(pack, scope.cap.per)]
        self.needed = tuple(dict.fromkeys(self.scope_places))
        self.names = tuple(index)
        self.plain_base = self._plain_base()

    def _plain_base(self) -> int | None:
        """The one place the base is read from, where nothing else is to be done with it."""
        if len(self.base_slots) == 1 and not self.less and not self.line and not self.base_floors:
            slot = self.base_slots[0]
            return None if isinstance(slot, Unset) else self.index[slot]
        return None

    def sum(
        self, tier: int, values: Values, used: tuple[int, ...], left: int | None, readings: Readings
    ) -> Sum:
        """The award in one tier at a position, with everything that made it.

        Raises:
            Asked: an unset parameter matters that has no reading.
            Lacking: a fact is missing without which no amount can be calculated.
        """
        for at in self.needed:
            if values[at] is None:
                raise Lacking(self.names[at])
        if self.plain_base is None:
            base, refused = self._base(values, readings)
            if refused:
                return Sum(tier, None, base, 0, (), 0, refused)
        else:
            base = values[self.plain_base]
            if base is None:
                raise Lacking(self.names[self.plain_base])
        rate, computed = self.tiers[tier](base, values, readings)
        award, binding = computed, RATE
        limits: list[tuple[str, int]] = []
        for name, limit_of in self.stacking[tier]:
            limit = limit_of(computed, values, readings)
            if limit is not None:
                limits.append((name, limit))
                if limit < award:
                    award, binding = limit, name
        for name, left_of in self.caps[tier]:
            limit = left_of(values, used, readings)
            limits.append((name, limit))
            if limit < award:
                award, binding = limit, name
        stops = False
        if left is not None and self.budget is not None:
            limits.append((self.budget.id, left))
            if left < award:
                award, stops = self._short(left, readings)
                binding = self.budget.id
        if self.end is not None or self.award_floors:
            award, binding = self._finish(award, binding, limits, readings)
        return Sum(tier, rate, base, computed, tuple(limits), award, binding, stops)

    def _base(self, values: Values, readings: Readings) -> tuple[int, str]:
        amounts = [self._amount(slot, values, readings) for slot in self.base_slots]
        base = min(amounts) - sum(self._amount(name, values, readings) for name in self.less)
        base = max(base, 0)
        for floor in self.base_floors:
            least = taken(floor.at_least, readings) if isinstance(floor.at_least, Unset) else floor.at_least
            if base < least:
                if floor.how == "refuse":
                    return base, floor.id
                base = least
        return base, ""

    def _amount(self, slot: Any, values: Values, readings: Readings) -> int:
        name = taken(slot, readings) if isinstance(slot, Unset) else slot
        value = values[self.index[name]]
        if value is None:
            raise Lacking(name)
        amount = int(value)
        return _rounded(amount, self.line.unit, self.line.mode) if self.line else amount

    def _tier(self, tier: Tier) -> Callable[[int, Values, Readings], tuple[int | None, int]]:
        unit, mode = (self.step.unit, self.step.mode) if self.step else (1, "down")
        if tier.bands:
            return lambda base, values, readings: (None, _banded(tier, base, unit, mode))
        if tier.fixed is not None:
            fixed = tier.fixed
            return lambda base, values, readings: (
                None,
                taken(fixed, readings) if isinstance(fixed, Unset) else fixed,
            )
        plain = unit == 1 and mode == "down"
        rate: Any = tier.rate
        if tier.up_to or isinstance(rate, Unset) or not plain:
            return self._moving_rate(tier, unit, mode)
        share = int(rate)
        return lambda base, values, readings: (share, base * share // MILLION)

    def _moving_rate(
        self, tier: Tier, unit: int, mode: str
    ) -> Callable[[int, Values, Readings], tuple[int | None, int]]:
        own, why = (
            self.index.get(name) if tier.up_to else None for name in ("officer_rate", "officer_rate_reason")
        )

        def computed(base: int, values: Values, readings: Readings) -> tuple[int | None, int]:
            rate = taken(tier.rate, readings) if isinstance(tier.rate, Unset) else tier.rate
            lower = values[own] if own is not None else None
            if lower is not None and lower < rate:
                if why is None or not values[why]:
                    raise Lacking("officer_rate_reason")
                rate = lower
            return rate, apply_ratio(base, rate, MILLION, unit, _mode(mode))

        return computed

    def _stacking(
        self, rule: Stacking, tier: Tier
    ) -> tuple[str, Callable[[int, Values, Readings], int | None]]:
        places = [self.index[name] for name in rule.facts]
        of_place, of_name = self.index[rule.of], rule.of
        share = dict(rule.tier_share).get(tier.id, rule.share)

        def limit(computed: int, values: Values, readings: Readings) -> int | None:
            other = 0
            for place in places:
                amount = values[place]
                if amount is None:
                    raise Lacking(self.names[place])
                other += amount
            if not other:
                return None
            if rule.how == "exclude":
                return 0
            if rule.how == "deduct":
                return max(0, computed - other)
            whole = values[of_place]
            if whole is None:
                raise Lacking(of_name)
            part = taken(share, readings) if isinstance(share, Unset) else share
            return max(0, int(whole) * part // MILLION - other)

        return rule.id, limit

    def _cap(self, scope: Scope, at: int) -> tuple[str, Callable[[Values, tuple[int, ...], Readings], int]]:
        cap: Cap = scope.cap
        before = self.index[cap.before] if cap.before else None
        reason = self.index[cap.overrun_reason] if cap.overrun_limit is not None else None
        slot = dict(cap.tier_limit).get(scope.tier, cap.limit)
        counted, overrun = bool(cap.per), cap.overrun_limit

        def left(values: Values, used: tuple[int, ...], readings: Readings) -> int:
            limit: int = taken(slot, readings) if isinstance(slot, Unset) else slot
            if reason is not None and values[reason] and overrun is not None:
                limit = overrun
            if before is not None:
                if values[before] is None:
                    raise Lacking(self.names[before])
                limit -= values[before]
            if counted:
                limit -= used[at]
            return limit if limit > 0 else 0

        return cap.id, left

    def _short(self, left: int, readings: Readings) -> tuple[int, bool]:
        """What a case gets for which the budget does not reach, and whether the budget closes."""
        if left <= 0:
            return 0, False
        assert self.budget is not None
        exceeded = self.budget.exceeded
        how = taken(exceeded, readings) if isinstance(exceeded, Unset) else exceeded
        return (left if how == "rest" else 0), how == "stop"

    def _finish(
        self, award: int, binding: str, limits: list[tuple[str, int]], readings: Readings
    ) -> tuple[int, str]:
        """Rounding at the end and the least award; neither ever exceeds what the limits leave."""
        most = min((limit for _, limit in limits), default=MOST_FEN)
        if self.end is not None and award:
            rounded = _rounded(award, self.end.unit, self.end.mode)
            award = rounded if rounded <= most else _rounded(award, self.end.unit, "down")
        for floor in self.award_floors:
            least = taken(floor.at_least, readings) if isinstance(floor.at_least, Unset) else floor.at_least
            if 0 < award < least:
                award, binding = (0 if floor.how == "refuse" else min(least, most)), floor.id
        return award, binding


def _banded(tier: Tier, base: int, unit: int, mode: str) -> int:
    start, total = 0, 0
    for band in tier.bands:
        end = base if band.up_to is None else min(base, band.up_to)
        total += max(0, end - start) * band.rate
        start = end
    return apply_ratio(total, 1, MILLION, unit, _mode(mode))


def _rounded(amount: int, unit: int, mode: str) -> int:
    return apply_ratio(amount, 1, 1, unit, _mode(mode))


def _mode(mode: str) -> Mode:
    return mode  # type: ignore[return-value]  # the schema lets no other word through
