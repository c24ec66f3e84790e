"""A row of small widgets that goes on in a next row where the first is full."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from desktop.kit.theme import GRID


class Flow(QLayout):
    """Lays widgets out from left to right and downwards, each as large as it wants to be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(GRID // 2)

    def addItem(self, item: QLayoutItem) -> None:
        """Takes a widget in, at the end."""
        self.items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self.items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The one at a place, None past the end."""
        return self.items[index] if 0 <= index < len(self.items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Takes one out, None past the end."""
        return self.items.pop(index) if 0 <= index < len(self.items) else None

    def hasHeightForWidth(self) -> bool:
        """Always: a narrow one is taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that the lines take at a width."""
        return self._lay(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """No more than it needs."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Room for the largest of them."""
        size = QSize(0, 0)
        for item in self.items:
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        """Places them in lines."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def _lay(self, rect: QRect, *, move: bool) -> int:
        """Place the widgets (or only reckon where they would stand); gives the height."""
        x, y, line = rect.x(), rect.y(), 0
        row: list[tuple[QLayoutItem, QPoint, QSize]] = []
        for item in self.items:
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                _place(row if move else [], line)
                x, y, line, row = rect.x(), y + line + self.spacing(), 0, []
            row.append((item, QPoint(x, y), size))
            x, line = x + size.width() + self.spacing(), max(line, size.height())
        _place(row if move else [], line)
        return y + line - rect.y()


def _place(row: list[tuple[QLayoutItem, QPoint, QSize]], height: int) -> None:
    """Each in the middle of its line."""
    for item, at, size in row:
        item.setGeometry(QRect(at + QPoint(0, (height - size.height()) // 2), size))
