"""Counters: which cap and which budget a case draws on, by names that no value can forge."""

from datetime import date, datetime
from typing import Any

import pytest

from rules.counter_keys import Scope, budget_key, scope_facts
from rules.parts import Cap, Source
from tests.rules.desk import facts, pack, small

NOWHERE = Source("", "", "")


def scope(*per: str, tier: str = "") -> Scope:
    return Scope(Cap("most", "", "", NOWHERE, 1, per), tier)


@pytest.mark.parametrize(
    ("per", "key"),
    [
        ((), "small-voucher/most"),
        (("applicant", "year"), "small-voucher/most/91440300MA5EXAMP04/2026"),
        (("applicant", "quarter"), "small-voucher/most/91440300MA5EXAMP04/2026q2"),
        (("month",), "small-voucher/most/2026-05"),
        (("contract",), "small-voucher/most/HT-2026-001"),
        (("applicant_kind", "year"), "small-voucher/most/enterprise/2026"),
    ],
)
def test_a_counter_is_named_by_its_scope(per: tuple[str, ...], key: str) -> None:
    assert scope(*per).key(small().pack, facts()) == key


def test_a_cap_counted_for_a_tier_has_a_counter_of_its_own() -> None:
    assert scope("year", tier="startup").key(small().pack, facts()) == "small-voucher/most/startup/2026"


@pytest.mark.parametrize(
    ("month", "quarter"),
    [(1, "2026q1"), (3, "2026q1"), (4, "2026q2"), (9, "2026q3"), (10, "2026q4"), (12, "2026q4")],
)
def test_quarters_begin_with_january_april_july_and_october(month: int, quarter: str) -> None:
    at = datetime(2026, month, 28, 23, 59)
    assert scope("quarter").key(small().pack, facts(applied_at=at)).endswith(quarter)


def test_no_name_of_an_applicant_runs_into_another_counter() -> None:
    one = scope("applicant", "year")
    keys = {
        one.key(small().pack, facts(applicant=name)) for name in ("a", "a/2026", "a%2F2026", "a/", "%", "%25")
    }
    assert len(keys) == 6
    assert all(key.count("/") == 3 for key in keys)


def test_what_is_not_known_is_left_empty() -> None:
    assert scope("applicant", "year").key(small().pack, facts(applicant=None, applied_at=None)).endswith("//")


def test_a_scope_needs_the_facts_that_name_it() -> None:
    assert scope_facts(pack(), ("applicant", "year", "quarter", "contract")) == (
        "applicant",
        "applied_at",
        "contract_no",
    )


BUDGET = "[budget]\narticle = 'a'\namount = '1'\nexceeded = 'rest'\n"


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ("", "small-voucher/2026"),
        ("per = 'quarter'\n", "small-voucher/2026q2"),
        ("per = 'programme'\n", "small-voucher"),
        ("key = 'shared'\n", "shared/2026"),
    ],
)
def test_a_budget_is_a_years_unless_the_pack_says_otherwise(more: str, key: str) -> None:
    assert budget_key(small(BUDGET + more).pack, facts()) == key


def test_the_year_is_that_of_the_legal_date() -> None:
    by_signing: Any = small(BUDGET, without='grade = "A"', instead='grade = "A"\nchosen_by = "signed_on"')
    case = facts(applied_at=datetime(2027, 1, 2), signed_on=date(2026, 12, 30))
    assert by_signing.budget_key(case) == "small-voucher/2026"
