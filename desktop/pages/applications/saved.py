"""Filters by name, with how many applications each finds: those of everyone's day, and one's own."""

import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from casework.boards import application_list
from casework.boards.application_list import Filter, Query
from casework.core.act_table import OPEN
from casework.core.cursor_reads import Stop
from desktop.kit.language import t
from desktop.kit.theme import GRID, ROW, Theme
from desktop.pages.applications.columns import Applications

COUNT = int(Qt.ItemDataRole.UserRole) + 1
WIDTH = 168


class Saved(NamedTuple):
    """A filter by its name. ``own`` ones were made by the person; the others' names are codes."""

    name: str
    filters: tuple[Filter, ...]
    text: str = ""
    own: bool = False

    @property
    def words(self) -> str:
        """Its name in the language of the window; one's own filters keep the name they were given."""
        return self.name if self.own else t(f"applications.saved.{self.name}")


def _in(*states: str) -> tuple[Filter, ...]:
    return (Filter("state", "in", states),)


GIVEN = (
    Saved("all", ()),
    Saved("submitted", _in("submitted")),
    Saved("checking", _in(*(state for state in OPEN if state not in ("submitted", "correction")))),
    Saved("correction", _in("correction")),
    Saved("suspended", _in("suspended")),
    Saved("calculated", _in("calculated")),
    Saved("publicity", _in("publicity")),
    Saved("approved", _in("approved")),
    Saved("issued", _in("issued")),
    Saved("refused", _in("refused")),
    Saved("ended", _in("withdrawn", "revoked")),
)
"""The stations of a case's life."""


def filters_text(filters: Sequence[Filter]) -> list[list[Any]]:
    """Filters as JSON keeps them; a day carries its kind."""
    return [
        [
            one.column,
            one.op,
            [{"day": v.isoformat()} if isinstance(v, datetime.date) else v for v in one.values],
        ]
        for one in filters
    ]


def filters_of(stored: Any) -> tuple[Filter, ...]:
    """The filters that `filters_text` wrote."""
    return tuple(
        Filter(
            column,
            op,
            tuple(datetime.date.fromisoformat(v["day"]) if isinstance(v, dict) else v for v in values),
        )
        for column, op, values in stored
    )


class Own:
    """A person's own filters, in the settings."""

    def __init__(self, settings: QSettings) -> None:
        self.settings = settings

    def all(self) -> list[Saved]:
        """Those kept; what can't be read any more is left out."""
        try:
            stored = json.loads(str(self.settings.value("applications/filters", "[]")))
            return [Saved(one["name"], filters_of(one["filters"]), one["text"], own=True) for one in stored]
        except (ValueError, TypeError, KeyError):
            return []

    def keep(self, saved: Saved) -> None:
        """Keep one, in the place of another of that name."""
        self._write([*(one for one in self.all() if one.name != saved.name), saved])

    def drop(self, name: str) -> None:
        """Forget one."""
        self._write([one for one in self.all() if one.name != name])

    def _write(self, all_: Sequence[Saved]) -> None:
        kept = [{"name": one.name, "filters": filters_text(one.filters), "text": one.text} for one in all_]
        self.settings.setValue("applications/filters", json.dumps(kept, ensure_ascii=False))


def counts(applications: Applications, own: Sequence[Saved], stop: Stop) -> dict[str, int]:
    """How many each saved filter finds: the given ones by one count of states, one's own each by itself."""
    office = applications.office
    states = application_list.counts(office, "state", stop)
    found = {"all": sum(states.values())}
    for saved in GIVEN[1:]:
        found[saved.name] = sum(states.get(state, 0) for state in saved.filters[0].values)
    for saved in own:
        query = Query(saved.text, saved.filters)
        found[saved.name] = (
            len(applications.ids(query, stop))
            if saved.text or any(one.column == application_list.WORK for one in saved.filters)
            else application_list.count(office, saved.filters, stop)
        )
    return found


class SavedList(QListWidget):
    """The filters beside the list.

    Signals:
        chosen: a `Saved`.
        drop_asked: the name of one's own that is to be forgotten.
    """

    chosen = Signal(object)
    drop_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setItemDelegate(_Counted(theme, self))
        self.setAccessibleName(t("applications.saved"))
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.saved: list[Saved] = []
        self.itemClicked.connect(self._choose)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)

    def show_saved(self, own: Sequence[Saved]) -> None:
        """Those of everyone's day, then one's own."""
        self.clear()
        self.saved = [*GIVEN, *own]
        for saved in self.saved:
            item = QListWidgetItem(saved.words, self)
            item.setToolTip(saved.words)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many each finds, by its name."""
        for row, saved in enumerate(self.saved):
            if saved.name in counts:
                item, count = self.item(row), counts[saved.name]
                item.setData(COUNT, f"{count:,}")
                item.setData(int(Qt.ItemDataRole.AccessibleTextRole), f"{saved.words} {count}")

    def mark(self, filters: tuple[Filter, ...], text: str) -> None:
        """Mark the one whose filters are these."""
        self.setCurrentRow(
            next((r for r, s in enumerate(self.saved) if (s.filters, s.text) == (filters, text)), -1)
        )

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(self.saved[self.row(item)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or space chooses a filter, delete drops one's own."""
        item = self.currentItem()
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(item)
        elif item is not None and event.key() == Qt.Key.Key_Delete and self.saved[self.row(item)].own:
            self.drop_asked.emit(self.saved[self.row(item)].name)
        else:
            super().keyPressEvent(event)

    def _menu(self, at: Any) -> None:
        item = self.itemAt(at)
        if item is None or not self.saved[self.row(item)].own:
            return
        name = self.saved[self.row(item)].name
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(t("applications.saved.drop")).triggered.connect(lambda: self.drop_asked.emit(name))
        menu.popup(self.viewport().mapToGlobal(at))


class _Counted(QStyledItemDelegate):
    """A name at the left, its count at the right."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.text, self.muted = QColor(theme.text), QColor(theme.muted)
        self.selection, self.accent = QColor(theme.selection), QColor(theme.accent)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(WIDTH - 2 * GRID, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect, state = option.rect, option.state
        count = index.data(COUNT) or ""
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.selection)
            painter.drawRoundedRect(rect.adjusted(0, 1, -GRID, -1), 4, 4)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(0, 1, -GRID - 1, -2), 4, 4)
        inside = rect.adjusted(GRID, 0, -2 * GRID, 0)
        metrics = painter.fontMetrics()
        painter.setPen(self.muted)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), count)
        room = inside.width() - metrics.horizontalAdvance(count) - GRID
        name = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
        painter.setPen(self.text)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)
        painter.restore()
