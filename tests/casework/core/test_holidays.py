"""The shipped table of holidays."""

from datetime import date

from casework.core.holidays import calendar
from rules.workdays import workdays_from


def test_the_shipped_years_follow_each_other_and_are_read_once() -> None:
    assert calendar() is calendar()
    years = sorted(calendar().sources)
    assert years == list(range(years[0], years[-1] + 1)) and 2026 in years


def test_the_days_around_the_may_holiday_of_2026() -> None:
    """1 to 5 May are off, 9 May is worked."""
    assert workdays_from(calendar(), date(2026, 4, 30), date(2026, 5, 6)) == 1
    assert workdays_from(calendar(), date(2026, 5, 8), date(2026, 5, 10)) == 1
