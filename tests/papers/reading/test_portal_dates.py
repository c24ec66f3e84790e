"""Days and moments out of cells: many dresses of the same thing, and nothing guessed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from papers.reading import portal_dates
from papers.reading.portal_values import Bad, Cell, Trouble


def why(read: object, *cell: object) -> tuple[str, str]:
    with pytest.raises(Bad) as caught:
        read(*cell)  # type: ignore[operator]
    return caught.value.code, caught.value.why


@pytest.mark.parametrize(
    "cell",
    [
        "2026-05-07",
        "2026/5/7",
        "2026.05.07",
        "2026年5月7日",
        "２０２６年５月７日",
        " 2026-5-7\xa0",
        "20260507",
        20260507.0,
        "2026-05-07 00:00:00",
        date(2026, 5, 7),
        datetime(2026, 5, 7),
        46149.0,
    ],
)
def test_a_day_in_any_dress(cell: Cell) -> None:
    assert portal_dates.day(cell) == date(2026, 5, 7)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-05-07 14:19",
        "2026/5/7 14:19:00",
        "2026年5月7日 14:19",
        "2026年5月7日14时19分",
        "2026-05-07T14:19:00",
        "2026-05-07T06:19:00Z",
        "2026-05-07T14:19:00.000+08:00",
        "2026-05-07 下午2:19",
        datetime(2026, 5, 7, 14, 18, 59, 999_997),
        46149.5965277778,
    ],
)
def test_a_moment_in_any_dress(cell: Cell) -> None:
    assert portal_dates.moment(cell) == datetime(2026, 5, 7, 14, 19)


def test_days_since_1904() -> None:
    assert portal_dates.day(46149.0 - 1462, since_1904=True) == date(2026, 5, 7)


@pytest.mark.parametrize(
    "cell",
    [
        "2026年5月",
        "2026",
        "05/06/2026",
        "26/5/7",
        "2026-13-01",
        "2026-02-30",
        "2026-05/07",
        "2026年5年7日",
        "待定",
        "2026-05-07 25:00",
        "2026-05-07 foo",
        5.0,
        123456.0,
        True,
        time(12, 0),
        timedelta(days=1),
        date(1900, 2, 28),
        "0026-05-07",
    ],
)
def test_a_date_that_is_not_certain_is_refused(cell: Cell) -> None:
    assert why(portal_dates.moment, cell)[0] == "date"


def test_a_term_of_two_days() -> None:
    assert portal_dates.term("2026年1月11日至2027年1月10日") == (date(2026, 1, 11), date(2027, 1, 10))
    assert portal_dates.term("2026.1.11-2027.1.10") == (date(2026, 1, 11), date(2027, 1, 10))
    assert portal_dates.term(" ") is None
    assert why(portal_dates.term, "一年")[0] == "date"


def test_a_date_that_is_not_there_is_not_empty() -> None:
    for read in (portal_dates.day, portal_dates.term):
        assert why(read, Trouble("cell_error", "#N/A"))[0] == "cell_error"
