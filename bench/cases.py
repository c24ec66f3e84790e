"""Made-up cases for the measures: a CSV file of the kind that `calculate` reads, always the same."""

from __future__ import annotations

import csv
import random
from datetime import date, datetime, timedelta
from pathlib import Path

from rules.creditcode import make_check

HEADINGS = (
    "case", "applied_at", "applicant", "applicant_kind", "founded_on", "contract_no", "signed_on",
    "starts_on", "ends_on", "contract_amount", "leased_in_year", "related_party", "provider_admitted",
    "other_support", "awarded_before",
)  # fmt: skip
KINDS = ("enterprise", "enterprise", "university", "research_institute")
FIRST = datetime(2026, 5, 6, 9)
MINUTES = 44_000  # of the round's window

SMALL = (200_000, 1_600_000)
"""Contracts of 2,000 to 16,000 yuan: the year's budget lasts for 100,000 of them."""
LARGE = (50_000_000, 3_000_000_000)
"""Contracts of 0.5 to 30 million yuan: the budget is gone after a hundred, and what then happens is unset."""


def applicant(number: int) -> str:
    """A credit code with a right check character."""
    first = f"91440300MA{number:07d}"
    return first + make_check(first)


def write_cases(path: Path, count: int, amounts: tuple[int, int] = SMALL, seed: int = 2026) -> None:
    """Writes cases: one in three of a startup, one in 12 with a gap or a refusal, most applicants new."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number in range(count):
            applied = FIRST + timedelta(minutes=number * MINUTES / count)
            signed = date(2026, 5, 6) - timedelta(days=chance.randrange(20, 120))
            age = chance.randrange(30, 240) if chance.random() < 0.35 else chance.randrange(500, 6_000)
            amount = chance.randrange(*amounts)
            support = f"{chance.randrange(100, 1_000)}.00" if chance.random() < 0.1 else ""
            writer.writerow((
                f"C{number:07d}", applied.isoformat(" ", "seconds"), applicant(int(number * 0.75)),
                chance.choice(KINDS), signed - timedelta(days=age), f"HT-2026-{number:07d}", signed,
                signed + timedelta(days=10), signed + timedelta(days=375),
                f"{amount // 100}.{amount % 100:02d}", "600000.00",
                chance.choices(("no", "yes", ""), (96, 2, 2))[0],
                chance.choices(("yes", "no", ""), (96, 2, 2))[0], support, "",
            ))  # fmt: skip
