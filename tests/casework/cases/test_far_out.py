"""The measure of an amount that is far out among the others of its file."""

from casework.cases.far_out import LARGE_FEN, MONEY, amounts_of, middle_of, most_of
from casework.rulebook.shipped_packs import shipped


def test_too_few_amounts_have_no_middle() -> None:
    assert middle_of([1, 2, 3]) is None
    assert middle_of([1, 2, 3, 4]) == 3


def test_without_a_stated_budget_a_large_amount_is_far_out() -> None:
    assert (most_of(None), most_of(500)) == (LARGE_FEN, 500)


def test_the_amounts_of_a_case_are_everyones_and_its_packs_own() -> None:
    henan = [pack for pack in shipped() if pack.id == "henan-compute-voucher"]
    assert amounts_of(henan) == (*MONEY, "usage_fee")
    assert "contract_amount" in MONEY and amounts_of(()) == MONEY
