"""How a cell is drawn: its text or chip in one go, from one question to the model.

Qt's own way asks a model seven times for each cell; here it is once, which is what makes a wheel step cheap.
"""

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.kit.theme import GRID, LABEL, ROW, SHAPES, Theme, body_font
from desktop.lists.model import TableModel

SELECTED = QStyle.StateFlag.State_Selected
FOCUSED = QStyle.StateFlag.State_HasFocus
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
ELIDE = Qt.TextElideMode.ElideRight
CHIP = 20
"""A chip's height in pixels at 100 %."""


class TableDelegate(QStyledItemDelegate):
    """Draws the cells of a list."""

    def __init__(self, model: TableModel, theme: Theme, font: QFont) -> None:  # type: ignore[type-arg]
        super().__init__(model)
        self.model = model
        self.theme = theme
        self.right = [column.right for column in model.spec.columns]
        self.text, self.accent = QColor(theme.text), QColor(theme.accent)
        self.selection, self.base = QColor(theme.selection), QColor(theme.base)
        self.pens = {name: QPen(QColor(theme.meaning(name))) for name in SHAPES}  # type: ignore[arg-type]
        self.chip_font = body_font(LABEL)
        self.elided = _eliding(QFontMetrics(font))
        self.chip_width = _measuring(QFontMetrics(self.chip_font))
        self.chip_elided = _eliding(QFontMetrics(self.chip_font))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws a cell with its mark, its search hit and its colours."""
        rect, state = option.rect, option.state
        column = index.column()
        shown = self.model.cell(index.row(), column)
        if state & SELECTED:
            painter.fillRect(rect, self.selection)
        if shown.meaning is not None:
            self._chip(painter, rect, shown.text, shown.meaning)
        elif shown.text:
            inside = rect.adjusted(GRID, 0, -GRID, 0)
            painter.setPen(self.text)
            text = self.elided(shown.text, inside.width())
            painter.drawText(inside, RIGHT if self.right[column] else LEFT, text)
        if state & FOCUSED:
            painter.setPen(self.accent)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _chip(self, painter: QPainter, rect: QRect, text: str, meaning: str) -> None:
        said = f"{SHAPES[meaning]} {text}"
        width = min(self.chip_width(said) + 2 * GRID, rect.width() - GRID)
        top = rect.top() + (rect.height() - CHIP) / 2 + 0.5
        frame = QRectF(rect.left() + GRID / 2 + 0.5, top, width - 1, CHIP - 1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.pens[meaning])
        painter.setBrush(self.base)
        painter.drawRoundedRect(frame, CHIP / 2, CHIP / 2)
        painter.setFont(self.chip_font)
        inside = frame.adjusted(GRID - 1, 0, 0, 0)
        painter.drawText(inside, LEFT, self.chip_elided(said, int(inside.width()) - GRID // 2))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex):  # type: ignore[no-untyped-def]
        """Every row is of one height."""
        size = super().sizeHint(option, index)
        size.setHeight(ROW)
        return size


def _eliding(metrics: QFontMetrics):  # type: ignore[no-untyped-def]
    @lru_cache(maxsize=4096)
    def elided(text: str, width: int) -> str:
        return metrics.elidedText(text, ELIDE, width)

    return elided


def _measuring(metrics: QFontMetrics):  # type: ignore[no-untyped-def]
    @lru_cache(maxsize=256)
    def width(text: str) -> int:
        return metrics.horizontalAdvance(text)

    return width
