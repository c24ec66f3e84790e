"""The one field for amounts: what it takes, what it says of it, and that no page has another."""

import ast
import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

import desktop
from casework.cases.typed_values import read_typed
from casework.core.refused import Refused
from desktop.kit.language import speak, t
from desktop.kit.money_field import AMOUNT, MoneyField, echoed, said
from rules import money
from tests.desktop.helpers import press, texts, type_text

NOW = datetime.datetime(2026, 5, 20, 9)


@pytest.fixture
def field(dressed: QApplication) -> Iterator[MoneyField]:
    speak("zh")
    made = MoneyField()
    yield made
    made.deleteLater()


@pytest.mark.parametrize(
    ("typed", "fen", "dress", "capitals"),
    [
        ("２亿", 20_000_000_000, "200,000,000.00", "贰亿元整"),
        ("1.2万+3000", 1_500_000, "15,000.00", "壹万伍仟元整"),
        ("=12*800", 960_000, "9,600.00", "玖仟陆佰元整"),
        ("1234.5", 123_450, "1,234.50", "壹仟贰佰叁拾肆元伍角整"),
    ],
)
def test_an_amount_is_said_in_capitals_and_dressed_by_enter(
    field: MoneyField, typed: str, fen: int, dress: str, capitals: str
) -> None:
    both = echoed(field)
    both.show()
    type_text(field, typed)
    assert field.fen("policies.left") == fen
    assert texts(both) == [capitals]
    press(field, Qt.Key.Key_Return)
    assert field.text() == dress and texts(both) == [capitals]
    both.deleteLater()


def test_what_can_not_be_read_is_refused_in_the_same_words(field: MoneyField) -> None:
    both = echoed(field)
    assert field.fen("policies.left") is None
    for typed, code, beside in (("很多", "refused.no_amount", "amount"), ("=1/0", "refused.no_sum", "sum")):
        field.setText(typed)
        with pytest.raises(Refused) as caught:
            field.fen("policies.left")
        assert caught.value.code == code and typed in caught.value.say("zh")
        assert field.property("faulty") and t(f"typed.{beside}") in [
            label.text() for label in both.findChildren(QLabel)
        ]
    both.deleteLater()


@pytest.mark.parametrize(
    ("typed", "why"), [("1.234", "decimals"), ("-5", "sign"), ("－5", "sign"), ("9" * 20, "limit")]
)
def test_an_amount_that_can_not_be_taken_says_why(field: MoneyField, typed: str, why: str) -> None:
    """An import says it too; that it is no amount would be false."""
    field.setText(typed)
    assert field.said() == t(f"typed.amount.{why}") != t("typed.amount")
    assert field.said() == t(f"typed.{read_typed(AMOUNT, typed, NOW).fault}"), "the form of an entry as well"


def test_under_another_unit_the_dress_names_its_own(dressed: QApplication) -> None:
    field = MoneyField(unit_fen=money.WAN_FEN)
    field.setText("5")
    assert said("5", money.WAN_FEN) == field.said() == "伍万元整"
    field.settle()
    assert field.text() == "50,000.00元" and field.fen("policies.left") == 5_000_000
    field.settle()
    assert field.text() == "50,000.00元"
    field.deleteLater()


def test_no_page_reads_an_amount_by_itself() -> None:
    room = Path(desktop.__file__).parent
    for path in sorted(room.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("parse", "parse_signed"):
                assert not (isinstance(node.value, ast.Name) and node.value.id == "money"), path.name
            if isinstance(node, ast.ImportFrom) and node.module == "rules.money" and path.name != "trying.py":
                assert "parse" not in {one.name for one in node.names}, path.name
