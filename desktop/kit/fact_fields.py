"""Fields of an application: typed as people write, read at once, safe with input methods and the wheel.

Each field knows its fact and gives what stands in it as `casework.cases.typed_values.Typed`. Enter goes to
the next field, but not while an input method is composing; the wheel never changes a field.
"""

import datetime
import unicodedata
from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from casework.cases.field_table import FIELDS
from casework.cases.typed_values import Typed, as_typed, read_typed
from desktop.kit.language import t, t_or, titled
from rules import money
from rules.facts import Fact, Value

Now = Callable[[], datetime.datetime]

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WIDTH = ("money", "date", "moment", "rate", "integer")
"""Types whose full-width characters are shown half-width as soon as they are committed."""


def title_of(fact: Fact) -> str:
    """What a field is called: the office's own word, else the pack's."""
    return t_or(f"field.{fact.id}", titled(fact) or fact.id)


def said(fact: Fact, value: Value) -> str:
    """A value as it is shown: amounts grouped, answers and kinds as words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return t("field.yes" if value else "field.no")
    if fact.type == "choice":
        return t_or(f"kind.{value}", t_or(f"choice.{value}", str(value)))
    return as_typed(fact, value)


def echo(fact: Fact, typed: Typed, raw: str = "") -> str:
    """What stands beside a field that is right: how the program read it."""
    value = typed.value
    if value is None or typed.fault:
        return ""
    if fact.type == "money":
        assert isinstance(value, int)
        return money.capital(value) if value <= 10**15 else ""
    if isinstance(value, datetime.datetime):
        return "" if raw == as_typed(fact, value) else as_typed(fact, value)
    if isinstance(value, datetime.date):
        weekday = t(f"weekday.{value.isoweekday()}")
        return weekday if raw == value.isoformat() else f"{value.isoformat()} {weekday}"
    return "✓" if fact.id == "applicant" else ""


class FactField(QLineEdit):
    """A field of text, amount, day or code."""

    edited = Signal()
    entered = Signal()

    def __init__(self, fact: Fact, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fact, self.now = fact, now
        self.composing = False
        self.setAccessibleName(title_of(fact))
        self.textEdited.connect(self._edited)

    @property
    def typed(self) -> Typed:
        """What stands in it."""
        return read_typed(self.fact, self.text(), self.now())

    def raw(self) -> str:
        """What was typed, as it was typed."""
        return self.text()

    def put(self, raw: str) -> None:
        """Put back what was typed before."""
        self.setText(raw)

    def put_value(self, value: Value) -> None:
        """Put a value into it as a person would type it."""
        self.setText(as_typed(self.fact, value))

    def mark(self, faulty: bool) -> None:
        """Show that what stands in it can't be used."""
        if bool(self.property("faulty")) != faulty:
            self.setProperty("faulty", faulty)
            self.style().unpolish(self)
            self.style().polish(self)

    def settle(self) -> None:
        """Show the value in its usual dress: `=12*800` becomes 9,600.00, `t` today."""
        typed = self.typed
        if typed.fault is None and typed.value is not None and self.fact.type in ("money", "date", "moment"):
            shown = as_typed(self.fact, typed.value)
            if shown != self.text():
                self.setText(shown)
                self.edited.emit()
        elif self.fact.id == "applicant" and typed.value is not None:
            self.setText(str(typed.value))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Notes whether characters are being composed: such a text is not judged yet."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next field; the rest is typing."""
        if _is_enter(event):
            event.accept()
            if not self.composing:
                self.settle()
                self.entered.emit()
            return
        super().keyPressEvent(event)

    def _edited(self, text: str) -> None:
        if self.fact.type == "date" and unicodedata.normalize("NFKC", text).strip().lower() == "t":
            self.put_value(self.now().date())
        elif self.fact.type in _WIDTH or self.fact.id in ("applicant", "account", "phone"):
            narrow = unicodedata.normalize("NFKC", text)
            if narrow != text and len(narrow) == len(text):
                at = self.cursorPosition()
                self.setText(narrow)
                self.setCursorPosition(at)
        self.edited.emit()


def _is_enter(event: QKeyEvent) -> bool:
    """Whether Enter was pressed, on either block of keys, and nothing with it."""
    plain = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    return event.key() in ENTER and event.modifiers() in plain


class QuietCombo(QComboBox):
    """A choice that the wheel never changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to what scrolls around it."""
        event.ignore()


class ChoiceField(QuietCombo):
    """A field with few answers; a digit, or y and n, chooses one. Blank is not known."""

    edited = Signal()
    entered = Signal()

    def __init__(
        self, fact: Fact, choices: Mapping[str, str] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.fact = fact
        self.setAccessibleName(title_of(fact))
        self.addItem(t("field.unknown"), "")
        for value, words in (choices or {}).items():
            self.addItem(words, value)
        self.currentIndexChanged.connect(lambda index: self.edited.emit())

    @property
    def typed(self) -> Typed:
        """What is chosen."""
        data = str(self.currentData() or "")
        if not data:
            return Typed(None)
        if self.fact.type == "yes_no":
            return Typed(data == "yes")
        return Typed(int(data) if self.fact.type == "integer" else data)

    def raw(self) -> str:
        """What is chosen, as text."""
        return str(self.currentData() or "")

    def put(self, raw: str) -> None:
        """Choose again what was chosen before."""
        self.setCurrentIndex(max(0, self.findData(raw)))

    def put_value(self, value: Value) -> None:
        """Choose a value; one that is not among the answers is added."""
        raw = as_typed(self.fact, value)
        if raw and self.findData(raw) < 0:
            self.addItem(said(self.fact, value), raw)
        self.put(raw)

    def mark(self, faulty: bool) -> None:
        """A choice is never faulty."""

    def settle(self) -> None:
        """A choice has one dress."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on; a digit, or y and n, chooses."""
        if _is_enter(event):
            event.accept()
            self.entered.emit()
            return
        text = event.text().lower()
        if self.fact.type == "yes_no" and text in ("y", "n"):
            self.put("yes" if text == "y" else "no")
        elif text.isdecimal() and int(text) < self.count():
            self.setCurrentIndex(int(text))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.setCurrentIndex(0)
        else:
            super().keyPressEvent(event)


Field = FactField | ChoiceField


def field_for(fact: Fact, now: Now, kinds: tuple[str, ...] = (), parent: QWidget | None = None) -> Field:
    """The field for a fact.

    Args:
        kinds: the kinds of applicant that the pack names.
    """
    if fact.type == "yes_no":
        return ChoiceField(fact, {"yes": t("field.yes"), "no": t("field.no")}, parent)
    choices = fact.choices
    if fact.id == "applicant_kind":
        choices = kinds or tuple(dict.fromkeys(map(str, FIELDS["applicant_kind"].fact.words.values())))
    if choices:
        named = {choice: said(Fact(fact.id, "choice"), choice) for choice in choices}
        return ChoiceField(fact, named, parent)
    return FactField(fact, now, parent)
