"""The parts of a pack as frozen values: sources, readings, and each kind of rule.

What they mean to a case is told where they are run (`rules.program`, `rules.amounts`); how a pack writes
them is told in ``docs/packs.md``. Money is whole fen, rates are millionths.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from rules.predicate import Predicate

Slot: TypeAlias = Any
"""A value of its kind, or the `Unset` parameter that stands in its place."""


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
    the tier of all others. ``up_to``: the officer may set a lower rate with a reason.
    """

    when: Predicate | None
    priority: int
    rate: Slot = None
    fixed: Slot = None
    bands: tuple[Band, ...] = ()
    up_to: bool = False


def bands(rule: object, base_fen: int) -> Iterator[tuple[int, int]]:
    """The part of a base that each marginal band of a tier takes, in fen, and its rate in millionths."""
    start = 0
    for band in rule.bands if isinstance(rule, Tier) else ():
        end = base_fen if band.up_to is None else min(base_fen, band.up_to)
        if end > start:
            yield end - start, band.rate
        start = max(start, end)


@dataclass(frozen=True, slots=True)
class Base:
    """What the rate applies to: the smallest of ``smallest_of``, less the lines that do not count."""

    smallest_of: tuple[Slot, ...] = ("contract_amount",)
    less: tuple[str, ...] = ()
    period: str = "contract"
    source: Source = Source("", "", "")


@dataclass(frozen=True, slots=True)
class Floor(Rule):
    """A least amount of the base or of the award: below it the case is refused or raised to it."""

    on: str
    at_least: Slot
    how: str


@dataclass(frozen=True, slots=True)
class Stacking(Rule):
    """What other public money for the same contract does: exclude, deduct, or a ceiling in all.

    A ceiling is ``share`` of the fact ``of`` (rounded down), or of the tier's own in ``tier_share``,
    less the other support. The rule is engaged only where the other support is above zero.
    """

    facts: tuple[str, ...]
    how: str
    share: Slot = None
    of: str = "contract_amount"
    tier_share: tuple[tuple[str, Slot], ...] = ()


@dataclass(frozen=True, slots=True)
class Cap(Rule):
    """The most within a scope: fen for each value of ``per`` (applicant, contract, year, quarter, a fact).

    ``before`` is the fact that says what was awarded in that scope before. ``tiers``: only these tiers,
    each counted for itself; ``tier_limit``: another limit for a tier, counted together. ``counts`` says what
    is counted: awards, or redemptions (checked when a claim is paid, not here). ``overrun_limit`` is the
    most where the fact ``overrun_reason`` holds a reason (a soft cap).
    """

    limit: Slot
    per: tuple[str, ...] = ()
    before: str = ""
    tiers: tuple[str, ...] = ()
    tier_limit: tuple[tuple[str, Slot], ...] = ()
    counts: str = "award"
    overrun_limit: int | None = None
    overrun_reason: str = ""


@dataclass(frozen=True, slots=True)
class Budget(Rule):
    """The money of a programme and year, and what happens where it does not reach.

    ``order``: first_come, ranked or pro_rata. ``exceeded`` (first come): rest, nothing or stop.
    ``unfit`` (ranked): stop, next or rest. Pro rata rounds down to ``unit`` fen and places the residual
    by ``residual``: largest_remainder, largest or left_over. ``key`` is shared by packs of one budget.
    """

    amount: Slot
    key: str
    per: str = "year"
    order: str = "first_come"
    exceeded: Slot = "rest"
    rank_by: tuple[tuple[str, bool], ...] = ()
    unfit: str = "next"
    residual: str = "left_over"
    unit: int = 1
    carry_over: bool = False


@dataclass(frozen=True, slots=True)
class Funder(Rule):
    """One who pays a share of each award (millionths); ``odd`` marks who gets the fen that don't divide."""

    share: int
    odd: bool = False


@dataclass(frozen=True, slots=True)
class Rounding:
    """Rounding to ``unit`` fen by ``mode`` at ``where``: each line, each step, or the end."""

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
    """A static check that a pack breaks on purpose, with the article that says so."""

    check: str
    article: str
