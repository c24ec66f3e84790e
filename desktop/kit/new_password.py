"""The fields of a new password, typed twice, with what is wrong with it said while it is typed."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from casework.people.password_rule import figures, what_is_wrong
from desktop.kit.language import language, t
from desktop.kit.theme import GRID


class NewPassword(QWidget):
    """A password and the same again.

    Args:
        names: what it may not be: the account, the person's name, the office's.

    Signals:
        entered: Enter was pressed in the second field.
    """

    entered = Signal()

    def __init__(self, names: Callable[[], tuple[str, ...]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names = names
        self.first, self.again = QLineEdit(self), QLineEdit(self)
        for field, code in ((self.first, "password.new"), (self.again, "password.again")):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(t(code))
            field.setPlaceholderText(t(code))
            field.textEdited.connect(lambda text: self.look())
        self.hint = QLabel(self)
        self.hint.setProperty("small", True)
        self.hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for widget in (self.first, self.again, self.hint):
            column.addWidget(widget)
        self.first.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.entered)
        self.setFocusProxy(self.first)
        self.look()

    def fault(self) -> str:
        """What is wrong with what stands there, as a sentence; empty where nothing is."""
        refused = what_is_wrong(self.first.text(), *self.names())
        if refused is not None:
            return refused.say(language())
        return "" if self.again.text() == self.first.text() else t("password.differ")

    def look(self) -> None:
        """Say it beside the fields."""
        known = figures()
        rule = t("password.rule", least=known.shortest, different=known.different)
        text = self.fault() if self.first.text() else rule
        self.hint.setText(text or t("password.good"))
        self.hint.setAccessibleName(self.hint.text())

    def text(self) -> str:
        """The password."""
        return self.first.text()

    def clear(self) -> None:
        """Nothing typed."""
        self.first.clear()
        self.again.clear()
        self.look()
