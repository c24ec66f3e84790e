"""The amounts of one tier: from the base to the award, in whole fen.

The steps stand in one order, each is total, and its name keeps its meaning for ever (a changed meaning is
a new name):

``base``       the smallest base, less the lines that do not count; below a floor refused, or raised to it
``rate``       rate × base, a fixed sum, or bands: the computed amount, rounded as the pack says
``stacking``   what other public money leaves
``cap``        what each cap leaves
``budget``     what the budget leaves
``rounding``   rounding at the end
``floor``      the least award: below it refused, or raised to it within what the limits leave

A step that needs an unset parameter raises `Asked`; one that needs an unknown fact raises `Lacking`.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple, TypeAlias, cast

from rules.counter_keys import Scope, scope_facts
from rules.facts import MILLION
from rules.faults import MOST_FEN, Unset
from rules.money import Mode, apply_ratio
from rules.pack import Pack
from rules.parts import Floor, Stacking, Tier
from rules.predicate import Asked, Readings, Values, taken

RATE, ROUNDING = "rate", "rounding"


Limits: TypeAlias = list[tuple[str, int]]
Change: TypeAlias = tuple[str, int, int]


class Lacking(Exception):
    """An amount can't be calculated because a fact is not known."""

    def __init__(self, fact: str) -> None:
        super().__init__(fact)
        self.fact = fact


class Sum(NamedTuple):
    """One way through the amounts: the figures in fen from which every line can be told.

    ``limits`` holds what each engaged rule left, with its id, in order. ``changes`` holds what floors and
    the rounding at the end made of an amount: the rule, the amount before and after. ``stops`` says that
    the budget is closed from here on.
    """

    tier: int
    rate: int | None
    base: int
    computed: int
    limits: tuple[tuple[str, int], ...]
    award: int
    binding: str
    changes: tuple[Change, ...] = ()
    stops: bool = False


class Short(Asked):
    """The budget does not reach and what then happens is unset; ``so_far`` is the sum up to there."""

    def __init__(self, parameter: str, so_far: Sum) -> None:
        super().__init__(parameter)
        self.so_far = so_far


