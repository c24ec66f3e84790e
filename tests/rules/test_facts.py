"""Facts as portals write them, read to values; what can't be read is refused and never guessed."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from rules.facts import (
    STANDARD,
    Fact,
    FactError,
    fits,
    read,
    read_date,
    read_id,
    read_moment,
    read_rate,
    shanghai_now,
)


def fact(kind: str) -> Fact:
    return Fact("x", kind)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "  HT-2026 号 ", "HT-2026 号"),
        ("choice", "enterprise", "enterprise"),
        ("money", "8,000,000.00", 800_000_000),
        ("money", "￥0.01元", 1),
        ("money", "0", 0),
        ("rate", "0.6", 600_000),
        ("rate", "60%", 600_000),
        ("rate", "33.3333 %", 333_333),
        ("rate", "１", 1_000_000),
        ("integer", "300", 300),
        ("yes_no", "YES", True),
        ("yes_no", "是", True),
        ("yes_no", "无", False),
        ("date", "2026-05-06", date(2026, 5, 6)),
        ("date", "2026/5/6", date(2026, 5, 6)),
        ("date", "2026.05.06", date(2026, 5, 6)),
        ("date", "２０２６年５月６日", date(2026, 5, 6)),
        ("date", "2024-02-29", date(2024, 2, 29)),
        ("date", "2026-05-06 00:00:00", date(2026, 5, 6)),
        ("date", "20260506", date(2026, 5, 6)),
        ("date", "2026-05-06 23:00", date(2026, 5, 6)),
        ("date", "2026-05-06T00:00:00.000Z", date(2026, 5, 6)),
        ("date", "——", None),
        ("yes_no", "√", True),
        ("yes_no", "×", False),
        ("yes_no", "N/A", None),
        ("yes_no", "——", None),
        ("text", "无", None),
        ("text", "云海⼯⼒", "云海工力"),
        ("moment", "2026-05-06T24:00", datetime(2026, 5, 7)),
        ("moment", "2026-05-06 9:05 PM", datetime(2026, 5, 6, 21, 5)),
        ("date", "2026/5/6 0:00", date(2026, 5, 6)),
        ("moment", "2026-05-06", datetime(2026, 5, 6)),
        ("moment", "2026-05-06 17:00", datetime(2026, 5, 6, 17)),
        ("moment", "2026-05-06 9:05", datetime(2026, 5, 6, 9, 5)),
        ("moment", "2026/5/6 9:05:30", datetime(2026, 5, 6, 9, 5, 30)),
        ("moment", "2026-05-06T16:59:59", datetime(2026, 5, 6, 16, 59, 59)),
        ("moment", "2026-06-05T16:30:00Z", datetime(2026, 6, 6, 0, 30)),
        ("moment", "2026-05-06T09:00:00+08:00", datetime(2026, 5, 6, 9)),
        ("moment", "2026年5月6日 9:05", datetime(2026, 5, 6, 9, 5)),
        ("money", "   ", None),
        ("date", "", None),
    ],
)
def test_what_people_write_is_read(kind: str, text: str, value: object) -> None:
    got = read(fact(kind), text)
    assert got == value
    assert type(got) is type(value)


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("money", "-5", "amount"),
        ("money", "8.001", "amount"),
        ("money", "八百万", "amount"),
        ("money", "8e6", "amount"),
        ("rate", "0.1234567", "rate"),
        ("rate", "0.00001%", "rate"),
        ("rate", "-0.5", "rate"),
        ("rate", "12.34", "rate"),  # 12.34 %, or a hundred times as much?
        ("rate", "1.000001", "rate"),
        ("integer", "3.0", "integer"),
        ("integer", "9" * 16, "integer"),
        ("yes_no", "也许", "yes_no"),
        ("date", "2026-02-29", "date"),
        ("date", "2026-13-01", "date"),
        ("date", "6/5/2026", "date"),
        ("date", "46148", "date"),
        ("date", "2026-W01-1", "date"),
        ("moment", "2026-05-06 25:00", "date"),
        ("moment", "2026-05-06 下午", "date"),
        ("moment", "0001-01-01T00:00:00+09:00", "date"),
    ],
)
def test_what_would_need_a_guess_is_refused(kind: str, text: str, code: str) -> None:
    with pytest.raises(FactError) as caught:
        read(fact(kind), text)
    assert caught.value.code == code


def test_the_readers_of_one_type_stand_alone_too() -> None:
    assert read_date("2026年5月6日") == date(2026, 5, 6)
    assert read_moment("2026-05-06") == datetime(2026, 5, 6)
    assert read_rate("100%") == 1_000_000
    assert read(fact("rate"), "1") == read(fact("rate"), "100％") == 1_000_000
    assert read(fact("rate"), "150%") == 1_500_000


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("text", ["x"], [5, b"x", True]),
        ("choice", ["enterprise"], [1]),
        ("money", [0, 10**15], [-1, 1.0, True, "1"]),
        ("integer", [3], [-3, False]),
        ("yes_no", [True, False], ["yes", 1]),
        ("date", [date(2026, 5, 6)], [datetime(2026, 5, 6), "2026-05-06"]),
        (
            "moment",
            [datetime(2026, 5, 6)],
            [date(2026, 5, 6), datetime(2026, 5, 6, tzinfo=UTC), "2026-05-06"],
        ),
    ],
)
def test_a_value_fits_its_type_and_no_other(kind: str, good: list[Any], bad: list[Any]) -> None:
    assert all(fits(fact(kind), value) for value in [*good, None])
    assert not any(fits(fact(kind), value) for value in bad)


def test_moments_are_shown_by_shanghais_clock() -> None:
    assert shanghai_now(datetime(2026, 12, 31, 16, tzinfo=UTC)) == datetime(2027, 1, 1)
    tokyo = timezone(timedelta(hours=9))
    assert shanghai_now(datetime(2026, 5, 6, 0, 30, tzinfo=tokyo)) == datetime(2026, 5, 5, 23, 30)


def test_the_facts_of_calculate_are_all_there() -> None:
    columns = (
        "case applied_at applicant applicant_kind founded_on contract_no signed_on starts_on ends_on "
        "contract_amount leased_in_year related_party provider_admitted other_support awarded_before"
    )
    assert set(columns.split()) <= set(STANDARD)
    assert STANDARD["leased_in_year"].default == "contract_amount"
    assert (STANDARD["other_support"].default, STANDARD["awarded_before"].default) == (0, 0)
    assert all(one.title and one.title_en for one in STANDARD.values())


@pytest.mark.parametrize("path", ["../../x", "/etc/x", "a/../b", "..\\x", "SL\\1", "./x", "．．/x"])
def test_a_way_through_folders_is_no_number(path: str) -> None:
    """Entry refused it as a case's number, and import took it: one reader says it for all."""
    with pytest.raises(FactError, match="id_path"):
        read_id(path)


@pytest.mark.parametrize("number", ["HT/2026/001", "深科〔2026〕1号", "HT.2026.1", "A..B"])
def test_marks_within_a_number_are_no_way(number: str) -> None:
    assert read_id(number) is not None


def test_a_slash_alone_still_says_nothing() -> None:
    assert read_id("/") is None
