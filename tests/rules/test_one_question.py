"""The short way through the readings gives what the long one gives, case by case."""

import random
from datetime import date, datetime, timedelta

import pytest

from casework.rulebook.shipped_packs import shipped
from rules import decide as deciding
from rules import readings
from rules.decide import AWARDED, BLOCKED, Decision, decide
from rules.facts import Value
from rules.policy import Policy
from rules.position import Position
from rules.trial import waiting_values

OPEN = [Policy(pack) for pack in shipped() if pack.id.startswith("shenzhen-")]
POLICIES = [Policy(one.pack, waiting_values(one)) for one in OPEN]
"""With what waits for the office set, so that the cases reach the readings."""
WAITING = [one for one in OPEN if waiting_values(one)]


def case(chance: random.Random, policy: Policy) -> dict[str, Value]:
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
    for name, fact in policy.pack.facts.items():
        amounts = (0, 1, 3, 50_000_000, 800_000_000)
        said: dict[str, tuple[Value, ...]] = {
            "choice": fact.choices, "yes_no": (True, True, False), "money": amounts,
            "integer": (0, 7, 10_001), "text": ("P-1", "P-2"),
        }  # fmt: skip
        facts.setdefault(name, chance.choice(said.get(fact.type, (None,))))
    for name in chance.sample(sorted(facts), chance.choice((0, 0, 0, 1, 2))):
        facts[name] = None
    return facts


def position(chance: random.Random, policy: Policy) -> Position:
    used = chance.choice((0, 0, 1, 500_000_000, 999_999_999, 2_000_000_000))
    left = chance.choice((0, 1, 2, 100, 300_000_000, 50_000_000_000))
    return Position((used,) * len(policy.caps), left)


def short_and_long(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> list[Decision]:
    chance = random.Random(policy.ref)
    asked = [(case(chance, policy), position(chance, policy)) for _ in range(1_500)]
    short = [decide(policy, facts, at) for facts, at in asked]
    monkeypatch.setattr(
        deciding, "_by_question", lambda policy, witness, _: deciding._by_readings(policy, witness)
    )
    monkeypatch.setattr(readings, "_likely", lambda *arguments: None)
    long: list[Decision] = [decide(policy, facts, at) for facts, at in asked]
    assert [one for one in zip(short, long, asked, strict=True) if one[0] != one[1]] == []
    return short


@pytest.mark.parametrize("policy", WAITING, ids=lambda policy: policy.ref)
def test_the_short_way_is_the_long_way_while_figures_wait(
    policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = set(policy.program.waiting)
    short = short_and_long(policy, monkeypatch)
    assert any(one.status == BLOCKED and waits & set(one.reasons) for one in short)
    assert all(one.status != AWARDED for one in short), "no case of these is without a figure that waits"


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.ref)
def test_the_short_way_is_the_long_way(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    short = short_and_long(policy, monkeypatch)
    assert any(one.status == BLOCKED and one.readings for one in short), "the cases must reach the readings"
