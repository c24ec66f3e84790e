"""Which columns a list shows, in what order and how wide: chosen by a person and remembered."""

import json
from typing import Any

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, Qt
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from desktop.kit.language import t
from desktop.lists.spec import TableSpec

SOON = 400
"""Milliseconds after the last move of the mouse before a layout is written down."""

WIDEST = 4_000
"""Pixels that a column has at most, whatever was remembered."""


class ColumnLayout(QObject):
    """Keeps a header and the settings in agreement. Columns that the settings don't know stand where they
    were."""

    def __init__(self, header: QHeaderView, spec: TableSpec[Any], settings: QSettings) -> None:
        super().__init__(header)
        self.header, self.spec, self.settings = header, spec, settings
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SOON)
        self._later.timeout.connect(self.keep)
        self.apply(self._kept())
        header.sectionMoved.connect(lambda *_: self._later.start())
        header.sectionResized.connect(lambda *_: self._later.start())

    @property
    def _key(self) -> str:
        return f"table/{self.spec.name}"

    def _kept(self) -> dict[str, tuple[int, bool]]:
        """What is remembered: width and whether shown, by column, in order."""
        try:
            stored = json.loads(str(self.settings.value(self._key, "{}")))
            kept = {str(name): (int(width), bool(shown)) for name, (width, shown) in stored.items()}
            return {name: (min(width, WIDEST), shown) for name, (width, shown) in kept.items()}
        except (ValueError, TypeError, AttributeError, OverflowError):
            return {}

    def apply(self, kept: dict[str, tuple[int, bool]]) -> None:
        """Give the header what was remembered, or what the list says."""
        for section, column in enumerate(self.spec.columns):
            width, shown = kept.get(column.name, (column.width, not column.hidden))
            self.header.resizeSection(section, max(32, width))
            self.header.setSectionHidden(section, not shown)
        named = [self.spec.at[name] for name in kept if name in self.spec.at]
        for place, section in enumerate(named):
            self.header.moveSection(self.header.visualIndex(section), place)

    def keep(self) -> None:
        """Write down how the header stands."""
        stood: dict[str, tuple[int, bool]] = {}
        last = self._last_shown()
        for place in range(self.header.count()):
            section = self.header.logicalIndex(place)
            column, hidden = self.spec.columns[section], self.header.isSectionHidden(section)
            own = not hidden and section != last  # the last one is as wide as the room that is left
            width = self.header.sectionSize(section) if own else self._width_before(column.name, column.width)
            stood[column.name] = (width, not hidden)
        self.settings.setValue(self._key, json.dumps(stood))

    def _last_shown(self) -> int:
        placed = [self.header.logicalIndex(place) for place in range(self.header.count())]
        shown = [section for section in placed if not self.header.isSectionHidden(section)]
        return shown[-1] if shown and self.header.stretchLastSection() else -1

    def _width_before(self, name: str, width: int) -> int:
        return self._kept().get(name, (width, False))[0]

    def show_column(self, section: int, shown: bool) -> None:
        """Show a column or put it away; the last one stays."""
        others = any(not self.header.isSectionHidden(n) for n in range(self.header.count()) if n != section)
        if shown or others:
            self.header.setSectionHidden(section, not shown)
            if shown and self.header.sectionSize(section) < 32:
                self.header.resizeSection(section, self.spec.columns[section].width)
            self.keep()

    def as_first(self) -> None:
        """Everything as the list came."""
        self.settings.remove(self._key)
        for section in range(self.header.count()):
            self.header.moveSection(self.header.visualIndex(section), section)
        self.apply({})


class ColumnsMenu(QMenu):
    """The columns of a list, to be ticked one after the other: the menu stays until one leaves it."""

    def __init__(self, layout: ColumnLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(t("table.columns"))
        self.setAccessibleName(t("table.columns"))
        for section, column in enumerate(layout.spec.columns):
            action = self.addAction(t(layout.spec.heading(column)))
            action.setCheckable(True)
            action.setChecked(not layout.header.isSectionHidden(section))
            action.toggled.connect(lambda shown, section=section: layout.show_column(section, shown))
        self.addSeparator()
        self.addAction(t("table.columns.as_first")).triggered.connect(lambda: layout.as_first())

    def _stays(self, action: QAction | None) -> bool:
        if action is None or not action.isCheckable():
            return False
        action.trigger()
        return True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a column's name leaves the menu open."""
        if not self._stays(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space on a column's name leaves the menu open."""
        if event.key() != Qt.Key.Key_Space or not self._stays(self.activeAction()):
            super().keyPressEvent(event)
