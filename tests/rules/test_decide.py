"""Decisions as the office makes them, to the fen: the worked examples, and each sentence of the rules."""

from datetime import date, datetime
from typing import Any

import pytest

from rules.decide import decide, decide_witness, decode, encode, rate_text, split_award
from rules.money import parse, yuan
from rules.position import Position
from tests.rules.desk import PLENTY, YOUNG, decided, facts, policy, small


@pytest.mark.parametrize(
    ("changes", "used", "award", "tier", "computed", "binding"),
    [
        ({"contract_amount": "8000000"}, "0", "4000000.00", "general", "4000000.00", "rate"),
        ({"contract_amount": "30000000"}, "0", "10000000.00", "general", "15000000.00", "applicant_year"),
        ({"contract_amount": "8000000", **YOUNG}, "0", "4800000.00", "startup", "4800000.00", "rate"),
        (
            {"contract_amount": "20000000", **YOUNG},
            "0",
            "10000000.00",
            "startup",
            "12000000.00",
            "applicant_year",
        ),
        ({"contract_amount": "500000"}, "0", "250000.00", "general", "250000.00", "rate"),
        ({"contract_amount": "6000000"}, "8000000", "2000000.00", "general", "3000000.00", "applicant_year"),
        (
            {"contract_amount": "10000000", "other_support": "3000000"},
            "0",
            "2000000.00",
            "general",
            "5000000.00",
            "other_support",
        ),
        ({"contract_amount": "20000000"}, "0", "10000000.00", "general", "10000000.00", "rate"),
        ({"contract_amount": "16666666.67", **YOUNG}, "0", "10000000.00", "startup", "10000000.00", "rate"),
    ],
)
def test_the_worked_examples_are_awarded_to_the_fen(
    changes: dict[str, Any], used: str, award: str, tier: str, computed: str, binding: str
) -> None:
    decision = decided(used=used, **changes)
    assert decision.status == "awarded"
    assert decision.award_fen == parse(award)
    assert decision.holds_fen == decision.award_fen
    assert (decision.tier, decision.computed_fen, decision.binding) == (tier, parse(computed), binding)
    assert (decision.reasons, decision.readings) == ((), ())
    assert decision.base_fen == parse(str(changes["contract_amount"]))


def test_leases_a_fen_below_the_threshold_are_refused_and_hold_nothing() -> None:
    decision = decided(contract_amount="499999.99")
    assert (decision.status, decision.reasons, decision.binding) == ("refused", ("threshold",), "")
    assert (decision.award_fen, decision.holds_fen) == (None, 0)


def test_a_startups_unset_ceiling_blocks_and_shows_both_readings() -> None:
    decision = decided(contract_amount="10000000", other_support="3000000", **YOUNG)
    assert (decision.status, decision.reasons) == ("blocked", ("startup_ceiling",))
    assert decision.readings == (
        ("startup_ceiling=50", parse("2000000")),
        ("startup_ceiling=60", parse("3000000")),
    )
    assert decision.award_fen is None
    assert decision.holds_fen == parse("3000000"), "the largest reading is held back until it is decided"


# -- conditions -------------------------------------------------------------------------------------------


def test_a_failing_condition_refuses_whatever_else_is_unknown() -> None:
    decision = decided(related_party=True, provider_admitted=None, founded_on=None, contract_amount=None)
    assert (decision.status, decision.reasons) == ("refused", ("related_party",))


def test_every_failing_condition_is_named_in_the_packs_order() -> None:
    decision = decided(provider_admitted=False, applicant_kind="club", contract_amount="1")
    assert decision.reasons == ("kind", "threshold", "provider_admitted")


def test_what_cannot_be_told_blocks_and_names_all_that_cannot() -> None:
    decision = decided(related_party=None, provider_admitted=None)
    assert (decision.status, decision.reasons) == ("blocked", ("related_party", "provider_admitted"))
    assert decision.readings == ()


def test_a_case_that_waits_for_an_answer_holds_back_what_it_would_be_awarded() -> None:
    assert decided(related_party=None).holds_fen == parse("4000000")
    assert decided(related_party=None, founded_on=None).holds_fen == parse("4800000")
    assert decided(related_party=None, left="123.45").holds_fen == parse("123.45")
    assert decided(contract_amount=None).holds_fen == 0, "no amount can be calculated"
    assert decided(related_party=True, provider_admitted=None).holds_fen == 0, "refused cases hold nothing"


@pytest.mark.parametrize(
    ("at", "status"),
    [
        (datetime(2026, 5, 5, 23, 59, 59), "refused"),
        (datetime(2026, 5, 6), "awarded"),
        (datetime(2026, 6, 5, 23, 59, 59), "awarded"),
        (datetime(2026, 6, 6), "refused"),
    ],
)
def test_the_window_holds_its_first_moment_and_not_its_last(at: datetime, status: str) -> None:
    assert decided(applied_at=at).status == status


