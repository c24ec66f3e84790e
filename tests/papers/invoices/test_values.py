"""Values as they are written on invoices, and what they are read as."""

from __future__ import annotations

import pytest

from papers.invoices import values


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("¥943396.23", "943396.23"), ("￥1,234.50", "1234.50"), ("-¥100.00", "-100.00"), ("¥-7.10", "-7.10"),
        ("283018.870000", "283018.87"), (" 1 000 000.00 ", "1000000.00"), ("12.345", ""),
        ("壹佰元整", "100.00"),
        ("", ""), ("*", ""),
    ],
)  # fmt: skip
def test_amounts(written: str, read: str) -> None:
    assert values.amount(written) == read


def test_no_tax_by_law_is_a_tax_of_zero() -> None:
    assert [values.tax(said) for said in ("*", "***", "免税", "不征税", "6.00", "")] == [
        "0.00", "0.00", "0.00", "0.00", "6.00", "",
    ]  # fmt: skip


def test_capitals_with_their_sign() -> None:
    assert values.in_words("壹佰陆拾叁万捌仟圆整") == "1638000.00"
    assert values.in_words("（负数）壹佰圆整") == "-100.00"
    assert values.in_words("⊗壹拾壹圆贰角") == "11.20"
    assert values.in_words("一百圆") == ""


def test_days_with_and_without_a_time() -> None:
    for written in ("2026-03-18 10:21:33", "2026年03月18日", "2026 年 3 月 18 日", "20260318", "2026/3/18"):
        assert values.day(written) == "2026-03-18"
    assert values.day("2026-02-30") == values.day("26-3-18") == ""


def test_what_a_remark_says_was_taken_back() -> None:
    twenty = "26952000001234567890"
    assert values.original(f"被红冲蓝字数电发票号码：{twenty} 红字发票信息确认单编号：1") == twenty
    assert values.original(f"被红冲蓝字数电票号码：{twenty}") == twenty
    assert values.original("对应正数发票代码:044002300111号码:20445566") == "044002300111-20445566"
    assert values.original("合同号：1") == ""


def test_kinds_ids_and_numbers() -> None:
    assert values.kind("电子发票（增值税专用发票）") == "special"
    assert values.kind("深圳增值税电子普通发票") == "general"
    assert values.kind("电子发票（铁路电子客票）") == "rail"
    assert values.kind("收据") == ""
    assert values.party_id(" 91440300ma5examp1f ") == "91440300MA5EXAMP1F"
    assert values.party_id("个人") == ""
    assert values.number("2695 2000 0012 3456 7890") == "26952000001234567890"
    assert values.number("No.1") == ""
