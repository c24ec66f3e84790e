"""What a case comes to on its own: who fits, and who goes to the reference."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest

from rules.facts import Value
from rules.fast_alone import Alone
from rules.fast_columns import columns_of
from rules.pack import load
from rules.policy import Policy

PACK = Path(__file__).parents[2] / "resources" / "policies" / "shenzhen" / "training-voucher-2026.toml"
POLICY = Policy(load(PACK.read_text(encoding="utf-8")))
PLAIN: Mapping[str, Value] = {
    "applied_at": datetime(2026, 5, 20),
    "applicant": "a",
    "applicant_kind": "enterprise",
    "founded_on": date(2020, 1, 1),
    "signed_on": date(2026, 5, 1),
    "contract_amount": 100_000_000,
    "related_party": False,
    "provider_admitted": True,
}


def worked(**changes: Value) -> Alone:
    return held(False, changes)


def held(hold: bool, changes: Mapping[str, Value]) -> Alone:
    alone = Alone(POLICY, columns_of(POLICY, [{**PLAIN, **changes}]))
    alone.work(hold)
    return alone


def test_a_plain_case_asks_for_its_rate() -> None:
    alone = worked()
    assert alone.fits.tolist() == [True] and alone.misfit.tolist() == [False]
    assert alone.asked.tolist() == [50_000_000]
    assert alone.names[int(alone.binding[0])] == "rate"


def test_other_support_binds_before_any_cap() -> None:
    alone = worked(other_support=10_000_000)
    assert alone.asked.tolist() == [40_000_000]
    assert alone.names[int(alone.binding[0])] == "other_support"


def test_a_failed_condition_is_a_bit_and_asks_for_nothing() -> None:
    alone = worked(related_party=True)
    assert alone.failed.tolist() == [1 << 3] and alone.asked.tolist() == [0]
    assert alone.misfit.tolist() == [False]


def test_a_condition_that_cannot_be_told_holds_money_only_where_that_is_asked() -> None:
    assert worked(related_party=None).misfit.tolist() == [False]
    assert held(True, {"related_party": None}).misfit.tolist() == [True]


@pytest.mark.parametrize(
    "changes",
    [
        {"founded_on": date(2025, 5, 10)},  # under twelve months old when it signed, not when it applied
        {"founded_on": None},
        {"applicant": None},
        {"awarded_before": 1},
        {"founded_on": date(2026, 1, 1), "other_support": 1},  # a startup's ceiling is unset
        {"contract_amount": -1, "leased_in_year": 50_000_000},
        {"contract_amount": 10**15 + 1},
    ],
)
def test_a_case_without_one_answer_goes_to_the_reference(changes: dict[str, Value]) -> None:
    alone = worked(**changes)
    assert alone.misfit.tolist() == [True]
    assert alone.asked.tolist() == [0]
