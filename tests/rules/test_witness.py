"""Witnesses: small, written once, read back as the very same values."""

import json
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.faults import PackFaults
from rules.witness import Unusable, Witness, decode, encode
from tests.rules.desk import decided, policy


def test_a_witness_is_one_short_line() -> None:
    stored = encode(decided(used="1.5").witness)
    assert json.loads(stored)[1:] == [[150], 50_000_000_000]
    assert "2026-05-20T10:30:00" in stored
    assert "\n" not in stored
    assert len(stored) < 200


def any_of(kind: str) -> st.SearchStrategy[Any]:
    known: dict[str, st.SearchStrategy[Any]] = {
        "date": st.dates(),
        "moment": st.datetimes(),
        "yes_no": st.booleans(),
        "text": st.text(max_size=20),
        "choice": st.text(max_size=20),
    }
    return st.none() | known.get(kind, st.integers(0, 10**16)) | st.builds(Unusable, st.text(max_size=9))


@given(st.data(), st.integers(0, 10**16), st.none() | st.integers(-5, 10**16))
def test_any_witness_is_read_back_as_it_was(data: st.DataObject, used: int, left: int | None) -> None:
    values = tuple(data.draw(any_of(fact.type)) for fact in policy().program.facts)
    witness = Witness(values, (used,), left)
    stored = encode(witness)
    again = decode(policy(), stored)
    assert again == witness
    assert [type(value) for value in again.values] == [type(value) for value in values]
    assert encode(again) == stored


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "{}",
        "[]",
        "[[],[0],0]",
        "not json",
        encode(decided().witness)[:-1],
        encode(decided().witness).replace("[0]", "[0,0]"),
        encode(decided().witness).replace("[0]", "[]"),
        encode(decided().witness).replace("[0]", "[0.0]"),
        encode(decided().witness).replace("[0]", "[true]"),
        encode(decided().witness).replace("[0]", '["0"]'),
        encode(decided().witness).replace("800000000", "800000000.5"),
        encode(decided().witness).replace("800000000", "NaN"),
        encode(decided().witness).replace(",50000000000]", ",true]"),
        encode(decided().witness).replace("2023-05-01", "1 May"),
        encode(decided().witness).replace("2026-05-20T10:30:00", "2026-05-32"),
    ],
)
def test_what_is_no_witness_of_the_policy_is_refused(stored: str) -> None:
    with pytest.raises(PackFaults, match=r"witness\.unreadable"):
        decode(policy(), stored)


def test_a_witness_of_another_policy_is_refused() -> None:
    with pytest.raises(PackFaults):
        decode(policy("corpus-voucher-2025"), encode(decided().witness))


def test_an_unusable_value_keeps_how_it_looked() -> None:
    decision = decided(contract_amount=-5)
    again = decode(policy(), encode(decision.witness))
    assert Unusable("-5") in again.values
    assert date(2023, 5, 1) in again.values
    assert datetime(2026, 5, 20, 10, 30) in again.values
