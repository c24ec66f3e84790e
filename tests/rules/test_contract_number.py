"""A contract's number is the same however it is written."""

import doctest

import pytest

from rules import contract_number
from rules.contract_number import number_key


@pytest.mark.parametrize(
    "number",
    [
        "HT 2026-001",
        "ht-2026-001",
        "ＨＴ－２０２６－００１",
        "HT—2026—001",
        "HT–2026–001",
        "HT_2026/001",
        "（HT）2026001",
    ],
)
def test_one_number_in_many_dresses(number: str) -> None:
    assert number_key(number) == "HT2026001"


def test_other_numbers_stay_others() -> None:
    assert len({number_key(number) for number in ("HT-11", "HT-12", "合同11", "11")}) == 4
    assert number_key("") == number_key("—") == ""


def test_the_examples_hold() -> None:
    assert doctest.testmod(contract_number).failed == 0
