from datetime import date

import pytest

from papers.banks import answer_values


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("819,000.00元", 81_900_000),
        (".50", 50),
        ("0.01元", 1),
        ("-300000.07", -30_000_007),
        ("-.5", -50),
        ("RMB 1,234.56", 123_456),
        ("¥5", 500),
        ("300000.07\t", 30_000_007),
        ('="12.00"', 1200),
        ("", None),
        ("五千", None),
        ("1.005", None),
        ("--5", None),
        ("成功", None),
    ],
)
def test_amounts_as_banks_write_them(cell: str, fen: int | None) -> None:
    assert answer_values.amount(cell, 100) == fen


def test_amounts_in_fen() -> None:
    assert answer_values.amount("81900000", 1) == 81_900_000
    assert answer_values.amount("0.5", 1) is None


@pytest.mark.parametrize(
    "cell",
    ["20260903", "2026-09-03", "2026/9/3 15:41:50", "2026年9月3日", "20260903154150", "20260903 154150"],
)
def test_days_as_banks_write_them(cell: str) -> None:
    assert answer_values.day(cell) == date(2026, 9, 3)


def test_what_is_no_day_is_none() -> None:
    assert [answer_values.day(cell) for cell in ("", "明天", "00000000", "09/03/2026")] == [None] * 4


def test_accounts_without_what_stands_between_their_digits() -> None:
    assert answer_values.account("4000 0200-0920 0111 111") == "4000020009200111111"
    assert answer_values.account("４０００ab") == "4000AB"
    assert answer_values.account("4.00002E+18") == ""


def test_what_a_status_means() -> None:
    words = {"成功": "paid", "失败*": "failed", "失败待查*": "pending"}
    assert answer_values.meaning("成 功", words) == ("paid", "")
    assert answer_values.meaning("失败：户名不符", words) == ("failed", "户名不符")
    assert answer_values.meaning("失败待查", words) == ("pending", "")
    assert answer_values.meaning("未成功", words) == ("", "")


@pytest.mark.parametrize(
    ("asked", "done", "reason", "outcome"),
    [
        (500, 500, "", "paid"),
        (500, 0, "销户", "failed"),
        (500, 0, "", "pending"),
        (500, None, "", "pending"),
        (-500, -500, "", "returned"),
        (500, 300, "", "paid"),
        (None, 500, "", ""),
    ],
)
def test_what_amounts_tell(asked: int | None, done: int | None, reason: str, outcome: str) -> None:
    assert answer_values.by_amounts(asked, done, reason) == outcome
