"""A policy made ready to run: the row of values, their defaults, the tiers."""

from datetime import date, datetime
from typing import Any

from rules.money import parse
from tests.rules.desk import facts, policy, small

DAY = "[[fact]]\nid = '{id}'\ntype = '{type}'\ndefault = '{default}'\n"


def test_a_row_holds_what_the_rules_use_and_nothing_else() -> None:
    program = policy().program
    assert set(program.names) == {
        *("applied_at", "applicant_kind", "leased_in_year", "related_party", "provider_admitted"),
        *("signed_on", "founded_on", "window_from", "window_until", "contract_amount", "other_support"),
        *("applicant", "awarded_before"),
    }
    assert len(program.values(facts(contract_no="HT", case="1"))) == len(program.names)


def row(one: Any, **changes: Any) -> dict[str, Any]:
    program = one.program
    return dict(zip(program.names, program.values(facts(**changes)), strict=True))


def test_empty_values_take_their_defaults() -> None:
    values = row(policy(), contract_amount="600000")
    assert (values["leased_in_year"], values["other_support"], values["awarded_before"]) == (60_000_000, 0, 0)
    assert row(policy(), leased_in_year="1", contract_amount="2")["leased_in_year"] == 100


def test_a_default_may_have_a_default_in_whatever_order_they_are_used() -> None:
    one = small(
        DAY.format(id="paid", type="money", default="contract_amount")
        + DAY.format(id="audited", type="money", default="paid")
        + "[base]\nfact = 'audited'\narticle = 'a'\n"
    )
    assert row(one, contract_amount="5")["audited"] == 500
    assert row(one, contract_amount="5", paid=300)["audited"] == 300
    assert row(one, contract_amount="5", audited=100)["audited"] == 100
    assert row(one, contract_amount=None)["audited"] is None


def test_blank_texts_are_unknown_and_days_are_midnights() -> None:
    values = row(policy(), applicant_kind="", applicant="", applied_at=date(2026, 5, 6))
    assert (values["applicant_kind"], values["applicant"]) == (None, None)
    assert values["applied_at"] == datetime(2026, 5, 6)


def test_values_of_the_right_types_are_usable_each_time_they_are_asked() -> None:
    program = policy().program
    good = program.values(facts())
    for _ in range(2):
        assert program.unusable(good) == ()
        assert program.unusable(program.values(facts(contract_amount=-1, leased_in_year=0))) == (
            "contract_amount",
        )
        assert program.unusable(program.values(facts(contract_amount=10**16))) == ()
        assert program.unusable(program.values(facts(other_support=10**16 + 1))) == ("other_support",)
        aware = datetime.fromisoformat("2026-05-20T10:30:00+08:00")
        assert program.unusable(program.values(facts(applied_at=aware))) == ("applied_at",)
        assert program.unusable(program.values(facts(founded_on="2023-05-01", applicant=5))) == (
            "founded_on",
            "applicant",
        )


TIERS = """
[[tier]]
id = "young"
when = { fact = "signed_on", after = "founded_on", less_than_months = 12 }
priority = 1
rate = "0.6"
article = "a"
[[tier]]
id = "small"
when = { fact = "contract_amount", below = "100.00" }
rate = "0.7"
article = "a"
"""


def test_tiers_with_their_priorities() -> None:
    program = small(TIERS).program

    def possible(**changes: Any) -> list[str]:
        values = program.values(facts(**changes))
        found = program.tier(values, {})
        sole = program.sole_tier(values)
        assert sole == (found[0] if len(found) == 1 else None)
        return [program.pack.tiers[at].id for at in found]

    assert possible() == ["general"]
    assert possible(contract_amount="99.99") == ["small"]
    assert possible(founded_on=date(2026, 1, 1), contract_amount="99.99") == ["young"]
    assert possible(founded_on=None) == ["general", "young"]
    assert possible(founded_on=None, contract_amount="99.99") == ["young", "small"]
    assert possible(contract_amount=None) == ["general", "small"]
    assert possible(founded_on=date(2026, 1, 1), contract_amount=None) == ["young"]


def test_the_facts_that_leave_tiers_open_are_named_in_the_rows_order() -> None:
    program = small(TIERS).program
    values = program.values(facts(founded_on=None, contract_amount=None))
    assert program.why_tiers(values, {}) == (("founded_on", "contract_amount"), ())
    assert program.certain_tiers(values, {}) == (0,), "only the tier of all others is sure"


def test_tiers_are_looked_at_under_every_reading() -> None:
    program = policy("training-voucher-2025").program
    assert len(program.tier_readings) == 4
    assert policy("training-voucher-2025", startup_definition="12").program.tier_readings == (
        {"startup_reference_date": "applied_at"},
        {"startup_reference_date": "signed_on"},
    )


def test_a_condition_that_does_not_apply_is_passed() -> None:
    one = small(
        "[[condition]]\nid = 'large'\nfact = 'related_party'\nis = 'no'\narticle = 'a'\n"
        "applies_when = { fact = 'contract_amount', above = '100.00' }\n"
    )
    ((_, judge),) = one.program.conditions

    def answer(**changes: Any) -> bool | None:
        return judge(one.program.values(facts(**changes)), {})

    assert answer(contract_amount="100", related_party=True) is True
    assert answer(contract_amount="100.01", related_party=True) is False
    assert answer(contract_amount=None, related_party=False) is True
    assert answer(contract_amount=None, related_party=True) is None


def test_rules_are_named_in_the_order_of_the_calculation() -> None:
    order = policy().program.order
    names = ["kind", "window", "provider_admitted", "rate", "other_support", "applicant_year", "budget"]
    assert sorted(names, key=order.__getitem__) == names
    assert parse("0.01") == 1
