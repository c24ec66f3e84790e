"""The way of a case as a line of steps: what is done, where it stands, what is ahead, each with its day."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from casework.boards.case_story import Step
from desktop.kit.language import t
from desktop.kit.theme import LABEL, Theme, body_font

RADIUS = 7.0


class Way(QWidget):
    """The steps, painted."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.steps: tuple[Step, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show these; a reader of the screen hears them as one sentence."""
        self.steps = tuple(steps)
        said = [
            t(f"way.{step.standing}", step=t(f"way.step.{step.state}"), on=step.on or "") for step in steps
        ]
        self.setAccessibleName(t("people.and").join(said))
        self.setToolTip("\n".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the steps and their days."""
        return QSize(640, 52)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the steps that were taken, the present one and those to come."""
        if not self.steps:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(body_font(LABEL))
        wide = self.width() / len(self.steps)
        for at, step in enumerate(self.steps):
            middle = QPointF(wide * (at + 0.5), RADIUS + 2)
            if at:
                reached = step.standing != "ahead"
                pen = QPen(QColor(self.theme.accent if reached else self.theme.line), 2)
                painter.setPen(pen)
                start = QPointF(middle.x() - wide + RADIUS + 3, middle.y())
                painter.drawLine(start, QPointF(middle.x() - RADIUS - 3, middle.y()))
            self._dot(painter, middle, step.standing)
            self._words(painter, QRectF(wide * at, 2 * RADIUS + 4, wide, 34), step)
        painter.end()

    def _dot(self, painter: QPainter, at: QPointF, standing: str) -> None:
        colour = QColor(self.theme.stopped if standing == "stopped" else self.theme.accent)
        if standing == "passed":
            colour = QColor(self.theme.muted)
        ahead = standing == "ahead"
        painter.setPen(QPen(QColor(self.theme.line) if ahead else colour, 2))
        painter.setBrush(colour if standing in ("done", "stopped") else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, RADIUS - 1, RADIUS - 1)
        on = QPen(QColor(self.theme.on_accent if standing == "done" else self.theme.base), 1.6)
        painter.setPen(on)
        if standing == "done":
            for start, end in (((-3, 0), (-1, 2.5)), ((-1, 2.5), (3.2, -2.5))):
                painter.drawLine(at + QPointF(*start), at + QPointF(*end))
        elif standing in ("stopped", "passed"):
            if standing == "passed":  # beyond it, and never there: no tick
                painter.setPen(QPen(colour, 1.6))
            painter.drawLine(at + QPointF(-3, 0), at + QPointF(3, 0))
        elif standing == "here":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(at, 3.2, 3.2)

    def _words(self, painter: QPainter, place: QRectF, step: Step) -> None:
        here = step.standing in ("here", "stopped")
        colour = self.theme.stopped if step.standing == "stopped" else self.theme.text
        painter.setPen(QColor(colour if here else self.theme.muted))
        metrics = QFontMetrics(painter.font())
        name = metrics.elidedText(
            t(f"way.step.{step.state}"), Qt.TextElideMode.ElideRight, int(place.width())
        )
        top = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(place, top, name)
        if step.on is not None:
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(place.adjusted(0, 15, 0, 0), top, f"{step.on:%m-%d}")
