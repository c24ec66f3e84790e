"""What a cell of the wizard holds, how a pack writes it, and what people may type into it."""

import tomllib
from datetime import date, datetime
from typing import Any

import pytest

from casework.rulebook.wizard_cells import IN_TEXT, literal, shown, typed

CELLS: list[tuple[str, str, Any]] = [
    ("text", "第三条“甲”", "第三条“甲”"),
    ("money", "500000.00", "500000.00"),
    ("rate", "30%", "30%"),
    ("rate", "?rate", {"unset": "rate"}),
    ("date", "2026-05-06", date(2026, 5, 6)),
    ("moment", "2026-05-06T17:00:00", datetime(2026, 5, 6, 17)),
    ("moment", "2026-05-06", date(2026, 5, 6)),
    ("whole", "12", 12),
    ("value", "12", 12),
    ("value", "500000.00", "500000.00"),
    ("value", "2026-05-06", date(2026, 5, 6)),
    ("flag", "true", True),
    ("names", "applicant, year", ["applicant", "year"]),
    ("names", "year", ["year"]),
    ("terms", "base", "base"),
    ("terms", "paid, -refunded", ["paid", "-refunded"]),
    ("lines", "all", True),
    ("lines", "research", ["research"]),
    ("bands", "1000000.00: 0.5; 0.3", [{"up_to": "1000000.00", "rate": "0.5"}, {"rate": "0.3"}]),
    ("ranks", "-small, founded_on", [{"fact": "small", "descending": True}, {"fact": "founded_on"}]),
    ("default", "0", 0),
    ("default", "contract_amount", "contract_amount"),
    ("readings", "20: 0.2: 甲; 3: 3: 乙", [
        {"id": "20", "value": "0.2", "source": "甲"}, {"id": "3", "value": 3, "source": "乙"},
    ]),
    ("readings", "applied_at: 条文", [{"id": "applied_at", "source": "条文"}]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "cell", "value"), CELLS)
def test_a_cell_is_a_value_of_a_pack_and_back(kind: str, cell: str, value: Any) -> None:
    assert tomllib.loads(f"x = {literal(kind, cell)}")["x"] == value
    assert shown(kind, value) == cell
    assert typed(kind, cell) == cell


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("date", "2026-05-06"),
        ("whole", "12"),
        ("rate", {"fact": "loan_rate"}),
        ("names", ["a,b", "c, d"]),
        ("text", "两\n行"),
        ("text", ""),
        ("flag", "true"),
        ("ranks", [{"fact": "a", "descending": {"unset": "way"}}]),
        ("bands", [{"up_to": "1.00", "rate": "0.5", "x": "y"}]),
        ("default", {"value": "1.00"}),
        ("text", {"unset": "x"}),
    ],
)
def test_what_a_cell_can_not_hold_is_left_to_the_text(kind: str, value: Any) -> None:
    assert shown(kind, value) == IN_TEXT


@pytest.mark.parametrize(
    ("kind", "text", "cell"),
    [
        ("money", " 500,000 ", "500000.00"),
        ("money", "很多", "很多"),
        ("rate", "30 ％", "30%"),
        ("rate", "？rate", "?rate"),
        ("date", "2026年5月6日", "2026-05-06"),
        ("date", "明年", "明年"),
        ("moment", "2026-05-06 17:00", "2026-05-06T17:00:00"),
        ("moment", "2026/5/6", "2026-05-06"),
        ("names", "applicant、year", "applicant, year"),
        ("value", "500000", "500000.00"),
        ("value", "90", "90"),
        ("value", "30％", "30%"),
        ("bands", "1000000：50%；30%", "1000000.00: 50%; 30%"),
        ("readings", "20：0.2：甲；30：0.3：乙", "20: 0.2: 甲; 30: 0.3: 乙"),
        ("text", "甲\n乙", "甲乙"),
        ("text", "  ", ""),
    ],
)
def test_what_people_type_becomes_the_one_form_of_a_cell(kind: str, text: str, cell: str) -> None:
    assert typed(kind, text) == cell


@pytest.mark.parametrize("kind", ["date", "moment", "whole", "flag"])
def test_what_is_not_of_its_kind_stands_in_quotes(kind: str) -> None:
    assert literal(kind, "2026-13-40") == '"2026-13-40"'
