"""Whole months: the last day under a year old, and the children of the 29th of February."""

import doctest
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import months

DATES = st.dates(date(1900, 1, 1), date(2200, 12, 31)) | st.sampled_from(
    [date(2024, 2, 29), date(2023, 2, 28), date(2024, 1, 31), date(2024, 12, 31), date(2000, 2, 29)]
)


def test_the_examples_in_the_prose_hold() -> None:
    result = doctest.testmod(months)
    assert result.attempted > 3
    assert result.failed == 0


@pytest.mark.parametrize(
    ("on", "count", "then"),
    [
        (date(2025, 5, 6), 12, date(2026, 5, 6)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 2, date(2024, 3, 31)),
        (date(2024, 8, 31), 1, date(2024, 9, 30)),
        (date(2024, 12, 31), 2, date(2025, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 5, 17), 0, date(2024, 5, 17)),
    ],
)
def test_months_are_added(on: date, count: int, then: date) -> None:
    assert months.add_months(on, count) == then


@pytest.mark.parametrize(
    ("since", "until", "age"),
    [
        (date(2025, 3, 10), date(2026, 3, 9), 11),
        (date(2025, 3, 10), date(2026, 3, 10), 12),
        (date(2024, 2, 29), date(2025, 2, 27), 11),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2024, 1, 31), date(2024, 2, 28), 0),
        (date(2024, 1, 31), date(2024, 2, 29), 1),
        (date(2026, 5, 6), date(2026, 5, 6), 0),
        (date(2026, 5, 7), date(2026, 5, 6), -1),
        (date(2021, 5, 6), date(2026, 5, 5), 59),
        (date(2021, 5, 6), date(2026, 5, 6), 60),
    ],
)
def test_an_age_counts_whole_months(since: date, until: date, age: int) -> None:
    assert months.months_between(since, until) == age


@given(DATES, DATES, st.integers(-60, 1200))
def test_an_age_is_below_n_exactly_until_n_months_end(since: date, until: date, count: int) -> None:
    assert (months.months_between(since, until) < count) == (until < months.add_months(since, count))


@given(DATES, st.integers(-1000, 1000))
def test_added_months_land_on_the_same_day_or_the_month_end(on: date, count: int) -> None:
    then = months.add_months(on, count)
    assert (then.year - on.year) * 12 + then.month - on.month == count
    assert then.day == on.day or (then.day < on.day and (then + timedelta(days=1)).day == 1)


def test_a_year_that_does_not_exist_is_an_error() -> None:
    for on, count in ((date(9999, 12, 31), 1), (date(9999, 12, 5), 1), (date(1, 1, 31), -1)):
        with pytest.raises(ValueError, match="year"):
            months.add_months(on, count)
