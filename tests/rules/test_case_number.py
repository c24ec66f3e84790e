"""One application's number in several spellings, and two that only look alike."""

import pytest

from rules.case_number import case_key, near_key

ONE = (
    "FL2026000101",
    "fl2026000101",
    "FL 2026000101",
    "FL-2026000101",
    "FL2026000101.",
    "fl - 2026 000101 。",
)


def test_spellings_of_one_number_are_one() -> None:
    assert {case_key(case) for case in ONE} == {"FL2026000101"}
    assert case_key("SZ-2026-000101") == case_key("sz2026-000101.") == "SZ2026-000101"
    assert case_key("深科申〔2026〕1号") == case_key("深科申〔2026〕 1号")


def test_figures_that_are_parted_elsewhere_are_two_numbers_that_are_near() -> None:
    cases = ("FL-1-11", "FL-11-1", "FL111", "FL/1/11", "FL_111")
    assert len({case_key(case) for case in cases}) == 5
    assert {near_key(case) for case in cases} == {"FL111"}


@pytest.mark.parametrize("case", ["", "-", ".", "A-", "a.b"])
def test_a_key_has_itself_for_its_key(case: str) -> None:
    assert case_key(case_key(case)) == case_key(case)
