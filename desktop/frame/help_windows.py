"""Help: the manual's chapter of the page on screen, and every shortcut in one list.

The manual is Markdown under ``docs/manual/<language>/``, one chapter a role. A heading that tells a page ends
with that page's name in a comment (``<!-- page: rounds -->``), so that F1 opens there.
"""

import re
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QImage, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.kit.dialog_buttons import CloseButton
from desktop.kit.fitting import resized
from desktop.kit.language import language, t
from desktop.kit.theme import GRID, ROW

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "manual"
PICTURE = 700
"""Pixels that a picture is wide at the most, in a window of 760."""
CHAPTERS = ("officer", "approver", "finance", "auditor", "system")
_MARK = re.compile(r"^(#+ .*?)\s*<!-- page: (\w+) -->\s*$", re.MULTILINE)


def chapter_of(page: str, roles: frozenset[str], lang: str) -> tuple[Path, str]:
    """The chapter that tells a page and the heading to open it at; one's own role's chapter goes first."""
    own = [name for name in CHAPTERS if name in roles or (name == "system" and "rights" in roles)]
    for name in dict.fromkeys([*own, *CHAPTERS]):
        path = MANUAL / lang / f"{name}.md"
        if not path.exists():
            continue
        for heading, marked in _MARK.findall(path.read_text(encoding="utf-8")):
            if marked == page:
                return path, heading.lstrip("# ").strip()
    return MANUAL / lang / f"{(own or list(CHAPTERS))[0]}.md", ""


def _lay_out(window: QDialog, inside: QWidget) -> None:
    """What is shown, to the window's edges, over the button that closes it."""
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(inside)
    buttons = CloseButton(window)
    buttons.setContentsMargins(GRID, 0, GRID, GRID)
    column.addWidget(buttons)


class _Pages(QTextBrowser):
    """The manual's text, with its pictures as wide as a page at the most."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture of the window that is wider than this one is made smaller; the rest as it is."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        image = QImage(self.document().baseUrl().resolved(QUrl(name)).toLocalFile())
        if image.width() <= PICTURE:
            return image
        return image.scaledToWidth(PICTURE, Qt.TransformationMode.SmoothTransformation)


class HelpWindow(QDialog):
    """The manual beside the work: it does not hold the window up."""

    def __init__(self, page: str, roles: frozenset[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("action.help"))
        self.setModal(False)
        self.browser = _Pages(self)
        self.browser.setOpenExternalLinks(False)
        self.browser.setAccessibleName(t("action.help"))
        _lay_out(self, self.browser)
        resized(self, 760, 680)
        self.finished.connect(lambda result: self.deleteLater())
        path, heading = chapter_of(page, roles, language())
        text = _MARK.sub(r"\1", path.read_text(encoding="utf-8"))
        self.browser.document().setBaseUrl(QUrl.fromLocalFile(str(path.parent) + "/"))
        self.browser.setMarkdown(text)
        QTimer.singleShot(0, self, partial(self._go, heading))  # once it is laid out to the window's width

    def _go(self, heading: str) -> None:
        block: QTextBlock = self.browser.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.text().strip() == heading:
                self.browser.setTextCursor(QTextCursor(block))
                bar = self.browser.verticalScrollBar()
                bar.setValue(bar.value() + self.browser.cursorRect().top())
                return
            block = block.next()


class ShortcutsWindow(QDialog):
    """Every shortcut of the window and the page on screen."""

    def __init__(self, rows: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("action.shortcuts"))
        table = QTableWidget(len(rows), 2, self)
        table.setHorizontalHeaderLabels([t("shortcuts.keys"), t("shortcuts.does")])
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setAccessibleName(t("action.shortcuts"))
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for row, (keys, does) in enumerate(rows):
            table.setItem(row, 0, QTableWidgetItem(keys))
            table.setItem(row, 1, QTableWidgetItem(does))
        _lay_out(self, table)
        resized(self, 480, 560)
        self.finished.connect(lambda result: self.deleteLater())
