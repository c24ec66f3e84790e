"""Tiers: startups to the day, what a missing date leaves open, priorities, none and two."""

from datetime import date, datetime
from typing import Any

import pytest

from rules.money import parse
from tests.rules.desk import decided, policy, small


@pytest.mark.parametrize(
    ("founded_on", "applied_at", "tier"),
    [
        (date(2025, 5, 21), datetime(2026, 5, 20, 23, 59), "startup"),
        (date(2025, 5, 20), datetime(2026, 5, 20, 0, 0), "general"),
        (date(2024, 2, 29), datetime(2025, 2, 27), "startup"),
        (date(2024, 2, 29), datetime(2025, 2, 28), "general"),
    ],
)
def test_a_startup_is_one_until_the_day_it_turns_twelve_months(
    founded_on: date, applied_at: datetime, tier: str
) -> None:
    by_application = policy(startup_reference_date="applied_at")
    window: dict[str, Any] = {"window_from": datetime(2025, 1, 1), "window_until": datetime(2026, 12, 1)}
    decision = decided(by_application, founded_on=founded_on, applied_at=applied_at, **window)
    assert decision.tier == tier


def test_a_signing_before_the_founding_is_still_a_startups() -> None:
    decision = decided(founded_on=date(2026, 4, 15), signed_on=date(2026, 4, 1))
    assert (decision.status, decision.tier) == ("awarded", "startup")


def test_a_missing_founding_date_leaves_both_tiers_open() -> None:
    decision = decided(founded_on=None)
    assert (decision.status, decision.reasons) == ("blocked", ("founded_on",))
    assert (decision.tier, decision.rate, decision.readings) == ("startup;general", "0.6;0.5", ())
    assert decision.computed == (parse("4800000"), parse("4000000"))


def test_a_missing_signing_date_leaves_both_open_under_that_reading_only() -> None:
    decision = decided(signed_on=None)
    assert decision.reasons == ("startup_reference_date", "signed_on")
    assert decision.readings == (
        ("startup_reference_date=applied_at", parse("4000000")),
        ("startup_reference_date=signed_on", parse("4800000")),
        ("startup_reference_date=signed_on", parse("4000000")),
    )


def test_tiers_that_lead_to_one_award_stand_joined_in_the_packs_order() -> None:
    decision = decided(founded_on=None, contract_amount="20000000")
    assert (decision.status, decision.award_fen) == ("awarded", parse("10000000"))
    assert (decision.tier, decision.rate, decision.binding) == (
        "startup;general",
        "0.6;0.5",
        "rate;applicant_year",
    )
    assert decision.computed == (parse("12000000"), parse("10000000"))
    assert (decision.base_fen, decision.computed_fen) == (parse("20000000"), None)


def test_no_tier_that_fits_blocks_and_so_do_two_of_one_rank() -> None:
    one = small(
        without="otherwise = true", instead='when = { fact = "contract_amount", at_least = "100.00" }'
    )
    assert decided(one, left=None, contract_amount="99.99").reasons == ("tier",)
    two = small(
        more='\n[[tier]]\nid = "large"\nwhen = { fact = "contract_amount", at_least = "100.00" }\n'
        'rate = "0.2"\narticle = "第2条"\n',
        without="otherwise = true",
        instead='when = { fact = "contract_amount", above = "50.00" }',
    )
    assert decided(two, left=None, contract_amount="99.99").award_fen == parse("49.99")
    decision = decided(two, left=None, contract_amount="100.00")
    assert (decision.status, decision.reasons) == ("blocked", ("general", "large"))


def test_the_tier_of_the_higher_priority_goes_before() -> None:
    ranked = small(
        more="""
[[tier]]
id = "large"
when = { fact = "contract_amount", at_least = "100.00" }
priority = 2
rate = "0.2"
article = "第2条"
[[tier]]
id = "some"
when = { fact = "contract_amount", at_least = "50.00" }
priority = 1
rate = "0.3"
article = "第3条"
"""
    )
    assert [decided(ranked, left=None, contract_amount=text).tier for text in ("49.99", "50", "100")] == [
        "general",
        "some",
        "large",
    ]
