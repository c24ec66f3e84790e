"""What each step of the start window has: a title, a sentence, and a place for what went wrong."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.kit.fitting import grown
from desktop.kit.language import t
from desktop.kit.theme import GRID


class Step(QWidget):
    """One step: a title, a sentence, and a place for what went wrong."""

    code: ClassVar[str] = ""

    def __init__(self, start: QWidget) -> None:
        super().__init__(start)
        self.column = QVBoxLayout(self)
        self.column.setSpacing(2 * GRID)
        title = QLabel(t(f"welcome.{self.code}.title"), self)
        title.setProperty("title", True)
        says = QLabel(t(f"welcome.{self.code}.says"), self)
        says.setWordWrap(True)
        says.setProperty("muted", True)
        self.fault = QLabel(self)
        self.fault.setWordWrap(True)
        self.fault.setProperty("fault", True)
        self.fault.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(title)
        self.column.addWidget(says)

    def say(self, sentence: str) -> None:
        """Say what went wrong."""
        self.fault.setText(sentence)
        self.fault.setAccessibleName(sentence)
        grown(self.window())

    def button(self, code: str, do: Callable[[], object], *, main: bool = False) -> QPushButton:
        """A button of this step, with the words of a code."""
        made = QPushButton(t(code), self)
        made.setProperty("main", main)
        made.setDefault(main)
        made.setAutoDefault(main)
        made.clicked.connect(lambda checked=False: do())
        return made
