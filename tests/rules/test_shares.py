"""Shares of what is left: rounded as a pack says, and never more than is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.shares import Sharing, shares

RESIDUALS = ("largest_remainder", "largest", "to_largest", "left_over")
MODES = ("down", "half_up", "half_even")


@pytest.mark.parametrize(
    ("how", "parts"),
    [
        # 100,000 over 50,000, 65,000 and 8,500: 40,485.8…, 52,631.5…, 6,882.5…
        (Sharing(1_000, "left_over", "down"), [40_000, 52_000, 6_000]),
        (Sharing(1_000, "largest_remainder", "down"), [40_000, 53_000, 7_000]),
        (Sharing(1_000, "to_largest", "down"), [40_000, 54_000, 6_000]),
        (Sharing(1_000, "left_over", "half_up"), [40_000, 53_000, 7_000]),
        (Sharing(1, "to_largest", "half_up"), [40_486, 52_631, 6_883]),
    ],
)
def test_a_round_by_hand(how: Sharing, parts: list[int]) -> None:
    assert shares([50_000, 65_000, 8_500], 100_000, how) == parts


@pytest.mark.parametrize(
    ("residual", "parts"),
    [
        # four of 10,000 each from 10,000: 2,500 each rounds half up to 3,000, which is 2,000 too much
        ("left_over", [3_000, 3_000, 2_000, 2_000]),
        ("largest_remainder", [3_000, 3_000, 2_000, 2_000]),
        ("largest", [1_000, 3_000, 3_000, 3_000]),
        ("to_largest", [1_000, 3_000, 3_000, 3_000]),
    ],
)
def test_what_rounding_gave_too_much_comes_back(residual: str, parts: list[int]) -> None:
    assert shares([10_000] * 4, 10_000, Sharing(1_000, residual, "half_up")) == parts


def test_what_the_largest_can_t_take_is_left_over() -> None:
    """Seven of 2,857,143 yuan from 20 million, in whole thousands: the first gets what it asked for, 857 yuan
    are left, and no other share is anything but whole thousands."""
    parts = shares([285_714_300] * 7, 2_000_000_000, Sharing(100_000, "to_largest"))
    assert parts == [285_714_300] + [285_700_000] * 6
    assert 2_000_000_000 - sum(parts) == 85_700


def test_half_even_goes_to_the_even_unit() -> None:
    assert shares([5_000, 15_000], 10_000, Sharing(5_000, "left_over", "half_even")) == [0, 10_000]
    assert shares([5_000, 15_000], 10_000, Sharing(5_000, "left_over", "half_up")) == [5_000, 5_000]


def test_a_share_is_above_the_request_only_where_the_pack_says_so() -> None:
    requests = [1_400, 98_700]
    assert shares(requests, 100_000, Sharing(1_000, "left_over", "half_up")) == [1_000, 98_700]
    above = Sharing(1_000, "left_over", "half_up", above=True)
    assert shares(requests, 100_000, above) == [1_000, 99_000]


AMOUNTS = st.lists(st.integers(0, 10**7), min_size=1, max_size=9)


@given(
    AMOUNTS,
    st.integers(0, 3 * 10**7),
    st.sampled_from((1, 7, 100, 10_000)),
    st.sampled_from(RESIDUALS),
    st.sampled_from(MODES),
    st.sampled_from((0, 500)),
)
def test_what_always_holds_of_shares(
    requests: list[int], left: int, unit: int, residual: str, mode: str, least: int
) -> None:
    how = Sharing(unit, residual, mode)
    parts = shares(requests, left, how, least)
    kept = [part for part in parts if part >= least]
    assert sum(kept) <= left or sum(requests) <= left
    assert all(0 <= part <= request for part, request in zip(parts, requests, strict=True))
    if sum(requests) <= left:
        assert parts == requests
    elif residual == "to_largest" and not least and sum(parts) < left:
        assert parts[requests.index(max(requests))] == max(requests)


def test_whom_a_rounding_is_taken_back_from_is_not_left_with_less_than_the_least() -> None:
    """Ten of 1,000 yuan from 5,500, in hundreds, half up: 600 each is 500 too much, and taken from the first
    it would leave 100, below a least of 500. The last is left out, and nine have 600 and what is over."""
    how, each = Sharing(10_000, "largest", "half_up"), [100_000] * 10
    assert shares(each, 550_000, how, 50_000) == [70_000] + [60_000] * 8 + [49_999]
    assert shares(each, 550_000, how, 50_000, at_last=False) == [10_000] + [60_000] * 9


@given(st.data())
def test_no_share_that_is_given_is_below_the_least(data: st.DataObject) -> None:
    requests = data.draw(st.lists(st.integers(500, 5_000), min_size=1, max_size=12))
    how = Sharing(100, data.draw(st.sampled_from(RESIDUALS)), data.draw(st.sampled_from(MODES)))
    left = data.draw(st.integers(500, 20_000))
    parts = shares(requests, left, how, 500)
    given_out = [part for part in parts if part >= 500]
    assert sum(given_out) <= left
    smallest_kept = min(
        (request for request, part in zip(requests, parts, strict=True) if part >= 500), default=0
    )
    assert (
        all(request <= smallest_kept for request, part in zip(requests, parts, strict=True) if part < 500)
        or not given_out
    )
