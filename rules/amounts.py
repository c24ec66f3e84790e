"""The amounts of one tier: from the base to the award, in whole fen.

The steps stand in one order, each is total, and its name keeps its meaning for ever (a changed meaning is
a new name):

``base``       the smallest base, less the lines that do not count, or the sum of cost lines; below a floor
               refused, or raised to it
``rate``       rate × base, a fixed sum, bands, or what the cost lines come to: the computed amount, rounded
               as the pack says
``stacking``   what other public money leaves
``cap``        what each cap leaves
``budget``     what the budget leaves
``rounding``   rounding at the end
``floor``      the least award: below it refused, or raised to it within what the limits leave

A step that needs an unset parameter raises `Asked`; one that needs an unknown fact raises `Lacking`.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, TypeAlias, cast

from rules.computed import Computed, rounded
from rules.cost_lines import CostLines, Lacking, LineSum, rate_slot
from rules.counter_keys import Scope, counters, scope_facts, taken_of
from rules.facts import MILLION
from rules.faults import MOST_FEN, Unset
from rules.money import Mode, apply_ratio
from rules.pack import Pack
from rules.parts import BASE, Cap, Floor, Rounding, Stacking, Tier
from rules.predicate import Asked, FactRef, Readings, Values, taken

RATE, ROUNDING = "rate", "rounding"


Limits: TypeAlias = list[tuple[str, int]]
Limit: TypeAlias = Callable[[int, int | None, Values, tuple[int, ...], Readings], int | None]
"""What a rule leaves of a computed amount, of its base, the values and what is used of each counter; ``None``
where it does not hold."""
Change: TypeAlias = tuple[str, int, int]
Worth: TypeAlias = tuple[int | None, int, tuple[LineSum, ...]]
"""What a tier is worth: its rate, where it has one, the computed amount, and its cost lines."""


class Sum(NamedTuple):
    """One way through the amounts: the figures in fen from which every line can be told.

    ``base`` is ``None`` where a tier needs none. ``limits`` holds what each engaged rule left, with its id,
    in order. ``changes`` holds what floors and the rounding at the end made of an amount: the rule, the
    amount before and after. ``stops`` says that the budget is closed from here on.
    """

    tier: int
    rate: int | None
    base: int | None
    computed: int
    limits: tuple[tuple[str, int], ...]
    award: int
    binding: str
    changes: tuple[Change, ...] = ()
    stops: bool = False
    lines: tuple[LineSum, ...] = ()


class Short(Asked):
    """The budget does not reach and what then happens is unset; ``so_far`` is the sum up to there."""

    @property
    def so_far(self) -> Sum:
        """Behind the parameter."""
        return cast(Sum, self.args[1])


_sum: Callable[[tuple[object, ...]], Sum] = partial(tuple.__new__, Sum)
"""A sum from all its fields at once: every case makes one."""


class Amounts:
    """The steps from the base to the award, for one tier, over values with the computed amounts behind."""

    def __init__(self, pack: Pack, computed: Computed, scopes: tuple[Scope, ...]) -> None:
        self.pack, self.computed, self.index = pack, computed, computed.index
        self.base_slots = pack.base.smallest_of
        self.less = tuple(pack.base.less)
        modes = {rounding.where: rounding for rounding in pack.rounding}
        self.line, self.step, self.end = (modes.get(where) for where in ("line", "step", "end"))
        self.ceiling = modes.get("ceiling") or Rounding()
        self.base_floors = [floor for floor in pack.floors if floor.on != "award"]
        self.award_floors = [floor for floor in pack.floors if floor.on == "award"]
        self.plain_end = self.end is None and not self.award_floors
        """Whether nothing comes after the budget."""
        self.budget = pack.budget
        exceeded = pack.budget.exceeded if pack.budget else None
        self.open_end = exceeded.id if isinstance(exceeded, Unset) else ""
        self.above = pack.budget.unit if pack.budget and pack.budget.above_request else 0
        self.cost_lines = CostLines(pack, self.index, self.lacking)
        self.tiers = [self._tier(tier) for tier in pack.tiers]
        caps = dict.fromkeys(one.cap for one in scopes)
        self.limits = [
            [*(self._stacking(rule, tier) for rule in pack.stacking),
             *(self._cap(cap, scopes, tier) for cap in caps if not cap.tiers or tier.id in cap.tiers)]
            for tier in pack.tiers
        ]  # fmt: skip
        """Of each tier, in order: a rule's id and what it leaves of a computed amount."""
        always = [scope for scope in scopes if not scope.readings and scope.cap.applies is True]
        sure = [name for scope in always for name in scope_facts(pack, scope.per)]
        self.needed = tuple(dict.fromkeys(self.index[name] for name in sure))
        self.names = tuple(self.index)
        self.plain = [self._plain_base(tier) for tier in pack.tiers]

    def lacking(self, name: str, values: Values) -> Lacking:
        """What to raise where a fact or a sum is not known: a sum lacks the first of its facts."""
        return Lacking((self.computed.blank(name, values) or (name,))[0])

    def _plain_base(self, tier: Tier) -> int | None:
        """The one place the base is read from, where nothing else is to be done with it."""
        alone = len(self.base_slots) == 1 and not self.less and not self.line and not self.base_floors
        if alone and not self.pack.lines and (self.pack.base.needed or tier.fixed is None):
            slot = self.base_slots[0]
            return None if isinstance(slot, Unset) else self.index[slot]
        return None

    def sum(
        self, tier: int, values: Values, used: tuple[int, ...], left: int | None, readings: Readings
    ) -> Sum:
        """The award in one tier at a position, with everything that made it.

        Raises:
            Asked: an unset parameter matters that has no reading; `Short` where that is what happens to a
                case for which the budget does not reach.
            Lacking: a fact is missing without which no amount can be calculated.
        """
        for at in self.needed:
            if values[at] is None:
                raise Lacking(self.names[at])
        changes: tuple[Change, ...] = ()
        base: int | None = None if (plain := self.plain[tier]) is None else values[plain]
        if base is None:
            base, changes, refused = self._base(tier, values, readings)
            if refused:
                return Sum(tier, None, base, 0, (), 0, refused, changes)
        rate, computed, lines = self.tiers[tier](base, values, readings)
        award, binding = computed, RATE
        limits: Limits = []
        for name, limit_of in self.limits[tier]:
            limit = limit_of(computed, base, values, used, readings)
            if limit is not None:
                limits.append((name, limit))
                if limit < award:
                    award, binding = limit, name
        if left is not None and self.budget is not None:
            limits.append((self.budget.id, left))
            if left < award:
                before = tier, rate, base, computed, tuple(limits), award, binding, changes, False, lines
                if left > 0 and self.open_end and self.open_end not in readings:
                    raise Short(self.open_end, _sum(before))
                return self.short(_sum(before), left, readings)
            if award < left < award + self.above:
                uncut = self._finish(award, binding, limits[:-1], readings)[0]
                if left != uncut:  # a share that was rounded up, as the pack says
                    award, binding = left, self.budget.id
        if not self.plain_end:
            award, binding, finished = self._finish(award, binding, limits, readings)
            changes += finished
        return _sum((tier, rate, base, computed, tuple(limits), award, binding, changes, False, lines))

    def short(self, before: Sum, left: int, readings: Readings) -> Sum:
        """The sum of a case for which the budget does not reach, from what it came to before the budget;
        where it is unset what then happens, a reading has been taken."""
        assert self.budget is not None
        award, stops = self._rest(left, readings)
        binding, changes = self.budget.id, before.changes
        if self.end is not None or self.award_floors:
            award, binding, finished = self._finish(award, binding, list(before.limits), readings)
            changes += finished
        return Sum(*before[:5], award, binding, changes, stops, before.lines)

    def _base(
        self, tier: int, values: Values, readings: Readings
    ) -> tuple[int | None, tuple[Change, ...], str]:
        """The base, what floors made of it, and the id of a floor that refuses it."""
        plain = self.plain[tier]
        if plain is not None:  # known, it is the base at once (`sum`)
            raise self.lacking(self.names[plain], values)
        rule = self.pack.tiers[tier]
        base: int | None = None
        if self.pack.lines:
            base = self.cost_lines.base(rule, values)
        elif self.pack.base.needed or rule.fixed is None:
            amounts = [self._amount(slot, values, readings) for slot in self.base_slots]
            base = max(0, min(amounts) - sum(self._amount(name, values, readings) for name in self.less))
        changes: list[Change] = []
        for floor in self.base_floors:
            amount = base if floor.on == BASE else values[self.index[floor.on]]
            if amount is None:
                if floor.on == BASE or not _applies(floor.applies, readings):
                    continue
                raise self.lacking(floor.on, values)
            least = _least(floor, readings)
            if amount < least and _applies(floor.applies, readings):
                if floor.how == "refuse":
                    return base, (*changes, (floor.id, amount, 0)), floor.id
                changes.append((floor.id, amount, least))
                base = least
        return base, tuple(changes), ""

    def _amount(self, slot: Any, values: Values, readings: Readings) -> int:
        name = taken(slot, readings) if isinstance(slot, Unset) else slot
        value = values[self.index[name]]
        if value is None:
            raise self.lacking(name, values)
        return rounded(int(value), self.line)

    def _tier(self, tier: Tier) -> Callable[[Any, Values, Readings], Worth]:
        step = self.step or Rounding()
        if tier.lines:
            return lambda base, values, readings: (None, *self.cost_lines.sum(tier, values, readings, step))
        if tier.bands:
            return lambda base, values, readings: (None, _banded(tier, base, step), ())
        if tier.fixed is not None:
            fixed = tier.fixed
            return lambda base, values, readings: (
                None,
                taken(fixed, readings) if isinstance(fixed, Unset) else fixed,
                (),
            )
        plain = step.unit == 1 and step.mode == "down"
        rate: Any = tier.rate
        if tier.up_to or isinstance(rate, Unset | FactRef) or not plain:
            return self._moving_rate(tier, step)
        share = int(rate)
        return lambda base, values, readings: (share, base * share // MILLION, ())

    def _moving_rate(self, tier: Tier, step: Rounding) -> Callable[[int, Values, Readings], Worth]:
        own, why = (self.index.get(name) if tier.up_to else None for name in tier.officer)
        rate_of = rate_slot(tier.rate, self.index)

        def computed(base: int, values: Values, readings: Readings) -> Worth:
            rate = rate_of(values, readings)
            lower = values[own] if own is not None else None
            if lower is not None and lower < rate:
                if why is None or not values[why]:
                    raise Lacking(tier.officer[1])
                rate = lower
            return rate, apply_ratio(base, rate, MILLION, step.unit, _mode(step.mode)), ()

        return computed

    def _stacking(self, rule: Stacking, tier: Tier) -> tuple[str, Limit]:
        places = [self.index[name] for name in rule.facts]
        share: Any = dict(rule.tier_share).get(tier.id, rule.share)
        unit, mode = self.ceiling.unit, self.ceiling.mode
        only = places[0] if len(places) == 1 else None
        whole_of = self.whole_of(rule)

        def limit(
            computed: int, base: int | None, values: Values, used: tuple[int, ...], readings: Readings
        ) -> int | None:
            other = self._other(places, values) if only is None else values[only]
            if other == 0 or not _applies(rule.applies, readings):
                return None  # a rule that does not hold waits for no fact
            if other is None:
                raise self.lacking(next(self.names[at] for at in places if values[at] is None), values)
            if rule.how == "exclude":
                return 0
            if rule.how == "deduct":
                return max(0, computed - other)
            whole = whole_of(values, base)
            if whole is None:
                return None  # a tier of a fixed sum, which has no base
            part: int = taken(share, readings) if isinstance(share, Unset) else share
            return max(0, apply_ratio(whole, part, MILLION, unit, _mode(mode)) - other)

        return rule.id, limit

    def whole_of(self, rule: Stacking) -> Callable[[Values, int | None], int | None]:
        """What gives the whole that a ceiling is a share of, in fen and not below zero; ``None`` where it is
        the base and a tier has none."""
        if rule.of == ((BASE, 1),) and BASE not in self.pack.facts:
            return lambda values, base: base
        terms = [(self.index[name], name, sign) for name, sign in rule.of]

        def whole(values: Values, base: int | None) -> int:
            total = 0
            for at, name, sign in terms:
                if values[at] is None:
                    raise self.lacking(name, values)
                total += sign * values[at]
            return max(0, total)

        return whole

    def _other(self, places: list[int], values: Values) -> int | None:
        """What other sources have given in all; ``None`` where that of one is not known."""
        given = [values[place] for place in places]
        return None if None in given else sum(given)

    def _cap(self, cap: Cap, scopes: tuple[Scope, ...], tier: Tier) -> tuple[str, Limit]:
        before = self.index[cap.before] if cap.before else None
        reason = self.index[cap.overrun_reason] if cap.overrun_limit is not None else None
        slot: Any = dict(cap.tier_limit).get(tier.id, cap.limit)
        overrun, price_slot = cap.overrun_limit, cap.price
        applies, open_limit = cap.applies, isinstance(slot, Unset)
        own = counters(scopes, cap, tier)
        sure = own.get(())
        counted = bool(cap.per)
        counts_by = () if sure is None or cap.applies is True else scope_facts(self.pack, scopes[sure].per)

        def left(
            computed: int, base: int | None, values: Values, used: tuple[int, ...], readings: Readings
        ) -> int | None:
            if applies is not True and not _applies(applies, readings):
                return None
            for name in counts_by:
                if values[self.index[name]] is None:
                    raise self.lacking(name, values)
            limit: int = taken(slot, readings) if open_limit else slot
            if reason is not None and values[reason] and overrun is not None:
                limit = overrun
            if price_slot is not None:
                price = taken(price_slot, readings) if isinstance(price_slot, Unset) else price_slot
                limit = cap.worth(limit, price)
            if before is not None:
                if values[before] is None:
                    raise self.lacking(cap.before, values)
                limit -= values[before]
            if sure is not None:
                limit -= used[sure] if counted else 0
            else:
                way = taken_of(cap, readings)
                lacks = [fact for _, fact in way if values[self.index[fact]] is None]
                if lacks:
                    raise Lacking(lacks[0])
                limit -= used[own[way]]
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
            whole = rounded(award, self.end)
            if whole > most:
                whole = apply_ratio(award, 1, 1, self.end.unit, "down")
            if whole != award:
                changes.append((ROUNDING, award, whole))
                award = whole
        for floor in self.award_floors:
            least = _least(floor, readings)
            if not 0 < award < least or not _applies(floor.applies, readings):
                continue
            before, award = award, 0 if floor.how == "refuse" else min(least, most)
            if award != before:
                binding = tightest if award == most < least else floor.id
                changes.append((floor.id, before, award))
        return award, binding, tuple(changes)


def _least(floor: Floor, readings: Readings) -> int:
    return cast(int, taken(floor.at_least, readings) if isinstance(floor.at_least, Unset) else floor.at_least)


def _applies(slot: Any, readings: Readings) -> bool:
    """Whether a rule holds at all, where a source may leave that open."""
    return bool(taken(slot, readings)) if isinstance(slot, Unset) else bool(slot)


def _banded(tier: Tier, base: int, step: Rounding) -> int:
    start, total = 0, 0
    for band in tier.bands:
        end = base if band.up_to is None else min(base, band.up_to)
        total += max(0, end - start) * band.rate
        start = end
    return apply_ratio(total, 1, MILLION, step.unit, _mode(step.mode))


def _mode(mode: str) -> Mode:
    return cast(Mode, mode)  # the schema lets no other word through
