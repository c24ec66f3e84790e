"""The table of goods and services on a page."""

from __future__ import annotations

from papers.invoices import printed_lines
from papers.invoices.printed_words import Word

HEAD = ("项目名称", "单位", "数量", "单价", "金额", "税率/征收率", "税额")


def rows(*lines: tuple[str, ...]) -> list[list[Word]]:
    return [
        [Word(text, 1, 60.0 * n, 20.0 * down, 60.0 * n + 50, 20.0 * down + 9) for n, text in enumerate(line)]
        for down, line in enumerate(lines)
    ]


def test_a_line_is_a_row_with_a_rate_and_a_name_may_go_on_below() -> None:
    first, second = printed_lines.read(
        rows(HEAD, ("*信息*算力租赁", "卡时", "21600", "69.4444", "1500000.00", "6%", "90000.00"),
             ("服务费",),
             ("*信息*存储", "30.00", "免税", "***"), ("合计", "¥1500030.00", "¥90000.00"),
             ("9.00", "1%", "2.00"))
    )  # fmt: skip
    assert first[:8] == (
        "*信息*算力租赁服务费",
        "",
        "卡时",
        "21600",
        "69.4444",
        "1500000.00",
        "6%",
        "90000.00",
    )
    assert (second.amount, second.rate, second.tax) == ("30.00", "免税", "0.00")


def test_without_a_table_there_are_no_lines() -> None:
    assert printed_lines.read(rows(("1.00", "6%", "2.00"))) == []
