"""The one field for an amount, wherever a page or a dialog asks for one, with how it was read beside it.

It takes what `casework.cases.typed_amounts` reads: yuan, 万, 亿, groups, full width, capitals, sums. What it
holds is said in capital characters, as on a cheque, before anything is done with it; what can't be read is
refused in the same words everywhere.
"""

import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from casework.cases.typed_amounts import read_amount
from casework.cases.typed_values import Typed, told_fault
from casework.core.refused import Refused
from desktop.kit.fact_fields import ENTER, FactField, echo
from desktop.kit.language import t
from rules import money
from rules.facts import Fact, FactError

AMOUNT = Fact("amount", "money")


class MoneyField(FactField):
    """A field of an amount.

    Args:
        unit_fen: fen in what a bare number counts, where a heading names another unit than the yuan.
    """

    def __init__(self, fen: int | None = None, unit_fen: int = money.YUAN_FEN, parent: QWidget | None = None):
        super().__init__(AMOUNT, datetime.datetime.now, parent)
        self.unit_fen = unit_fen
        self.setText("" if fen is None else money.grouped(fen))
        self.setPlaceholderText(t("money_field.like"))

    @property
    def typed(self) -> Typed:
        """The amount, or what is wrong with it."""
        return _typed(self.text(), self.unit_fen)

    def fen(self, code: str, **named: str) -> int | None:
        """The amount in fen; None where nothing stands in the field.

        Args:
            code, named: of the field's label, for the refusal.

        Raises:
            Refused: `refused.no_amount`, `refused.no_sum`.
        """
        typed = self.typed
        if typed.fault:
            refusal = "refused.no_sum" if typed.fault == "sum" else "refused.no_amount"
            raise Refused(refusal, field=t(code, **named), value=self.text())
        return None if typed.value is None else int(typed.value)  # type: ignore[arg-type]

    def said(self) -> str:
        """How it was read: in capitals, or why it can't be; nothing for an empty field."""
        return said(self.text(), self.unit_fen)

    def settle(self) -> None:
        """Show the amount in its usual dress; under another unit than the yuan it says its own."""
        value = self.typed.value
        if isinstance(value, int):
            shown = money.grouped(value) + ("" if self.unit_fen == money.YUAN_FEN else "元")
            if shown != self.text():
                self.setText(shown)
                self.edited.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Left: the amount takes its usual dress."""
        self.settle()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter settles the amount and does what Enter does around it."""
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        elif not self.composing:
            self.settle()
            QLineEdit.keyPressEvent(self, event)


def said(text: str, unit_fen: int = money.YUAN_FEN) -> str:
    """How a text is read as an amount: in capitals, or why it can't be; nothing for an empty one."""
    typed = _typed(text, unit_fen)
    return t(f"typed.{typed.fault}") if typed.fault else echo(AMOUNT, typed)


def _typed(text: str, unit_fen: int) -> Typed:
    if not text.strip():
        return Typed(None)
    try:
        return Typed(read_amount(text, unit_fen))
    except FactError as fault:
        return Typed(None, told_fault(fault))


class Echo(QLabel):
    """Under or beside a `MoneyField`: how it was read."""

    def __init__(self, field: MoneyField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.setWordWrap(True)
        self.setProperty("small", True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        field.textChanged.connect(lambda text: self._say())
        self._say()

    def _say(self) -> None:
        text = self.field.said()
        self.setText(text)
        self.setVisible(bool(text))
        self.field.mark(bool(self.field.typed.fault))
        self.field.setAccessibleDescription(text)


def echoed(field: MoneyField) -> QWidget:
    """The field with how it was read beneath it, for a form."""
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(field)
    column.addWidget(Echo(field))
    both.setFocusProxy(field)
    return both
