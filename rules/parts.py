"""The parts of a pack as frozen values: sources, readings, and each kind of rule.

What they mean to a case is told where they are run (`rules.program`, `rules.amounts`); how a pack writes
them is told in ``docs/packs.md``. Money is whole fen, rates are millionths.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from rules.facts import Fact
from rules.faults import MOST_FEN
from rules.predicate import Predicate

Slot: TypeAlias = Any
"""A value of its kind, or the `Unset` parameter that stands in its place."""

Terms: TypeAlias = tuple[tuple[str, int], ...]
"""Facts of a sum with their signs, 1 or -1."""

BASE = "base"
"""What a test or a ceiling names where it means the base as it is calculated."""
BASE_FACT = Fact(BASE, "money", "核定基数", "the base")
SUPPORT, LEVELS = "other_support", ("other_national", "other_city", "other_district")
"""Other public support, as the office knows it: a sum that is at least what its levels add up to."""
UNFITS = ("next", "stop", "rest")
"""What follows a ranked case that the budget does not reach for (`Budget.unfit`)."""
RESIDUALS = ("largest_remainder", "largest", "to_largest", "left_over")
"""Where what the rounding of shares leaves goes (`rules.shares.Sharing`)."""
OFFICERS = ("officer_rate", "officer_rate_reason")
"""The facts in which an officer says a lower rate and why, where a pack names none of its own."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule is written: document, article, and the grade of the source.

    ``title`` is the document's name, where it is not the pack's own; ``note`` is what the writer of the pack
    says of the source to its readers, and stands on no letter.
    """

    document: str
    article: str
    grade: str
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to fill an unset parameter: its id, the value it gives, and where it comes from."""

    id: str
    value: Any
    source: str
    title: str = ""
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class UnsetParameter:
    """A parameter that no source states, its readings in order (the office's own have none)."""

    id: str
    type: str
    title: str
    title_en: str
    readings: tuple[Reading, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """What every rule of a pack has: its id, its name for people, and its source.

    ``source_of`` has the keys of the rule that rest on another source than the rule itself (the test of a
    tier whose rate stands in a decree, the order of a budget that no source states).
    """

    id: str
    title: str
    title_en: str
    source: Source
    source_of: tuple[tuple[str, Source], ...] = field(default=(), kw_only=True)


@dataclass(frozen=True, slots=True)
class Condition(Rule):
    """What must hold for an award; `applies_when` limits the cases that it is asked of.

    ``round_window``: a round's own window takes the place of the test's ``from`` and ``until``.
    ``evidence`` names the paper or fact that would settle it where it can't be told.
    """

    test: Predicate
    applies_when: Predicate | None = None
    round_window: bool = False
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A marginal band: the part of the base up to ``up_to`` fen (``None``: all the rest) at ``rate``."""

    up_to: int | None
    rate: int


@dataclass(frozen=True, slots=True)
class Tier(Rule):
    """A class of cases and what it is worth: a rate (millionths), a fixed sum (fen) or marginal bands.

    Of the tiers whose test holds the one of the highest ``priority`` applies; ``when`` is ``None`` for
    the tier of all others. ``rate`` may be a fact that says it (`FactRef`). ``lines``: the sum of these cost
    lines instead. ``up_to``: the officer may set a lower rate with a reason, in the facts ``officer``.
    """

    when: Predicate | None
    priority: int
    rate: Slot = None
    fixed: Slot = None
    bands: tuple[Band, ...] = ()
    lines: tuple[str, ...] = ()
    up_to: bool = False
    officer: tuple[str, str] = OFFICERS


def bands(rule: object, base_fen: int) -> Iterator[tuple[int, int]]:
    """The part of a base that each marginal band of a tier takes, in fen, and its rate in millionths."""
    start = 0
    for band in rule.bands if isinstance(rule, Tier) else ():
        end = base_fen if band.up_to is None else min(base_fen, band.up_to)
        if end > start:
            yield end - start, band.rate
        start = max(start, end)


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of declared amounts under a name of its own, usable wherever an amount is: facts added and taken
    away, not below zero. It is not known where one of them is not.

    ``price``: the facts are counts (card-hours, say), and the amount is so many fen for each."""

    id: str
    title: str
    title_en: str
    terms: Terms
    price: Slot = None


@dataclass(frozen=True, slots=True)
class CostLine(Rule):
    """One kind of cost: what of it counts, ``rate`` × the fact, rounded to ``unit`` fen by ``mode``, then at
    most ``limit`` fen. ``tier_rate``: another rate for a tier."""

    fact: str
    rate: Slot
    tier_rate: tuple[tuple[str, Slot], ...] = ()
    limit: Slot = None
    unit: int = 1
    mode: str = "down"


@dataclass(frozen=True, slots=True)
class Base:
    """What the rate applies to: the smallest of ``smallest_of``, less the lines that do not count.

    ``needed`` is false where a tier of a fixed sum asks for no base. Where a pack has cost lines, the base is
    their sum, and this says only its source.
    """

    smallest_of: tuple[Slot, ...] = ("contract_amount",)
    less: tuple[str, ...] = ()
    period: str = "contract"
    source: Source = Source("", "", "")
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Floor(Rule):
    """A least amount of the base or of the award: below it the case is refused or raised to it.

    ``applies`` is false, or a parameter, where a source leaves open whether it holds at all.
    """

    on: str
    at_least: Slot
    how: str
    applies: Slot = True


@dataclass(frozen=True, slots=True)
class Stacking(Rule):
    """What other public money for the same contract does: exclude, deduct, or a ceiling in all.

    A ceiling is ``share`` of what ``of`` adds up to (rounded down), or of the tier's own in ``tier_share``,
    less the other support. The rule is engaged only where the other support is above zero. ``applies`` as of
    a floor.
    """

    facts: tuple[str, ...]
    how: str
    share: Slot = None
    of: Terms = (("contract_amount", 1),)
    tier_share: tuple[tuple[str, Slot], ...] = ()
    applies: Slot = True


@dataclass(frozen=True, slots=True)
class Cap(Rule):
    """The most within a scope: fen for each value of ``per`` (applicant, contract, year, quarter, a fact).

    ``before`` is the fact that says what was awarded in that scope before. ``tiers``: only these tiers,
    each counted for itself; ``tier_limit``: another limit for a tier, counted together. ``counts`` says what
    is counted: awards, or redemptions (checked when a claim is paid, not here). ``overrun_limit`` is the
    most where the fact ``overrun_reason`` holds a reason (a soft cap). ``applies`` as of a floor. A member of
    ``per`` may be unset: it then counts by each fact that is a reading. ``price``: the limits are counts,
    each worth so many fen.
    """

    limit: Slot
    per: tuple[Slot, ...] = ()
    before: str = ""
    tiers: tuple[str, ...] = ()
    tier_limit: tuple[tuple[str, Slot], ...] = ()
    counts: str = "award"
    overrun_limit: int | None = None
    overrun_reason: str = ""
    applies: Slot = True
    price: Slot = None

    def worth(self, limit: int, price: int | None) -> int:
        """A limit in fen."""
        return limit if price is None else min(limit * price, MOST_FEN)


@dataclass(frozen=True, slots=True)
class Budget(Rule):
    """The money of a programme and year, and what happens where it does not reach.

    ``order``: first_come, ranked or pro_rata. ``exceeded`` (first come): rest, nothing or stop.
    ``unfit`` (ranked): stop, next or rest. ``rank_by``: facts with whether they fall; either may be unset.
    Pro rata rounds shares to ``unit`` fen by ``share_mode`` and places the residual by ``residual``:
    largest_remainder, largest, to_largest or left_over; ``above_request`` lets a rounded share exceed what
    was asked for. ``key`` is shared by packs of one budget. ``blocked``: whether a blocked case keeps money
    back, hold or ignore; empty where the pack says nothing of it.
    """

    amount: Slot
    key: str
    per: str = "year"
    order: str = "first_come"
    exceeded: Slot = "rest"
    rank_by: tuple[tuple[Slot, Slot], ...] = ()
    unfit: str = "next"
    residual: str = "left_over"
    unit: int = 1
    carry_over: bool = False
    share_mode: str = "down"
    above_request: bool = False
    blocked: str = ""


@dataclass(frozen=True, slots=True)
class Funder(Rule):
    """One who pays a share of each award (millionths); ``odd`` marks who gets the fen that don't divide."""

    share: int
    odd: bool = False


@dataclass(frozen=True, slots=True)
class Rounding:
    """Rounding to ``unit`` fen by ``mode`` at ``where``: each amount of the base (``line``), what the rate
    comes to (``step``), what a ceiling comes to (``ceiling``), or the award (``end``)."""

    where: str = "step"
    unit: int = 1
    mode: str = "down"
    source: Source = Source("", "", "")


@dataclass(frozen=True, slots=True)
class OfficeTerm:
    """A term of the office's own acts (days of publicity, months of validity …): a value or unset."""

    id: str
    value: Slot
    source: Source


@dataclass(frozen=True, slots=True)
class Waiver:
    """A static check that a pack breaks on purpose, with the article that says so and what the writer notes
    of it."""

    check: str
    article: str
    note: str = ""
