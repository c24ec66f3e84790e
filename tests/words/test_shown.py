from datetime import UTC, date, datetime

import pytest

from words import say
from words.shown import quoted_within, seen, shown, yuan


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0.00"), (1, "0.01"), (99, "0.99"), (100, "1.00"), (-1, "-0.01"), (-123456, "-1,234.56"),
        (100_000_000, "1,000,000.00"), (10**15 + 7, "10,000,000,000,000.07"),
    ],
)  # fmt: skip
def test_fen_as_yuan(fen: int, text: str) -> None:
    assert yuan(fen) == text


@pytest.mark.parametrize("wrong", [1.0, True, "100"])
def test_only_integers_are_money(wrong: object) -> None:
    with pytest.raises(TypeError):
        shown("award_fen", wrong, "zh")


def test_dates_moments_lists_and_nothing() -> None:
    assert shown("until_on", date(2026, 6, 5), "zh") == "2026-06-05"
    assert shown("at", datetime(2026, 6, 5, 16, 0, tzinfo=UTC), "zh") == "2026-06-06 00:00"
    assert shown("at", datetime(2026, 6, 5, 23, 59, 59), "zh") == "2026-06-05 23:59:59"
    assert shown("papers", ["A", "B"], "zh") == "A、B"
    assert shown("papers", ("A", "B"), "en") == "A, B"
    assert shown("parts_fen", (100, 250), "en") == "1.00, 2.50"
    assert shown("names", {"b", "a"}, "en") == "a, b"
    assert shown("reason", None, "zh") == ""
    assert shown("count", 1234567, "zh") == "1234567"


def test_a_value_with_braces_is_only_text() -> None:
    from string import Formatter

    assert "{" in shown("name", "{left_fen.__class__}", "zh")
    assert [name for _, name, _, _ in Formatter().parse(say("amount.left", left_fen=5))] == [None]


def test_what_would_act_on_a_terminal_is_seen_and_acts_no_more() -> None:
    assert seen("\x1b]0;title\x07名\u202e称\x9b31m\n二") == "�]0;title�名�称�31m\n二"
    assert seen("深圳市\u3000云海") == "深圳市\u3000云海"


def test_quotation_marks_inside_quotation_marks_are_single_ones() -> None:
    assert say("basis.part", heading="支持“揭榜挂帅”") == "“支持‘揭榜挂帅’”部分"
    assert quoted_within("“甲”和“乙“丙”丁”") == "“甲”和“乙‘丙’丁”"
    for whole in ("甲“乙”丙", "没有引号", "不成对的”引号“", "“少一个"):
        assert quoted_within(whole) == whole
