"""Every way of reading the rules that matters to a case, and no other."""

from datetime import date

from rules.money import parse
from rules.readings import branches, combinations, differing_parameters, largest, shown_readings
from tests.rules.desk import YOUNG, decided, policy

MEASURES = "training-voucher-2025"


def test_a_case_that_no_parameter_touches_has_one_way_per_reading_of_its_tier() -> None:
    ways = branches(policy().program, decided().witness)
    assert [way.taken for way in ways] == [
        (("startup_reference_date", "applied_at"),),
        (("startup_reference_date", "signed_on"),),
    ]
    assert {way.awards() for way in ways} == {(parse("4000000"),)}
    assert differing_parameters(combinations(policy().program, ways)) == ()


def test_parameters_are_branched_on_only_where_the_calculation_asks_for_them() -> None:
    decision = decided(founded_on=date(2025, 5, 20), contract_amount="10000000", other_support="3000000")
    ways = branches(policy().program, decision.witness)
    assert [way.taken for way in ways] == [
        (("startup_reference_date", "applied_at"),),
        (("startup_reference_date", "signed_on"), ("startup_ceiling", "50")),
        (("startup_reference_date", "signed_on"), ("startup_ceiling", "60")),
    ]
    names, found = combinations(policy().program, ways)
    assert names == ["startup_reference_date", "startup_ceiling"]
    assert len(found) == 4, "a general case reads the same under both ceilings"
    assert differing_parameters(combinations(policy().program, ways)) == (
        "startup_reference_date",
        "startup_ceiling",
    )


def test_only_parameters_that_alone_change_the_award_make_a_difference() -> None:
    decision = decided(contract_amount="10000000", other_support="3000000", left="2000000", **YOUNG)
    ways = branches(policy().program, decision.witness)
    differing = differing_parameters(combinations(policy().program, ways))
    assert differing == ("startup_ceiling", "budget_exceeded")
    assert shown_readings(combinations(policy().program, ways), differing) == (
        ("startup_ceiling=50,budget_exceeded=rest", parse("2000000")),
        ("startup_ceiling=50,budget_exceeded=nothing", parse("2000000")),
        ("startup_ceiling=60,budget_exceeded=rest", parse("2000000")),
        ("startup_ceiling=60,budget_exceeded=nothing", 0),
    )
    assert (
        shown_readings(combinations(policy().program, ways), ("startup_ceiling",))[0][0]
        == "startup_ceiling=50"
    )


def test_a_missing_fact_gives_each_possible_tier_its_own_sum() -> None:
    decision = decided(policy(startup_reference_date="applied_at"), founded_on=None)
    (way,) = branches(policy(startup_reference_date="applied_at").program, decision.witness)
    assert way.awards() == (parse("4800000"), parse("4000000"))
    assert (way.missing, way.lacking) == (("founded_on",), False)


def test_an_amount_that_cannot_be_calculated_is_told_apart_from_nothing() -> None:
    measures = policy(MEASURES)
    decision = decided(measures, applied_at=date(2025, 5, 20), contract_amount=None)
    ways = branches(measures.program, decision.witness)
    assert {way.awards() for way in ways} == {(None,)}
    assert all(way.lacking for way in ways)
    assert largest(measures.program, decision.witness) == 0


def test_the_most_that_may_yet_be_awarded_counts_open_conditions_as_passed() -> None:
    decision = decided(related_party=None, founded_on=None)
    assert [way.unknown for way in branches(policy().program, decision.witness)] == [("related_party",)]
    assert largest(policy().program, decision.witness) == parse("4800000")
    assert largest(policy().program, decided(related_party=True).witness) == 0
