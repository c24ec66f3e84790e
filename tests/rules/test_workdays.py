"""Working days: the announced years to the day, and nothing certain beyond them."""

import doctest
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import workdays
from rules.workdays import Calendar, CalendarError

FILE = Path(__file__).parents[2] / "resources" / "calendars" / "cn.toml"
TEXT = FILE.read_text(encoding="utf-8")
CN = workdays.load(TEXT)

# Each announced year as a second list, day by day: off on a weekday, and worked on a weekend day.
OFF = {
    2024: "0101 0212 0213 0214 0215 0216 0404 0405 0501 0502 0503 0610 0916 0917 1001 1002 1003 1004 1007",
    2025: "0101 0128 0129 0130 0131 0203 0204 0404 0501 0502 0505 0602 1001 1002 1003 1006 1007 1008",
    2026: "0101 0102 0216 0217 0218 0219 0220 0223 0406 0501 0504 0505 0619 0925 1001 1002 1005 1006 1007",
}
WORKED = {
    2024: "0204 0218 0407 0428 0511 0914 0929 1012",
    2025: "0126 0208 0427 0928 1011",
    2026: "0104 0214 0228 0509 0920 1010",
}
WORKDAYS_OF_THE_YEAR = {2024: 251, 2025: 248, 2026: 248}


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=count) for count in range((date(year + 1, 1, 1) - first).days)]


def test_the_examples_in_the_prose_hold() -> None:
    result = doctest.testmod(workdays)
    assert result.attempted > 3
    assert result.failed == 0


@pytest.mark.parametrize("year", sorted(OFF))
def test_every_day_of_the_announced_years(year: int) -> None:
    unusual = {f"{on:%m%d}" for on in days_of(year) if workdays.is_workday(CN, on) != (on.weekday() < 5)}
    assert unusual == set(OFF[year].split()) | set(WORKED[year].split())
    assert sum(workdays.is_workday(CN, on) for on in days_of(year)) == WORKDAYS_OF_THE_YEAR[year]
    assert not any(workdays.is_provisional(CN, on) for on in days_of(year))


def test_each_year_names_its_notice() -> None:
    assert sorted(CN.sources) == [2024, 2025, 2026]
    for year, source in CN.sources.items():
        assert source.document == f"国务院办公厅关于{year}年部分节假日安排的通知"
        assert source.number.startswith(f"国办发明电〔{year - 1}〕")
        assert source.published_on.year == year - 1


def test_years_without_a_notice_are_provisional() -> None:
    assert workdays.is_provisional(CN, date(2023, 12, 31))
    assert workdays.is_provisional(CN, date(2027, 1, 1))
    assert workdays.is_workday(CN, date(2027, 1, 1))  # a Friday: by its weekday alone
    assert not workdays.is_workday(CN, date(2027, 1, 2))


@pytest.mark.parametrize(
    ("start_on", "days", "end_on"),
    [
        (date(2026, 6, 8), 5, date(2026, 6, 15)),  # no holiday between
        (date(2026, 6, 15), 5, date(2026, 6, 23)),  # over 端午节
        (date(2026, 2, 12), 2, date(2026, 2, 14)),  # the worked Saturday before 春节
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 1, 1), 1, date(2026, 1, 4)),
        (date(2026, 10, 3), 0, date(2026, 10, 3)),
        (date(2026, 12, 31), 1, date(2027, 1, 1)),  # provisional: 2027 is not announced
        (date(2025, 9, 26), 5, date(2025, 10, 10)),
    ],
)
def test_working_days_are_counted_from_the_next_day(start_on: date, days: int, end_on: date) -> None:
    assert workdays.add_workdays(CN, start_on, days) == end_on


@given(st.dates(date(2023, 6, 1), date(2027, 6, 1)), st.integers(1, 60))
def test_so_many_working_days_lie_behind_and_the_last_is_one(start_on: date, days: int) -> None:
    end_on = workdays.add_workdays(CN, start_on, days)
    between = [start_on + timedelta(days=count + 1) for count in range((end_on - start_on).days)]
    assert sum(workdays.is_workday(CN, on) for on in between) == days
    assert workdays.is_workday(CN, end_on)


@given(st.dates(date(2024, 1, 1), date(2025, 6, 1)), st.integers(-3, 90), st.integers(1, 60))
def test_a_time_limit_ends_with_its_last_working_day(start_on: date, later: int, days: int) -> None:
    on = start_on + timedelta(days=later)
    number = workdays.workday_by(CN, start_on, on)
    assert number is not None
    assert (number <= days) == (on <= workdays.add_workdays(CN, start_on, days))


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        workdays.add_workdays(CN, date(2026, 6, 8), -1)


def table(**changed: str) -> str:
    lines = {
        "year": "2026",
        "document": '"a notice"',
        "number": '"7"',
        "published_on": "2025-11-04",
        "worked": "[2026-01-04]",
        "holiday": '[{ name = "元旦", first = 2026-01-01, last = 2026-01-03 }]',
    }
    lines |= changed
    return "[[year]]\n" + "".join(f"{key} = {value}\n" for key, value in lines.items() if value)


def test_a_right_table_loads() -> None:
    calendar = workdays.load(table())
    assert isinstance(calendar, Calendar)
    assert calendar.holidays[date(2026, 1, 3)] == "元旦"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[year]", "Expected"),
        ("", "year is missing"),
        ("year = []", "without a gap"),
        (table(year=""), "year is missing"),
        (table(colour='"red"'), "unknown key colour"),
        (table(year="2026.0"), "year must be int"),
        (table(published_on='"2025-11-04"'), "published_on must be date"),
        (table(published_on="2025-11-04T10:00:00"), "published_on must be date"),
        (table(worked="[2026-01-05]"), "no weekend day"),
        (table(worked="[2026-01-03]"), "no weekend day"),
        (table(worked="[2026-01-04, 2026-01-04]"), "no weekend day"),
        (table(worked="[2025-01-04]"), "no day of 2026"),
        (table(worked="['2026-01-04']"), "no day of 2026"),
        (table(holiday='[{ name = "元旦", first = 2025-12-31, last = 2026-01-03 }]'), "no days of 2026"),
        (table(holiday='[{ name = "元旦", first = 2026-01-03, last = 2026-01-01 }]'), "no days of 2026"),
        (table(holiday='[{ name = "元旦", first = 2026-01-03 }]'), "last is missing"),
        (
            table(
                holiday='[{ name = "元旦", first = 2026-01-01, last = 2026-01-03 },'
                ' { name = "春节", first = 2026-01-03, last = 2026-01-03 }]'
            ),
            "both 元旦 and 春节",
        ),
        (table() + table(), "there twice"),
        (table() + table(year="2028", worked="[]", holiday="[]"), "without a gap"),
    ],
)
def test_a_wrong_table_is_refused(text: str, says: str) -> None:
    with pytest.raises(CalendarError, match=says):
        workdays.load(text)