def test_a_rounds_own_window_takes_the_packs_place() -> None:
    july: dict[str, Any] = {"window_from": datetime(2026, 7, 1), "window_until": datetime(2026, 7, 31, 17)}
    assert decided(applied_at=datetime(2026, 7, 31, 16, 59, 59), **july).status == "awarded"
    assert decided(applied_at=datetime(2026, 7, 31, 17), **july).reasons == ("window",)
    assert decided(**july).reasons == ("window",), "the pack's own days don't count then"


def test_empty_leases_stand_for_the_contract_and_nothing_else_does() -> None:
    assert decided(contract_amount="300000", leased_in_year="500000").award_fen == parse("150000")
    assert decided(contract_amount="600000", leased_in_year="499999.99").reasons == ("threshold",)
    assert decided(contract_amount=None).reasons == ("threshold",)


# -- amounts ----------------------------------------------------------------------------------------------


def test_half_a_fen_is_never_rounded_up() -> None:
    assert decided(contract_amount="1000000.01").award_fen == parse("500000.00")
    assert decided(contract_amount="0.03", leased_in_year="500000").award_fen == 1


def test_nothing_computed_is_a_refusal_by_the_rate() -> None:
    decision = decided(contract_amount="0.01", leased_in_year="500000")
    assert (decision.status, decision.binding, decision.reasons) == ("refused", "rate", ("rate",))


@pytest.mark.parametrize(
    ("changes", "used", "left", "rule"),
    [
        ({"contract_amount": "10000000", "other_support": "5000000"}, "0", "500000000", "other_support"),
        ({"contract_amount": "10000000", "other_support": "6000000"}, "0", "500000000", "other_support"),
        ({}, "10000000", "500000000", "applicant_year"),
        ({"awarded_before": "12000000"}, "0", "500000000", "applicant_year"),
        ({}, "0", "0", "budget"),
        ({}, "10000000", "0", "applicant_year"),
    ],
)
def test_an_award_of_zero_is_a_refusal_that_names_the_rule_twice(
    changes: dict[str, Any], used: str, left: str, rule: str
) -> None:
    decision = decided(used=used, left=left, **changes)
    assert (decision.status, decision.award_fen) == ("refused", None)
    assert (decision.binding, decision.reasons) == (rule, (rule,))


def test_on_a_tie_the_first_rule_in_order_binds() -> None:
    assert decided(contract_amount="20000000").binding == "rate"
    assert decided(contract_amount="30000000", left="10000000").binding == "applicant_year"
    tie = decided(contract_amount="10000000", other_support="3000000", used="8000000", left="2000000")
    assert (tie.award_fen, tie.binding) == (parse("2000000"), "other_support")


def test_other_support_of_nothing_asks_nothing() -> None:
    assert decided(other_support="0", contract_amount="10000000", **YOUNG).award_fen == parse("6000000")
    assert decided(other_support="0.01", contract_amount="10000000").award_fen == parse("4999999.99")


def test_awards_before_and_since_come_on_top_of_each_other() -> None:
    decision = decided(contract_amount="6000000", awarded_before="5000000", used="3000000")
    assert decision.award_fen == parse("2000000")


def test_what_the_budget_cannot_reach_is_unset_and_blocks() -> None:
    decision = decided(left="3999999.99")
    assert decision.reasons == ("budget_exceeded",)
    assert decision.readings == (
        ("budget_exceeded=rest", parse("3999999.99")),
        ("budget_exceeded=nothing", 0),
    )
    assert decided(left="4000000").award_fen == parse("4000000")


def test_readings_that_agree_decide_and_only_those_that_differ_are_named() -> None:
    agreed = decided(founded_on=date(2025, 5, 20), contract_amount="20000000")
    assert (agreed.status, agreed.tier) == ("awarded", "startup;general")
    both = decided(founded_on=date(2025, 5, 20), contract_amount="10000000", other_support="3000000")
    assert both.reasons == ("startup_reference_date", "startup_ceiling")
    assert [label for label, _ in both.readings] == [
        "startup_reference_date=applied_at,startup_ceiling=50",
        "startup_reference_date=applied_at,startup_ceiling=60",
        "startup_reference_date=signed_on,startup_ceiling=50",
        "startup_reference_date=signed_on,startup_ceiling=60",
    ]