_sum: Callable[[tuple[object, ...]], Sum] = partial(tuple.__new__, Sum)
"""A sum from all its fields at once: every case makes one."""


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
        exceeded = pack.budget.exceeded if pack.budget else None
        self.open_end = exceeded.id if isinstance(exceeded, Unset) else ""
        self.tiers = [self._tier(tier) for tier in pack.tiers]
        self.stacking = [[self._stacking(rule, tier) for rule in pack.stacking] for tier in pack.tiers]
        self.caps = [
            [self._cap(scope, at, tier) for at, scope in enumerate(scopes) if scope.tier in ("", tier.id)]
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
        changes: tuple[Change, ...] = ()
        if self.plain_base is None:
            base, changes, refused = self._base(values, readings)
            if refused:
                return Sum(tier, None, base, 0, (), 0, refused, changes)
        else:
            base = values[self.plain_base]
            if base is None:
                raise Lacking(self.names[self.plain_base])
        rate, computed = self.tiers[tier](base, values, readings)
        award, binding = computed, RATE
        limits: Limits = []
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
        if left is not None and self.budget is not None:
            limits.append((self.budget.id, left))
            if left < award:
                before = Sum(tier, rate, base, computed, tuple(limits), award, binding, changes)
                return self.short(before, left, readings)
        if self.end is not None or self.award_floors:
            award, binding, finished = self._finish(award, binding, limits, readings)
            changes += finished
        return _sum((tier, rate, base, computed, tuple(limits), award, binding, changes, False))

    def short(self, before: Sum, left: int, readings: Readings) -> Sum:
        """The sum of a case for which the budget does not reach, from what it came to before the budget.

        Raises:
            Short: what then happens is unset, and no reading has been taken.
        """
        assert self.budget is not None
        if left > 0 and self.open_end and self.open_end not in readings:
            raise Short(self.open_end, before)
        award, stops = self._rest(left, readings)
        binding, changes = self.budget.id, before.changes
        if self.end is not None or self.award_floors:
            award, binding, finished = self._finish(award, binding, list(before.limits), readings)
            changes += finished
        return Sum(*before[:5], award, binding, changes, stops)

    def _base(self, values: Values, readings: Readings) -> tuple[int, tuple[Change, ...], str]:
        """The base, what floors made of it, and the id of a floor that refuses it."""
        amounts = [self._amount(slot, values, readings) for slot in self.base_slots]
        base = max(0, min(amounts) - sum(self._amount(name, values, readings) for name in self.less))
        changes: list[Change] = []
        for floor in self.base_floors:
            least = _least(floor, readings)
            if base < least:
                if floor.how == "refuse":
                    return base, (*changes, (floor.id, base, 0)), floor.id
                changes.append((floor.id, base, least))
                base = least
        return base, tuple(changes), ""

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
        share: Any = dict(rule.tier_share).get(tier.id, rule.share)

        only = places[0] if len(places) == 1 else None

        def limit(computed: int, values: Values, readings: Readings) -> int | None:
            other = self._other(places, values) if only is None else values[only]
            if other is None:
                raise Lacking(self.names[places[0]])
            if not other:
                return None
            if rule.how == "exclude":
                return 0
            if rule.how == "deduct":
                return max(0, computed - other)
            whole: int | None = values[of_place]
            if whole is None:
                raise Lacking(of_name)
            part: int = taken(share, readings) if isinstance(share, Unset) else share
            return max(0, whole * part // MILLION - other)

        return rule.id, limit

    def _other(self, places: list[int], values: Values) -> int:
        for place in places:
            if values[place] is None:
                raise Lacking(self.names[place])
        return sum([values[place] for place in places])

    def _cap(
        self, scope: Scope, at: int, tier: Tier
    ) -> tuple[str, Callable[[Values, tuple[int, ...], Readings], int]]:
        cap = scope.cap
        before = self.index[cap.before] if cap.before else None
        reason = self.index[cap.overrun_reason] if cap.overrun_limit is not None else None
        slot: Any = dict(cap.tier_limit).get(tier.id, cap.limit)
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

    def _rest(self, left: int, readings: Readings) -> tuple[int, bool]:
        """What a case gets for which the budget does not reach, and whether the budget closes."""
        if left <= 0:
            return 0, False
        assert self.budget is not None
        exceeded = self.budget.exceeded
        how = taken(exceeded, readings) if isinstance(exceeded, Unset) else exceeded
        return (left if how == "rest" else 0), how == "stop"

    def _finish(
        self, award: int, binding: str, limits: Limits, readings: Readings
    ) -> tuple[int, str, tuple[Change, ...]]:
        """Rounding at the end and the least award; neither ever exceeds what the limits leave."""
        changes: list[Change] = []
        tightest, most = min(limits, key=lambda limit: limit[1], default=("", MOST_FEN))
        if self.end is not None and award:
            rounded = _rounded(award, self.end.unit, self.end.mode)
            if rounded > most:
                rounded = _rounded(award, self.end.unit, "down")
            if rounded != award:
                changes.append((ROUNDING, award, rounded))
                award = rounded
        for floor in self.award_floors:
            least = _least(floor, readings)
            if not 0 < award < least:
                continue
            before, award = award, 0 if floor.how == "refuse" else min(least, most)
            if award != before:
                binding = tightest if award == most < least else floor.id
                changes.append((floor.id, before, award))
        return award, binding, tuple(changes)


def _least(floor: Floor, readings: Readings) -> int:
    return cast(int, taken(floor.at_least, readings) if isinstance(floor.at_least, Unset) else floor.at_least)


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
    return cast(Mode, mode)  # the schema lets no other word through
