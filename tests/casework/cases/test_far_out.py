"""The measure of an amount that is far out among the others of its file."""

from casework.cases.far_out import LARGE_FEN, middle_of, most_of


def test_too_few_amounts_have_no_middle() -> None:
    assert middle_of([1, 2, 3]) is None
    assert middle_of([1, 2, 3, 4]) == 3


def test_without_a_stated_budget_a_large_amount_is_far_out() -> None:
    assert (most_of(None), most_of(500)) == (LARGE_FEN, 500)
