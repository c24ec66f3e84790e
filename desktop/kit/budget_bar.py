"""A year's budget as one thin bar: paid, committed, reserved, left."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.kit.language import t
from desktop.kit.theme import Theme


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
