"""The window that a bug shows, and the one for what is no bug: the machine's doing, in its sentence."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.kit.fitting import resized
from desktop.kit.language import t


class BugWindow(QDialog):
    """Says that something is wrong with the program, what to do, and offers the report to copy."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("bug.title"))
        says = QLabel(t("bug.what_to_do"), self)
        says.setWordWrap(True)
        self.text = QPlainTextEdit(text, self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(t("bug.report"))
        buttons = QDialogButtonBox(self)
        copy = buttons.addButton(t("bug.copy"), QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton(t("bug.go_on"), QDialogButtonBox.ButtonRole.AcceptRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        for part in (says, self.text, buttons):
            column.addWidget(part)
        resized(self, 560, 320)


class FaultWindow(QDialog):
    """Says what the machine did and what to do."""

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("fault.title"))
        self.setMinimumWidth(420)
        self.says = QLabel(sentence, self)
        self.says.setWordWrap(True)
        self.says.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(self)
        buttons.addButton(t("bug.go_on"), QDialogButtonBox.ButtonRole.AcceptRole).clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.addWidget(self.says)
        column.addWidget(buttons)
