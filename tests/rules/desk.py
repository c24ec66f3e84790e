"""The desk that the tests of the rules share: the shipped packs, a usual case, and a small pack to alter."""

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from rules.decide import Decision, decide
from rules.money import parse
from rules.pack import Pack, load
from rules.policy import Policy, Supplement
from rules.position import Position

POLICIES = Path(__file__).parents[2] / "resources" / "policies"
SHIPPED = sorted(path for path in POLICIES.rglob("*.toml"))
PLENTY = parse("500000000")

USUAL: dict[str, Any] = {
    "case": "2026-0001",
    "applied_at": datetime(2026, 5, 20, 10, 30),
    "applicant": "91440300MA5EXAMP04",
    "applicant_kind": "enterprise",
    "founded_on": date(2023, 5, 1),
    "contract_no": "HT-2026-001",
    "signed_on": date(2026, 4, 1),
    "contract_amount": parse("8000000"),
    "related_party": False,
    "provider_admitted": True,
}
"""An enterprise three years old with a contract of eight million."""
YOUNG: dict[str, Any] = {"founded_on": date(2025, 11, 1)}


@cache
def pack(name: str = "training-voucher-2026", place: str = "shenzhen") -> Pack:
    """A shipped pack by the name of its file."""
    return load((POLICIES / place / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def policy(name: str = "training-voucher-2026", place: str = "shenzhen", **settled: str) -> Policy:
    """A shipped pack with what the office has set."""
    one = pack(name, place)
    return Policy(
        one,
        [Supplement(one.id, key, value, one.in_force_from, None, "test") for key, value in settled.items()],
    )


def facts(**changes: Any) -> dict[str, Any]:
    """The usual case with changes; texts of amounts are yuan."""
    amounts = ("contract_amount", "leased_in_year", "other_support", "awarded_before")
    read = {
        name: parse(value) if name in amounts and isinstance(value, str) else value
        for name, value in changes.items()
    }
    return {**USUAL, **read}


def decided(
    by: Policy | None = None, used: str = "0", left: str | None = "500000000", **changes: Any
) -> Decision:
    """The decision of the usual case with changes, at a position in yuan."""
    by = by or policy()
    position = Position((parse(used),) * len(by.caps), None if left is None else parse(left))
    return decide(by, facts(**changes), position)


SMALL = """
id = "small-voucher"
version = "1"
title = "小额券"
document = "某规〔2026〕1号"
grade = "A"
in_force = { from = 2026-01-01, until = 2027-01-01 }

[[tier]]
id = "general"
otherwise = true
rate = "0.5"
article = "第1条"
"""


def small(more: str = "", without: str = "", instead: str = "") -> Policy:
    """A pack of five lines with more tables, or with one piece of text replaced by another."""
    return Policy(load(small_text(more, without, instead)))


def small_text(more: str = "", without: str = "", instead: str = "") -> str:
    """The text of `small`."""
    text = SMALL
    if without:
        assert text.count(without) == 1, without
        text = text.replace(without, instead)
    return text + more
