"""Made-up cases for the measures: a CSV file of the kind that `calculate` reads, the same for the same size."""

from __future__ import annotations

import csv
import random
from datetime import date, datetime, timedelta
from pathlib import Path

from rules.creditcode import make_check

HEADINGS = (
    "case", "applied_at", "applicant", "applicant_kind", "founded_on", "contract_no", "signed_on", "starts_on",
    "ends_on", "contract_amount", "leased_in_year", "related_party", "provider_admitted", "other_support",
    "awarded_before",
)  # fmt: skip


def applicant(number: int) -> str:
    """A credit code with a right check character."""
    first = f"91440300MA{number:07d}"
    return first + make_check(first)


def write_cases(path: Path, count: int, seed: int = 2026) -> None:
    """Writes ``count`` cases, one in three of a startup, most of them complete, one in four of a known applicant."""
    chance = random.Random(seed)
    first_day = date(2026, 5, 6)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number in range(count):
            applied = datetime(2026, 5, 6, 9) + timedelta(minutes=number * 44_000 / count)
            signed = first_day - timedelta(days=chance.randrange(20, 120))
            young = chance.random() < 0.35
            founded = signed - timedelta(days=chance.randrange(30, 240) if young else chance.randrange(500, 6_000))
            amount = chance.randrange(200_000, 1_600_000)
            support = chance.randrange(10_000, 100_000) if chance.random() < 0.1 else 0
            writer.writerow((
                f"C{number:07d}", applied.isoformat(" ", "seconds"), applicant(int(number * 0.75)),
                chance.choice(("enterprise", "enterprise", "university", "research_institute")), founded,
                f"HT-2026-{number:07d}", signed, signed + timedelta(days=10), signed + timedelta(days=375),
                f"{amount // 100}.{amount % 100:02d}", "600000.00", chance.choices(("no", "yes", ""), (96, 2, 2))[0],
                chance.choices(("yes", "no", ""), (96, 2, 2))[0], f"{support // 100}.00" if support else "", "",
            ))  # fmt: skip
