"""One document's number is one however it is cited; other documents' numbers are others."""

import doctest

import pytest

from casework.money import allotment_numbers
from casework.money.allotment_numbers import number_key, reason_key


def test_the_examples_in_the_prose_hold() -> None:
    result = doctest.testmod(allotment_numbers)
    assert (result.attempted, result.failed) == (2, 0)


@pytest.mark.parametrize(
    "cited",
    [
        "财指2026第2号",
        "財指〔2026〕2号",
        "财指〔2026〕02号",
        "财指【2026年】第 2 號",
        "财指（２０２６）２号",
        "财指 2026-2",
    ],
)
def test_a_number_that_is_cited_otherwise_is_the_same(cited: str) -> None:
    assert number_key(cited) == number_key("财指〔2026〕2号")


@pytest.mark.parametrize(
    "other",
    [
        "财指〔2026〕20号",
        "财指〔2025〕2号",
        "财预〔2026〕2号",
        "财指〔20262〕号",
        "财指〔2026〕2号之一",
        "财指2号",
    ],
)
def test_another_number_is_another(other: str) -> None:
    assert number_key(other) != number_key("财指〔2026〕2号")


def test_reasons_that_only_marks_tell_apart_are_one() -> None:
    assert reason_key("调减经费。") == reason_key("“调减 经费”！") != reason_key("调增经费")
    assert reason_key("……") == ""
