"""Trial cases stand at the edges of a policy's rules, and pass its conditions."""

from datetime import date, datetime
from pathlib import Path

import pytest

from rules.decide import AWARDED, decide
from rules.facts import Value
from rules.faults import PackFaults
from rules.pack import load
from rules.policy import Policy
from rules.position import Position
from rules.trial import Trials, row, worlds

POLICIES = Path(__file__).parents[2] / "resources" / "policies"
ALL = [Policy(load(path.read_text(encoding="utf-8"))) for path in sorted(POLICIES.rglob("*.toml"))]
TRAINING = next(policy for policy in ALL if policy.ref == "shenzhen-training-voucher@2026")


def trials(policy: Policy) -> Trials:
    return Trials(worlds(policy)[0])


@pytest.mark.parametrize("policy", ALL, ids=lambda policy: policy.ref)
def test_every_tier_of_every_pack_gets_an_award(policy: Policy) -> None:
    for world in worlds(policy):
        made = Trials(world)
        assert made.passing() is not None
        position = Position((0,) * len(world.caps), world.budget_amount_fen)
        for at, tier in enumerate(policy.pack.tiers):
            facts = made.of_tiers(tier.id, (at,).__eq__)
            assert facts is not None
            decision = decide(world, facts, position)
            assert (decision.status, decision.tier) == (AWARDED, tier.id)


def test_each_combination_of_readings_is_a_world() -> None:
    assert len(worlds(TRAINING)) == 8
    assert all(not [one for one in world.open_parameters if one.readings] for world in worlds(TRAINING))


def test_the_edges_of_dates_and_sums_are_among_the_values() -> None:
    made = trials(TRAINING)
    assert made.day == datetime(2026, 5, 6)
    assert datetime(2026, 6, 6) in made.edges["applied_at"]
    assert datetime(2026, 6, 5, 23, 59, 59) in made.edges["applied_at"]
    assert {49_999_999, 50_000_000, 50_000_001} <= set(made.edges["leased_in_year"])
    assert {date(2025, 5, 5), date(2025, 5, 6), date(2025, 5, 7)} <= set(made.edges["founded_on"])


def test_the_amounts_lie_around_the_cap() -> None:
    amounts = trials(TRAINING).amounts(1)
    assert {1_999_999_999, 2_000_000_000, 2_000_000_001} <= set(amounts)
    assert list(amounts) == sorted(amounts)


def test_amounts_that_stand_for_one_another_rise_together() -> None:
    made = trials(TRAINING)
    usual = made.passing()
    assert usual is not None
    assert list(made.sweeps(usual)) == [("leased_in_year", "contract_amount"), ("contract_amount",)]


def test_situations_try_the_position_and_the_facts_about_money() -> None:
    made = trials(TRAINING)
    usual = made.passing()
    assert usual is not None
    found = list(made.situations(1, usual))
    assert found[0][1] == Position((0,), 50_000_000_000)
    assert {position.used[0] for _, position in found} >= {999_999_999, 1_000_000_000, 1_000_000_001}
    assert {position.left for _, position in found} >= {0, 1}
    assert any(facts["other_support"] for facts, _ in found)


def test_a_row_is_what_calculate_reads() -> None:
    known = {fact.id: fact for fact in TRAINING.program.facts}
    facts: dict[str, Value] = {
        "applied_at": datetime(2026, 5, 6, 9),
        "founded_on": date(2025, 5, 6),
        "contract_amount": 12_345,
        "related_party": False,
        "signed_on": None,
    }
    assert row(facts, known) == {
        "applied_at": "2026-05-06 09:00:00",
        "founded_on": "2025-05-06",
        "contract_amount": "123.45",
        "related_party": "no",
    }


def test_an_ordinary_case_knows_what_its_amount_needs() -> None:
    """A pack whose other support has no default once blocked every trial, and a rate of 3500 % passed."""
    text = (
        'id = "a"\nversion = "1"\ntitle = "甲"\ndocument = "文"\ngrade = "A"\n'
        'in_force = { from = 2026-01-01, article = "一" }\n'
        '[[fact]]\nid = "district_support"\ntype = "money"\ntitle = "区级支持"\n'
        '[[tier]]\nid = "all"\notherwise = true\nrate = "0.3"\narticle = "二"\n'
        '[[stacking]]\nid = "less"\nfacts = ["district_support"]\nhow = "deduct"\narticle = "三"\n'
    )
    trials = Trials(Policy(load(text)))
    facts = trials.passing()
    assert facts is not None and facts["district_support"] == 0
    assert decide(trials.policy, facts, Position((), None)).status == "awarded"
    with pytest.raises(PackFaults) as refused:
        load(text.replace('"0.3"', '"35"'))
    assert [fault.code for fault in refused.value.faults] == ["pack.rate_above_one"]


def test_a_window_that_a_round_may_move_clashes_with_nothing_and_a_fixed_one_does() -> None:
    text = (
        'id = "a"\nversion = "1"\ntitle = "甲"\ndocument = "文"\ngrade = "A"\n'
        'in_force = { from = 2026-09-01, until = 2027-01-01, article = "一" }\n'
        '[[condition]]\nid = "window"\nfact = "applied_at"\nuntil = 2026-06-06\nround_window = true\n'
        'article = "二"\n[[tier]]\nid = "all"\notherwise = true\nrate = "0.3"\narticle = "二"\n'
    )
    assert trials(Policy(load(text))).passing() is not None
    fixed = trials(Policy(load(text.replace("round_window = true\n", ""))))
    assert fixed.passing() is None
    assert fixed.clash() == ("window", "in_force")


def test_a_founding_after_the_application_is_no_case() -> None:
    text = (
        'id = "a"\nversion = "1"\ntitle = "甲"\ndocument = "文"\ngrade = "A"\n'
        'in_force = { from = 2026-01-01, until = 2027-01-01, article = "一" }\n'
        '[[condition]]\nid = "early"\nfact = "applied_at"\nuntil = 2026-03-01\narticle = "二"\n'
        '[[condition]]\nid = "young"\nfact = "founded_on"\nfrom = 2026-06-01\narticle = "二"\n'
        '[[tier]]\nid = "all"\notherwise = true\nrate = "0.3"\narticle = "二"\n'
    )
    assert trials(Policy(load(text))).clash() == ("early", "young")
