"""What a case is awarded at a position, under every reading that nobody has settled: fen, and plain ifs.

Written from the measures and the round's notice as the office reads them, scheme by scheme, and from nothing
of the program; a scheme stands here as one function from the facts to what each reading gives.
"""

import calendar
import datetime
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

YUAN = 100
NO_LIMIT = 10**18
TRAINING, CORPUS, MODEL, HENAN, QINGYANG = (
    "shenzhen-training-voucher",
    "shenzhen-corpus-voucher",
    "shenzhen-model-voucher",
    "henan-compute-voucher",
    "qingyang-compute-voucher",
)
BUDGETS = {CORPUS: "shenzhen-corpus"}
"""A budget is called after its scheme, but for one that two kinds of a scheme share."""


@dataclass(frozen=True)
class Facts:
    """What holds of a case: what the applicant said, or what the officer found in its place. Fen and days."""

    scheme: str
    applied_on: datetime.date
    applicant: str
    amount: int
    kind: str = "enterprise"
    founded_on: datetime.date | None = None
    signed_on: datetime.date | None = None
    leased: int | None = None
    related: bool | None = False
    support: int = 0
    levels: tuple[int, int, int] = (0, 0, 0)
    before: int = 0
    own: Mapping[str, object] = field(default_factory=dict)

    @property
    def year(self) -> int:
        return self.applied_on.year

    @property
    def all_support(self) -> int:
        """The sum stated, or what the levels add up to where that is more."""
        return max(self.support, sum(self.levels))


class Position(NamedTuple):
    """What is left of the budget, and what the applicant has had of the year's cap."""

    left: int
    used: int


class Outcome(NamedTuple):
    """What is decided; `holds` is what the decision keeps of the budget and uses of the cap."""

    status: str
    award: int
    holds: int


REFUSED, UNKNOWN = Outcome("refused", 0, 0), Outcome("blocked", 0, 0)


def outcome(facts: Facts, position: Position, settled: Mapping[str, str]) -> Outcome:
    """What comes of a case. `settled` holds what the office has set of what the rules leave open."""
    judged = _conditions(facts)
    if False in judged:
        return REFUSED
    if None in judged:
        return UNKNOWN
    sums = {max(0, award) for award in RULES[facts.scheme](facts, position, settled)}
    if len(sums) > 1:
        return Outcome("blocked", 0, max(sums))
    (award,) = sums
    return Outcome("awarded", award, award) if award else REFUSED


def _conditions(facts: Facts) -> tuple[bool | None, ...]:
    """What each condition of the scheme says: it holds, fails or can't be told."""
    unrelated = None if facts.related is None else not facts.related
    enterprise = facts.kind == "enterprise"
    match facts.scheme:
        case "shenzhen-training-voucher":
            known = facts.kind in ("enterprise", "university", "research_institute")
            if facts.year < 2026:
                return known, unrelated
            window = datetime.date(2026, 5, 6) <= facts.applied_on < datetime.date(2026, 6, 6)
            enough = (facts.amount if facts.leased is None else facts.leased) >= 500_000 * YUAN
            return known, window, enough, unrelated
        case "shenzhen-corpus-voucher":
            return enterprise, _yes(facts, "through_exchange"), unrelated
        case "shenzhen-model-voucher":
            return enterprise, _yes(facts, "model_filed")
    return ()


def _yes(facts: Facts, name: str) -> bool | None:
    said = facts.own.get(name)
    return None if said is None else bool(said)


def part(amount: int, percent: int) -> int:
    """So many hundredths of an amount, never rounded up."""
    return amount * percent // 100


def readings(settled: Mapping[str, str], parameter: str, *known: str) -> tuple[str, ...]:
    """Every reading of what the rules leave open; the one that the office has set, where it has."""
    return (settled[parameter],) if parameter in settled else known


