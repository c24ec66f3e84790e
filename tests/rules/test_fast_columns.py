"""Cases as columns of whole numbers, and back."""

from datetime import date, datetime
from pathlib import Path

import numpy
import pytest

from rules.facts import Facts, Value
from rules.fast_columns import MISSING, columns_of, decoded, encoded
from rules.pack import load
from rules.policy import Policy

PACK = Path(__file__).parents[2] / "resources" / "policies" / "shenzhen" / "training-voucher-2026.toml"
POLICY = Policy(load(PACK.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("money", 123),
        ("yes_no", True),
        ("date", date(2024, 2, 29)),
        ("moment", datetime(2026, 5, 6, 17, 0, 1, 5)),
        ("integer", 0),
    ],
)
def test_a_value_comes_back_from_its_number(kind: str, value: Value) -> None:
    assert decoded(kind, encoded(kind, value)) == value


def test_columns_know_what_is_missing() -> None:
    columns = columns_of(POLICY, [{"applicant": "a", "contract_amount": 5}, {"applicant": ""}])
    assert columns.by["applicant"].values.tolist() == [0, MISSING]
    assert columns.facts(0)["contract_amount"] == 5 and columns.facts(1)["contract_amount"] is None
    assert columns.by["contract_amount"].values.dtype == numpy.int64


def test_every_fact_of_a_case_comes_back() -> None:
    facts: Facts = {
        "applied_at": datetime(2026, 5, 6, 9, 30),
        "applicant": "a",
        "applicant_kind": "enterprise",
        "founded_on": date(2024, 2, 29),
        "signed_on": None,
        "contract_amount": 123_45,
        "related_party": False,
    }
    columns = columns_of(POLICY, [{"applicant_kind": "university"}, facts])
    assert {name: value for name, value in columns.facts(1).items() if value is not None} == {
        name: value for name, value in facts.items() if value is not None
    }


def test_a_word_is_its_place_and_a_strange_one_has_none() -> None:
    kinds = columns_of(POLICY, [{"applicant_kind": "enterprise"}]).by["applicant_kind"]
    assert (kinds.number("enterprise"), kinds.number("person")) == (0, -1)


def test_a_moment_lies_on_its_day() -> None:
    columns = columns_of(
        POLICY, [{"applied_at": datetime(2026, 5, 6, 23, 59, 59), "signed_on": date(2026, 5, 6)}]
    )
    assert columns.by["applied_at"].days.tolist() == columns.by["signed_on"].days.tolist()
