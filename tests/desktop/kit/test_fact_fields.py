"""Fields: input methods, widths, sums, today, the next field by Enter, and a wheel that changes nothing."""

import datetime
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from casework.cases.typed_values import FACTS, Typed
from desktop.kit.fact_fields import ChoiceField, FactField, echo, field_for, said, title_of
from desktop.kit.language import speak
from rules.facts import Fact
from tests.desktop.helpers import compose, press, type_text

NOW = datetime.datetime(2026, 5, 20, 14, 35)


class Form(QWidget):
    """A few fields in a window, as they stand in a form."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.fields = {
            name: field_for(FACTS[name], lambda: NOW, ("enterprise", "university"))
            for name in (
                "applicant_name",
                "applicant",
                "contract_amount",
                "signed_on",
                "related_party",
                "applicant_kind",
            )
        }
        self.entered: list[str] = []
        for name, field in self.fields.items():
            field.entered.connect(lambda name=name: self.entered.append(name))
            column.addWidget(field)

    def text(self, name: str) -> FactField:
        field = self.fields[name]
        assert isinstance(field, FactField)
        return field

    def choice(self, name: str) -> ChoiceField:
        field = self.fields[name]
        assert isinstance(field, ChoiceField)
        return field


@pytest.fixture
def form(dressed: QApplication) -> Iterator[Form]:
    speak("zh")
    made = Form()
    made.show()
    yield made
    made.close()
    made.deleteLater()


def test_chinese_is_typed_through_the_input_method(form: Form) -> None:
    type_text(form.text("applicant_name"), "湾畔（集团）公司")
    assert form.text("applicant_name").typed == Typed("湾畔（集团）公司")


def test_enter_while_composing_does_nothing_else(form: Form) -> None:
    field = form.text("applicant_name")
    compose(field, "wan pan")
    press(field, Qt.Key.Key_Return)
    assert form.entered == []
    type_text(field, "湾畔")
    press(field, Qt.Key.Key_Return)
    assert form.entered == ["applicant_name"]
    assert field.text() == "湾畔"


def test_full_width_is_narrow_as_soon_as_it_is_committed(form: Form) -> None:
    type_text(form.text("contract_amount"), "１２３４")
    assert form.text("contract_amount").text() == "1234"
    type_text(form.text("applicant"), "９１４４")
    assert form.text("applicant").text() == "9144"


def test_a_sum_becomes_its_amount_on_enter(form: Form) -> None:
    field = form.text("contract_amount")
    type_text(field, "=12*800")
    assert field.typed == Typed(960_000)
    press(field, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert field.text() == "9,600.00"
    assert form.entered == ["contract_amount"]


def test_t_is_today_at_once(form: Form) -> None:
    field = form.text("signed_on")
    type_text(field, "ｔ")
    assert field.text() == "2026-05-20"


def test_what_can_t_be_read_stays_as_it_was_typed(form: Form) -> None:
    field = form.text("signed_on")
    type_text(field, "上周三")
    press(field, Qt.Key.Key_Return)
    assert field.text() == "上周三"
    assert field.typed.fault == "date"
    field.mark(True)
    assert field.property("faulty") is True


def test_choices_by_key_and_never_by_wheel(form: Form) -> None:
    field = form.choice("related_party")
    field.setFocus()
    assert field.typed == Typed(None)
    press(field, Qt.Key.Key_N)
    assert field.typed == Typed(False)
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, 0), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    for focused in (True, False):
        (field if focused else form.text("applicant")).setFocus()
        QApplication.sendEvent(field, wheel)
        assert field.typed == Typed(False)
    field.setFocus()
    press(field, Qt.Key.Key_Backspace)
    assert field.typed == Typed(None)
    kind = form.choice("applicant_kind")
    press(kind, Qt.Key.Key_2)
    assert kind.typed == Typed("university")
    kind.put_value("hospital")
    assert kind.raw() == "hospital"


def test_how_it_was_read_is_said(dressed: QApplication) -> None:
    assert echo(FACTS["contract_amount"], Typed(960_000)) == "玖仟陆佰元整"
    assert echo(FACTS["signed_on"], Typed(datetime.date(2026, 5, 20)), "5.20") == "2026-05-20 星期三"
    assert echo(FACTS["signed_on"], Typed(datetime.date(2026, 5, 20)), "2026-05-20") == "星期三"
    assert echo(FACTS["contract_amount"], Typed(None, "amount")) == ""
    assert said(FACTS["related_party"], False) == "否"
    assert said(FACTS["applicant_kind"], "enterprise") == "企业"
    assert said(FACTS["contract_amount"], 960_000) == "9,600.00"


def test_a_pack_s_own_fact_bears_its_title(dressed: QApplication) -> None:
    fact = Fact("domestic_compute", "yes_no", "使用国产算力", "domestic compute")
    assert title_of(fact) == "使用国产算力"
    speak("en")
    assert title_of(fact) == "domestic compute"
    speak("zh")