def within(least: int, left: int, exceeded: str) -> int:
    """What the budget makes of an award: what is left of it, or nothing where it does not reach."""
    if least <= left:
        return least
    return max(0, left) if exceeded == "rest" else 0


def exceeding(settled: Mapping[str, str]) -> tuple[str, ...]:
    return readings(settled, "budget_exceeded", "rest", "nothing")


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day some months later; the month's last where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _young(facts: Facts, settled: Mapping[str, str]) -> Iterator[bool]:
    """Whether the applicant counts as newly founded, under each reading of the day and of the age."""
    founded = facts.founded_on
    if founded is None or founded > facts.applied_on:
        yield from (True, False)
        return
    ages = readings(settled, "startup_definition", "12", "60") if facts.year < 2026 else ("12",)
    days = {"applied_at": facts.applied_on, "signed_on": facts.signed_on}
    for name, age in itertools.product(
        readings(settled, "startup_reference_date", "applied_at", "signed_on"), ages
    ):
        day = days[name]
        if day is None:
            yield from (True, False)
        else:
            yield day < months_later(founded, int(age))


def training(facts: Facts, position: Position, settled: Mapping[str, str]) -> Iterator[int]:
    """50 % of the contract, 60 % for the newly founded; all public money together at most half of it."""
    left_of_cap = max(0, 10_000_000 * YUAN - facts.before - position.used)
    ceilings = readings(settled, "startup_ceiling", "50", "60")
    for young, ceiling, exceeded in itertools.product(
        tuple(_young(facts, settled)), ceilings, exceeding(settled)
    ):
        least = min(part(facts.amount, 60 if young else 50), left_of_cap)
        if facts.all_support:
            whole = part(facts.amount, int(ceiling) if young else 50)
            least = min(least, max(0, whole - facts.all_support))
        yield within(least, position.left, exceeded)


def corpus(facts: Facts, position: Position, settled: Mapping[str, str]) -> Iterator[int]:
    """30 % of what the corpora cost, 2,000,000 yuan an applicant and year."""
    least = min(part(facts.amount, 30), max(0, 2_000_000 * YUAN - facts.before - position.used))
    yield from (within(least, position.left, exceeded) for exceeded in exceeding(settled))


def model(facts: Facts, position: Position, settled: Mapping[str, str]) -> Iterator[int]:
    """30 %, 1,000,000 yuan a year, up to 2,000,000 where the officer gives a reason."""
    cap = (2_000_000 if facts.own.get("overrun_reason") else 1_000_000) * YUAN
    least = min(part(facts.amount, 30), max(0, cap - facts.before - position.used))
    yield from (within(least, position.left, exceeded) for exceeded in exceeding(settled))


def henan(facts: Facts, position: Position, settled: Mapping[str, str]) -> Iterator[int]:
    """20 % of the usage fee, 1,000,000 yuan a year."""
    fee = facts.own.get("usage_fee", facts.amount)
    assert isinstance(fee, int)
    least = min(part(fee, 20), max(0, 1_000_000 * YUAN - facts.before - position.used))
    yield from (within(least, position.left, exceeded) for exceeded in exceeding(settled))


def qingyang(facts: Facts, position: Position, settled: Mapping[str, str]) -> Iterator[int]:
    """30 %, at most 2,000,000 yuan an application, and a year or not; nothing below 5,000. No budget of its
    own: what finance has allotted is all there is, and whoever does not fit waits for finance."""
    for limit in readings(settled, "applicant_year_limit", "2000000", "none"):
        year = NO_LIMIT if limit == "none" else 2_000_000 * YUAN
        least = min(part(facts.amount, 30), 2_000_000 * YUAN, max(0, year - facts.before - position.used))
        yield least if least >= 5_000 * YUAN else 0


RULES = {TRAINING: training, CORPUS: corpus, MODEL: model, HENAN: henan, QINGYANG: qingyang}


def halves(award: int) -> tuple[int, int]:
    """Province and city: half each, the odd fen the province's."""
    return award - award // 2, award // 2