def test_the_office_settles_a_parameter_and_the_case_goes_on() -> None:
    open_case: dict[str, Any] = {"contract_amount": "10000000", "other_support": "3000000", **YOUNG}
    assert decided(policy(startup_ceiling="50"), **open_case).award_fen == parse("2000000")
    assert decided(policy(startup_ceiling="60"), **open_case).award_fen == parse("3000000")
    assert decided(policy(budget_exceeded="rest"), left="1").award_fen == 100
    nothing = decided(policy(budget_exceeded="nothing"), left="1")
    assert (nothing.status, nothing.binding) == ("refused", "budget")


def test_a_soft_cap_gives_way_to_a_reason() -> None:
    model = policy("model-voucher-2025")
    case: dict[str, Any] = {"contract_amount": "8000000", "model_filed": True}
    assert decided(model, **case).award_fen == parse("1000000")
    assert decided(model, overrun_reason="  ".strip(), **case).award_fen == parse("1000000")
    assert decided(model, overrun_reason="前期投入大", **case).award_fen == parse("2000000")


def test_before_2026_what_a_startup_is_is_open_too() -> None:
    measures = policy("training-voucher-2025")
    decision = decided(measures, applied_at=datetime(2025, 5, 20), founded_on=date(2022, 5, 1))
    assert decision.reasons == ("startup_definition",)
    assert dict(decision.readings) == {
        "startup_definition=12": parse("4000000"),
        "startup_definition=60": parse("4800000"),
    }


# -- what can't be used -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("contract_amount", -5),
        ("contract_amount", 8_000_000.0),
        ("contract_amount", b"8"),
        ("contract_amount", 10**16 + 1),
        ("contract_amount", True),
        ("other_support", -1),
        ("awarded_before", -(10**9)),
        ("related_party", "no"),
        ("founded_on", datetime(2025, 11, 1)),
        ("applied_at", "2026-05-20"),
        ("applicant_kind", 3),
    ],
)
def test_a_value_that_no_rule_can_use_blocks_its_case_and_says_which(name: str, value: Any) -> None:
    decision = decide(policy(), {**facts(), name: value}, Position((0,), PLENTY))
    assert (decision.status, decision.reasons) == ("blocked", (name,))
    assert decision.award_fen is None
    stored = decode(policy(), encode(decision.witness))
    assert decide_witness(policy(), stored)[:11] == decision[:11]


def test_blank_texts_are_not_known_and_a_bare_day_is_its_midnight() -> None:
    assert decided(applicant_kind="").reasons == ("kind",)
    assert decided(applicant="").reasons == ("applicant",), "whose cap it is can't be told"
    assert decided(applied_at=date(2026, 5, 6)).status == "awarded"
    assert decided(applied_at=date(2026, 6, 6)).reasons == ("window",)


def test_a_founding_at_the_end_of_the_calendar_is_a_startups() -> None:
    assert decided(founded_on=date(9999, 12, 1)).tier == "startup"


# -- small things -----------------------------------------------------------------------------------------


def test_an_unset_condition_does_not_hide_one_that_surely_fails() -> None:
    one = small(
        more="""
[[unset]]
id = "least"
type = "money"
title = "门槛"
reading = [
    { id = "low", value = "100.00", source = "甲" },
    { id = "high", value = "200.00", source = "乙" },
]
[[condition]]
id = "size"
fact = "contract_amount"
at_least = { unset = "least" }
article = "第3条"
[[condition]]
id = "kind"
fact = "applicant_kind"
is = "university"
article = "第4条"
"""
    )
    assert decided(one, left=None, contract_amount="150").reasons == ("kind",)
    open_case = decided(one, left=None, contract_amount="150", applicant_kind="university")
    assert (open_case.status, open_case.reasons) == ("blocked", ("least",))
    assert open_case.readings == (("least=low", parse("75")), ("least=high", 0))
    small_case = decided(one, left=None, contract_amount="99.99", applicant_kind="university")
    assert (small_case.status, small_case.reasons) == ("refused", ("size",))


def test_rates_are_written_without_needless_zeros() -> None:
    assert [rate_text(rate) for rate in (600_000, 1_000_000, 123_456, 0, None)] == [
        "0.6",
        "1",
        "0.123456",
        "0",
        "",
    ]


def test_funders_share_to_the_fen_and_the_odd_fen_has_its_owner() -> None:
    halves = policy("compute-voucher-2025", "henan").pack.funders
    for fen in (1, 2, 99, 10**9 + 1):
        parts = dict(split_award(halves, fen))
        assert sum(parts.values()) == fen
        odd = next(funder.id for funder in halves if funder.odd)
        assert parts[odd] - min(parts.values()) == fen % 2


def test_the_same_witness_gives_the_same_decision() -> None:
    cases = (decided(), decided(founded_on=None), decided(related_party=None), decided(used="9999999"))
    for decision in cases:
        assert decide_witness(policy(), decision.witness) == decision
        assert yuan(decision.holds_fen)
