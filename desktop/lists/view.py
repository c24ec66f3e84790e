"""The view of a list: rows of one height, chosen columns in a chosen order, a selection that outlives
sorting."""

import contextlib
from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, cast

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QSettings,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.kit.language import t
from desktop.kit.theme import ROW, Theme
from desktop.lists.column_layout import ColumnLayout
from desktop.lists.delegate import TableDelegate
from desktop.lists.model import TableModel
from desktop.lists.spec import Q

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
RESTORED = 10_000
"""A selection of more rows is not found again after a new order, only the row one stood on."""


class TableView(QTableView, Generic[Q]):
    """A list on screen.

    Signals:
        opened: a row's number, by Enter or a double click.
        picked: the selection has changed.
        header_asked: a column's name and where its menu is wanted.
    """

    opened = Signal(int)
    picked = Signal()
    copy_asked = Signal()
    header_asked = Signal(str, QPoint)

    def __init__(
        self, model: TableModel[Q], theme: Theme, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.list = model
        self.opens: Callable[[], bool] = lambda: True  # whether rows can be opened at all
        self.setModel(model)
        self.setItemDelegate(TableDelegate(model, theme, self.font()))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName(t(f"{model.spec.name}.table"))
        self._headers()
        self.layout_kept = ColumnLayout(self.horizontalHeader(), model.spec, settings)
        self._before: tuple[list[int], int, int] = ([], -1, 0)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._find_again)
        self.selectionModel().selectionChanged.connect(lambda *changed: self.picked.emit())
        self.doubleClicked.connect(self._open)

    def _headers(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW)
        rows.setDefaultSectionSize(ROW)
        columns = self.horizontalHeader()
        columns.setSectionsMovable(True)
        columns.setSectionsClickable(True)
        columns.setHighlightSections(False)
        columns.setStretchLastSection(True)
        columns.setFixedHeight(ROW + 2)
        columns.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        columns.customContextMenuRequested.connect(self._header_menu)
        columns.sectionClicked.connect(self.sort_by)

    # -- order and columns -----------------------------------------------------------------------------

    def sort_by(self, section: int) -> None:
        """Sort by a column; once more turns it round. Amounts and days begin with the highest."""
        column, query = self.list.spec.columns[section], self.list.query
        if query is None or not column.sortable:
            return
        down = not query.descending if query.sort == column.name else column.kind not in ("text", "chip")
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self.list.sort(section, order)

    def _header_menu(self, at: QPoint) -> None:
        header = self.horizontalHeader()
        section = header.logicalIndexAt(at)
        if section >= 0:
            self.header_asked.emit(self.list.spec.columns[section].name, header.mapToGlobal(at))

    def shown_columns(self) -> list[int]:
        """The columns on screen from left to right."""
        header = self.horizontalHeader()
        placed = [header.logicalIndex(place) for place in range(header.count())]
        return [section for section in placed if not header.isSectionHidden(section)]

    # -- selection -------------------------------------------------------------------------------------

    def picked_count(self) -> int:
        """How many rows are selected."""
        return sum(bottom - top + 1 for top, bottom in self._picked())

    def picked_ids(self) -> "array[int]":
        """The numbers of the selected rows, in the list's order."""
        found = array("q")
        for top, bottom in self._picked():
            found.extend(self.list.ids[top : bottom + 1])
        return found

    def _picked(self) -> list[tuple[int, int]]:
        """The selected rows as runs from top to bottom: one for a million."""
        parts = cast(Iterable[QItemSelectionRange], self.selectionModel().selection())
        return sorted({(part.top(), part.bottom()) for part in parts})

    def pick(self, ids: Iterable[int], current: int = -1) -> None:
        """Select the rows of these numbers, as far as the list has them."""
        wanted = set(ids)
        places = _places(self.list.ids, wanted)
        selection = QItemSelection()
        last = len(self.list.headings) - 1
        for first, end in _runs(places):
            selection.select(self.list.index(first, 0), self.list.index(end, last))
        at = next((row for row in places if self.list.ids[row] == current), places[0] if places else -1)
        model = self.selectionModel()
        if at >= 0:
            model.setCurrentIndex(self.list.index(at, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(self.list.index(at, 0))
        model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def current_id(self) -> int:
        """The number of the row one stands on; -1 where there is none."""
        row = self.currentIndex().row()
        return self.list.ids[row] if 0 <= row < len(self.list.ids) else -1

    def _remember(self) -> None:
        ids = list(self.picked_ids()) if self.picked_count() <= RESTORED else []
        self._before = (ids, self.current_id(), self.horizontalScrollBar().value())

    def _find_again(self) -> None:
        ids, current, across = self._before
        self.horizontalScrollBar().setValue(across)
        if ids or current >= 0:
            self.pick(ids or [current], current)
        self.picked.emit()

    # -- keys ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a row where rows can be opened, and else does what it does around the list; copying and
        going to the ends have their keys."""
        if event.key() in ENTER and self.opens():
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.key() == Qt.Key.Key_Home and not event.modifiers():
            self._go_to(0)
        elif event.key() == Qt.Key.Key_End and not event.modifiers():
            self._go_to(len(self.list.ids) - 1)
        else:
            super().keyPressEvent(event)

    def _go_to(self, row: int) -> None:
        if 0 <= row < len(self.list.ids):
            self.selectRow(row)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.list.ids[index.row()])

    def keyboardSearch(self, search: str) -> None:
        """Typing does not search the first column through a million rows; the search field does."""

    def sizeHintForColumn(self, column: int) -> int:
        """As wide as what is on screen, when someone double-clicks a heading's edge."""
        first = max(0, self.rowAt(0))
        last = min(len(self.list.ids), first + 64)
        metrics = self.fontMetrics()
        texts = [self.list.cell(row, column).text for row in range(first, last)]
        return max((metrics.horizontalAdvance(text) for text in texts), default=0) + 3 * 8


def _places(ids: "array[int]", wanted: set[int]) -> list[int]:
    """Where these numbers stand; a few are looked up one by one, which is quicker than a walk through all."""
    if len(wanted) > 8:
        return [row for row, number in enumerate(ids) if number in wanted]
    found = []
    for number in wanted:
        with contextlib.suppress(ValueError):
            found.append(ids.index(number))
    return sorted(found)


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Rising numbers as runs from first to last."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
