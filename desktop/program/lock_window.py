"""What stands in the window's place while it is locked: who may unlock it, and nothing of the office."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from casework.core.refused import Refused
from desktop.kit.ask_dialog import secret
from desktop.kit.countdown import Countdown
from desktop.kit.language import language, t
from desktop.kit.theme import GRID
from desktop.kit.widgets import FaultLabel, words

WIDTH = 360
"""Of what is asked, in pixels at 100 %."""


class LockWindow(QWidget):
    """Asks for the password of the person who is at the desk.

    Args:
        unlock: called with what was typed.
        another: somebody else wants to sign in.

    Signals:
        closed: the window was closed by its own button.
    """

    closed = Signal()

    def __init__(self, person: str, unlock: Callable[[str], object], another: Callable[[], object]) -> None:
        super().__init__()
        self.setWindowTitle(t("lock.title"))
        self.unlock, self.leaving = unlock, False
        title = QLabel(t("lock.title"), self)
        title.setProperty("title", True)
        self.who = words(t("lock.says", person=person), muted=True)
        self.password = secret()
        self.password.setAccessibleName(t("welcome.password"))
        self.password.setPlaceholderText(t("welcome.password"))
        self.fault = FaultLabel(self)
        self.other = QPushButton(t("lock.another"), self)
        self.other.clicked.connect(lambda checked=False: another())
        self.yes = QPushButton(t("lock.unlock"), self)
        self.yes.setProperty("main", True)
        self.yes.clicked.connect(lambda checked=False: self._unlock())
        self.password.returnPressed.connect(self.yes.click)
        self.countdown = Countdown(self.yes, self.say)
        row = QHBoxLayout()
        row.addWidget(self.other)
        row.addStretch(1)
        row.addWidget(self.yes)
        inside = QWidget(self)
        inside.setFixedWidth(WIDTH)
        column = QVBoxLayout(inside)
        column.setSpacing(2 * GRID)
        for widget in (title, self.who, self.password, self.fault):
            column.addWidget(widget)
        column.addLayout(row)
        whole = QVBoxLayout(self)
        whole.addWidget(inside, 0, Qt.AlignmentFlag.AlignCenter)
        self.password.setFocus()

    def say(self, sentence: str) -> None:
        """Say what stands in the way."""
        self.fault.setText(sentence)
        self.fault.setAccessibleName(sentence)

    def refuse(self, refusal: Exception) -> None:
        """Say why it stays locked; a wait is counted down."""
        self.yes.setEnabled(True)
        if not isinstance(refusal, Refused):
            raise refusal
        self.say(refusal.say(language()))
        self.countdown.begin(refusal)
        self.password.selectAll()
        self.password.setFocus()

    def _unlock(self) -> None:
        self.say("")
        self.yes.setEnabled(False)
        self.unlock(self.password.text())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing what stands for the window ends the program as closing the window does."""
        event.accept()
        if not self.leaving:
            self.closed.emit()

    def leave(self) -> None:
        """Go, for the window is there again or another signs in."""
        self.leaving = True
        self.close()
        self.deleteLater()
