"""Working days at the office's place."""

import datetime

import pytest

from casework.core import calendar
from casework.core.refused import Refused


def test_five_working_days_over_the_national_day() -> None:
    assert calendar.after(datetime.date(2026, 9, 30), 1) > datetime.date(2026, 10, 7)
    assert calendar.after(datetime.date(2026, 5, 20), 5) == datetime.date(2026, 5, 27)


def test_a_year_without_its_notice_is_provisional() -> None:
    assert calendar.provisional(datetime.date(2099, 1, 4))
    assert not calendar.provisional(datetime.date(2026, 5, 20))


def test_the_day_at_the_office_s_place() -> None:
    assert calendar.day_of(datetime.datetime(2026, 5, 5, 16, 0, tzinfo=datetime.UTC)) == datetime.date(
        2026, 5, 6
    )


def test_an_interval_ends_after_it_begins() -> None:
    day = datetime.date(2026, 5, 6)
    for first, end in ((day, None), (None, day), (day, day + datetime.timedelta(days=1))):
        calendar.must_be_interval(first, end)
    with pytest.raises(Refused, match=r"refused\.interval"):
        calendar.must_be_interval(day, day)
