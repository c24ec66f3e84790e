"""The one place of messages, and the thin bar of the year's budget beside it."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from desktop.speech import t
from desktop.theme import SHAPES, Theme
from desktop.work import Job

SHOWN_FOR = {"done": 8_000, "waiting": 8_000, "look": 0, "stopped": 0}
"""Milliseconds a message stays; what a person must look at stays until the next."""
PATIENCE = 600
"""Milliseconds a job may take before its progress is shown."""


class MessageLine(QWidget):
    """Says one thing at a time at the foot of the window, and shows how far long work is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.shape, self.sentence = QLabel(self), QLabel(self)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.progress = QProgressBar(self)
        self.progress.setFixedWidth(160)
        self.progress.setTextVisible(False)
        self.cancel = QPushButton(t("message.cancel"), self)
        self.cancel.setProperty("flat", True)
        self.cancel.clicked.connect(self._cancel)
        self.job: Job[object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self.shape)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.progress)
        row.addWidget(self.cancel)
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.timeout.connect(self.clear)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._show_progress)
        self._hide_progress()

    def say(self, sentence: str, meaning: str) -> None:
        """Show a sentence with its meaning's shape and colour."""
        colour = self.theme.meaning(meaning)  # type: ignore[arg-type]
        self.shape.setText(SHAPES.get(meaning, ""))
        self.shape.setStyleSheet(f"color: {colour}")
        self.sentence.setText(sentence)
        self.sentence.setToolTip(sentence)
        self.sentence.setAccessibleName(sentence)
        self._fade.stop()
        if SHOWN_FOR[meaning]:
            self._fade.start(SHOWN_FOR[meaning])

    def clear(self) -> None:
        """Say nothing."""
        self.shape.clear()
        self.sentence.clear()

    def busy(self, jobs: int) -> None:
        """Work has begun or ended; its progress shows once it takes longer than a moment."""
        if jobs and not self._patience.isActive() and self.progress.isHidden():
            self._patience.start()
        elif not jobs:
            self._patience.stop()
            self._hide_progress()

    def moved(self, job: Job[object], done: int, of: int) -> None:
        """A job says how far it is."""
        self.job = job
        self.progress.setRange(0, max(of, 0))
        self.progress.setValue(done)
        self.cancel.setVisible(not self.progress.isHidden())

    def _show_progress(self) -> None:
        if self.job is None:
            self.progress.setRange(0, 0)
        self.progress.show()
        self.cancel.setVisible(self.job is not None)

    def _hide_progress(self) -> None:
        self.job = None
        self.progress.hide()
        self.cancel.hide()

    def _cancel(self) -> None:
        if self.job is not None:
            self.job.cancel()


class BudgetBar(QWidget):
    """The year's budget as one thin bar: paid, committed, reserved, left."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.figures = (0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A slim bar."""
        return QSize(120, 8)

    def show_figures(self, appropriation: int, paid: int, committed: int, reserved: int) -> None:
        """The figures in fen; paid and committed are told apart, what is reserved is lighter."""
        self.figures = (appropriation, paid, committed, reserved)
        left = appropriation - paid - committed - reserved
        said = t(
            "budget.bar", committed_fen=committed, paid_fen=paid, reserved_fen=reserved, left_fen=left,
            appropriation_fen=appropriation,
        )  # fmt: skip
        self.setToolTip(said)
        self.setAccessibleName(said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws each part as its share of the appropriation."""
        appropriation, paid, committed, reserved = self.figures
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.line))
        start = 0.0
        for amount, colour in (
            (paid, self.theme.done),
            (committed, self.theme.accent),
            (reserved, self.theme.look),
        ):
            width = self.width() * amount / appropriation if appropriation else 0.0
            painter.fillRect(QRectF(start, 0, width, self.height()), QColor(colour))
            start += width
        painter.end()
