"""Cost lines: costs by kind, each with a rate, a rounding and a limit of its own, added up."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, cast

from rules.facts import MILLION
from rules.faults import Unset
from rules.money import Mode, apply_ratio
from rules.pack import Pack
from rules.parts import CostLine, Rounding, Tier
from rules.predicate import FactRef, Readings, Values, taken

LineSum: TypeAlias = tuple[str, int, int, int, int]
"""A line's id, its amount, its rate, what the rate comes to, and what of that counts under its limit."""


class Lacking(Exception):
    """An amount can't be calculated because a fact is not known."""

    def __init__(self, fact: str) -> None:
        super().__init__(fact)
        self.fact = fact


class CostLines:
    """The cost lines of a pack, for the tiers that add them up."""

    def __init__(
        self, pack: Pack, index: Mapping[str, int], lacking: Callable[[str, Values], Lacking]
    ) -> None:
        self.index, self.lacking = index, lacking
        self.lines = {line.id: line for line in pack.lines}
        self.rates = {
            (tier.id, line.id): rate_slot(dict(line.tier_rate).get(tier.id, line.rate), index)
            for tier in pack.tiers
            for line in pack.lines
        }

    def base(self, tier: Tier, values: Values) -> int:
        """What the lines of a tier come to before any rate, in fen; of a tier without, all lines."""
        return sum(self._amount(self.lines[name], values) for name in tier.lines or self.lines)

    def sum(
        self, tier: Tier, values: Values, readings: Readings, step: Rounding
    ) -> tuple[int, tuple[LineSum, ...]]:
        """What the lines come to in all, rounded as the step of the rate is, and each of them."""
        told = tuple(self._line(tier, self.lines[name], values, readings) for name in tier.lines)
        total = sum(counted for *_, counted in told)
        return apply_ratio(total, 1, 1, step.unit, cast(Mode, step.mode)), told

    def _line(self, tier: Tier, line: CostLine, values: Values, readings: Readings) -> LineSum:
        amount = self._amount(line, values)
        rate = self.rates[tier.id, line.id](values, readings)
        product = apply_ratio(amount, rate, MILLION, line.unit, cast(Mode, line.mode))
        limit: int | None = taken(line.limit, readings) if isinstance(line.limit, Unset) else line.limit
        return line.id, amount, rate, product, product if limit is None else min(product, limit)

    def _amount(self, line: CostLine, values: Values) -> int:
        value = values[self.index[line.fact]]
        if value is None:
            raise self.lacking(line.fact, values)
        return int(value)


def rate_slot(slot: Any, index: Mapping[str, int]) -> Callable[[Values, Readings], int]:
    """What gives a rate in millionths: a figure, a parameter, or the fact that says it. One that a case says
    above the whole is none."""
    if isinstance(slot, Unset):
        return lambda values, readings: int(taken(slot, readings))
    if not isinstance(slot, FactRef):
        return lambda values, readings: int(slot)
    at = index[slot.id]

    def said(values: Values, readings: Readings) -> int:
        rate = values[at]
        if rate is None or rate > MILLION:
            raise Lacking(slot.id)
        return int(rate)

    return said
