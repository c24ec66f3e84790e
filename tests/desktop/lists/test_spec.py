"""What stands in a cell, for each kind of value."""

import datetime

import pytest

from desktop.lists.spec import NOTHING, Column, day_text, sorted_by
from tests.desktop.lists.conftest import Numbers


@pytest.mark.parametrize(
    ("kind", "value", "text", "plain"),
    [
        ("text", "深圳", "深圳", "深圳"),
        ("money", 123456789, "1,234,567.89", "1234567.89"),
        ("money", -5, "-0.05", "-0.05"),
        ("count", 12345, "12,345", "12,345"),
        ("moment", "2026-05-06T01:56:00.000000Z", "2026-05-06 09:56", "2026-05-06 09:56"),
        ("day", "2026-05-05T20:00:00.000000Z", "2026-05-06", "2026-05-06"),
        ("day", datetime.date(2026, 5, 6), "2026-05-06", "2026-05-06"),
        ("number_text", "914403001234567890", "914403001234567890", "914403001234567890"),
    ],
)
def test_kinds(kind: str, value: object, text: str, plain: str) -> None:
    column = Column("case_no", kind)  # type: ignore[arg-type]
    assert column.shown(value).text == text
    assert column.plain(value) == plain


def test_nothing_is_shown_as_nothing() -> None:
    assert Column("award", "money").shown(None) == NOTHING
    assert Column("tier").shown("") == NOTHING
    assert Column("award", "money").shown(0).text == "0.00"


def test_a_chip_has_a_word_and_a_meaning() -> None:
    column = Column("state", "chip", show=lambda value: f"<{value}>", meaning=lambda value: "look")
    assert column.shown("a") == ("<a>", "look")


def test_figures_stand_at_the_right() -> None:
    assert [Column("a", kind).right for kind in ("money", "count", "text", "chip")] == [
        True,
        True,
        False,
        False,
    ]


def test_another_order_is_the_same_question() -> None:
    assert sorted_by(Numbers(upto=5), "award", True) == Numbers(5, "award", True)
    assert day_text("2026-05-06") == "2026-05-06"
