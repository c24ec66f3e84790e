"""The short way through the readings gives what the long one gives, case by case."""

import random
from datetime import date, datetime, timedelta

import pytest

from casework.rulebook.shipped_packs import shipped
from rules import decide as deciding
from rules import readings
from rules.decide import BLOCKED, Decision, decide
from rules.facts import Value
from rules.policy import Policy
from rules.position import Position

POLICIES = [Policy(pack) for pack in shipped() if pack.id.startswith("shenzhen-")]


def case(chance: random.Random) -> dict[str, Value]:
    """A case in which anything may be missing, near every threshold."""
    signed = date(2026, 3, 1) - timedelta(days=chance.randrange(0, 60))
    facts: dict[str, Value] = {
        "applied_at": datetime(chance.choice((2025, 2026)), 5, chance.randrange(6, 28)),
        "applicant": "A",
        "applicant_kind": chance.choice(("enterprise", "university", "person")),
        "founded_on": signed - timedelta(days=chance.choice((0, 300, 364, 365, 400, 2_000))),
        "signed_on": signed,
        "contract_amount": chance.choice((0, 1, 3, 50_000_000, 800_000_000, 2_000_000_000, 5_000_000_000)),
        "related_party": chance.choice((False, False, False, True)),
        "provider_admitted": chance.choice((True, True, True, False)),
        "other_support": chance.choice((0, 0, 0, 1, 100_000_000, 400_000_000)),
        "through_exchange": True,
        "model_filed": True,
        "overrun_reason": chance.choice(("", "理由")),
    }
    for name in chance.sample(sorted(facts), chance.choice((0, 0, 0, 1, 2))):
        facts[name] = None
    return facts


def position(chance: random.Random, policy: Policy) -> Position:
    used = chance.choice((0, 0, 1, 500_000_000, 999_999_999, 2_000_000_000))
    left = chance.choice((0, 1, 2, 100, 300_000_000, 50_000_000_000))
    return Position((used,) * len(policy.caps), left)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.ref)
def test_the_short_way_is_the_long_way(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(policy.ref)
    asked = [(case(chance), position(chance, policy)) for _ in range(1_500)]
    short = [decide(policy, facts, at) for facts, at in asked]
    monkeypatch.setattr(deciding, "each_reading", lambda *arguments: None)
    monkeypatch.setattr(readings, "_likely", lambda *arguments: None)
    long: list[Decision] = [decide(policy, facts, at) for facts, at in asked]
    assert [one for one in zip(short, long, asked, strict=True) if one[0] != one[1]] == []
    assert any(one.status == BLOCKED and one.readings for one in short), "the cases must reach the readings"
