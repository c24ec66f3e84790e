"""Days and moments: what Chinese spreadsheets and portals show is read, and nothing is guessed."""

import doctest
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import days
from rules.days import NoDay, day, days_in, moment

WEEK = "一二三四五六日"


def test_the_examples_in_the_prose_hold() -> None:
    result = doctest.testmod(days)
    assert result.attempted > 3
    assert result.failed == 0


@pytest.mark.parametrize(
    "text",
    [
        "2026年4月1日星期三",
        "2026/4/1 星期三",
        "2026-04-01（周三）",
        "2026年4月1日 礼拜三",
        "2026-04-01 Wednesday",
        "二〇二六年四月一日",
        "二○二六年四月一号",
        "二零二六年四月一日 星期三",
        "２０２６年４月１日",
        "20260401",
        "2026.4.1",
        "2026-04-01 23:59:59",
        "2026-04-01 24:00",
        "2026-03-31T16:00:00.000Z",
        "2026/4/1 12:00 AM",
        "\u202d2026-04-01\u202c",
    ],
)
def test_a_day_as_it_is_shown(text: str) -> None:
    assert day(text) == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-06-05 24:00:00", datetime(2026, 6, 6)),
        ("2026年12月31日24时", datetime(2027, 1, 1)),
        ("2026年4月1日9时30分15秒", datetime(2026, 4, 1, 9, 30, 15)),
        ("二〇二六年十二月二十一日 上午九时三十分", datetime(2026, 12, 21, 9, 30)),
        ("2026年4月1日星期三 下午2:05", datetime(2026, 4, 1, 14, 5)),
        ("2026-04-01 2:05 PM", datetime(2026, 4, 1, 14, 5)),
        ("2026-04-01 9点整", datetime(2026, 4, 1, 9)),
        ("2026/04/01 09:00", datetime(2026, 4, 1, 9)),
        ("2026-04-01", datetime(2026, 4, 1)),
    ],
)
def test_a_moment_as_it_is_shown(text: str, meant: datetime) -> None:
    assert moment(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "", "2026", "2026年4月", "05/06/2026", "26/5/7", "2026-13-01", "2026-02-30", "2026-05/07",
        "46113",
        "2026-04-01 25:00", "2026-04-01 24:01", "2026-04-01 下午", "2026-04-01 上午13:00",
        "0026-05-07", "待定",
        "202604011", "2026-04-01 09:60", "二〇二六年四月三十一日", "2026-W14-3", "9999-12-31T24:00",
    ],
)  # fmt: skip
def test_what_is_not_certain_is_refused(text: str) -> None:
    with pytest.raises(NoDay):
        moment(text)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.integers(0, 6))
def test_a_weekday_must_be_that_days(on: date, said: int) -> None:
    text = f"{on.year}年{on.month}月{on.day}日星期{WEEK[said]}"
    if said == on.weekday():
        assert day(text) == on
        return
    with pytest.raises(NoDay) as refused:
        day(text)
    assert refused.value.code == "weekday"


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 30)), st.sampled_from([" ", "T", "日"]))
def test_every_second_is_read_as_it_was_written(at: datetime, between: str) -> None:
    at = at.replace(microsecond=0)
    text = at.isoformat(between) if between != "日" else f"{at:%Y年%m月%d日%H时%M分%S秒}"
    assert moment(text) == at
    assert day(text) == at.date()
    assert moment(at.isoformat() + "+09:00") == at - timedelta(hours=1)


def test_the_days_of_a_text() -> None:
    assert days_in("2026年1月11日至二〇二七年一月十日") == [date(2026, 1, 11), date(2027, 1, 10)]
    assert days_in("一年") == []
