"""The palette: every action and page by a few letters of its name (Ctrl+K)."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.kit.language import t


class Offer(NamedTuple):
    """One line of the palette: its words, its shortcut, and what it does."""

    words: str
    shortcut: str
    do: Callable[[], object]


def matches(words: str, typed: str) -> bool:
    """Whether every piece typed stands in the words, or its letters in their order (pinyin initials too)."""
    from pypinyin import Style, lazy_pinyin

    folded = words.casefold()
    initials = "".join(lazy_pinyin(words, style=Style.FIRST_LETTER)).casefold().replace(" ", "")
    return all(piece in folded or piece in initials for piece in typed.casefold().split())


class Palette(QDialog):
    """A field and the actions that match what is typed; Enter does the marked one."""

    def __init__(self, offers: Sequence[Offer], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.offers = offers
        self.setAccessibleName(t("palette.title"))
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(t("palette.hint"))
        self.field.setAccessibleName(t("palette.hint"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(t("palette.title"))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.setFixedSize(480, 360)
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.list.itemActivated.connect(lambda item: self._do())
        self.list.itemClicked.connect(lambda item: self._do())
        self._filter("")

    def _filter(self, typed: str) -> None:
        self.list.clear()
        for offer in self.offers:
            if matches(offer.words, typed):
                item = QListWidgetItem(offer.words + (f"    {offer.shortcut}" if offer.shortcut else ""))
                item.setData(Qt.ItemDataRole.UserRole, offer)
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move through the list while one types."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step:
                row = (self.list.currentRow() + step) % max(1, self.list.count())
                self.list.setCurrentRow(row)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._do()
                return True
        return super().eventFilter(watched, event)

    def _do(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.accept()
            item.data(Qt.ItemDataRole.UserRole).do()
