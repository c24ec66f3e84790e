"""The model of a list: the numbers of its rows in order, and whatever page someone looks at.

A new order or question starts a worker and stops the one before; the old rows stay until the new numbers are
there.
"""

from array import array
from typing import Any, Generic

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from casework.core.cursor_reads import Stop, Stopped
from desktop.kit.jobs import Cancelled, Job, Workers
from desktop.kit.language import t
from desktop.lists.row_pages import RowPages, ShownRow
from desktop.lists.spec import NOTHING, Q, Shown, TableSpec, sorted_by

Index = QModelIndex | QPersistentModelIndex

DISPLAY = int(Qt.ItemDataRole.DisplayRole)
ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
HORIZONTAL = Qt.Orientation.Horizontal
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class TableModel(QAbstractTableModel, Generic[Q]):
    """A list as Qt's views read it.

    Signals:
        asked: a question is under way.
        answered: its rows are there.
    """

    asked = Signal()
    answered = Signal()

    def __init__(self, workers: Workers, spec: TableSpec[Q], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.spec, self.workers = spec, workers
        self.query: Q | None = None
        self.ids = array("q")
        self.pages = RowPages(workers, self, spec.columns, spec.rows, self._page_came)
        self.headings = [t(spec.heading(column)) for column in spec.columns]
        self._stop = Stop()

    # -- asking ----------------------------------------------------------------------------------------

    def ask(self, query: Q) -> None:
        """Show what a query finds; the one under way is stopped."""
        self._stop.stop()
        self._stop = stop = Stop()
        self.query = query

        def read(job: Job[Any]) -> "array[int]":
            try:
                return self.spec.ids(query, stop)
            except Stopped as stopped:
                raise Cancelled from stopped

        def then(ids: "array[int]") -> None:
            if stop is self._stop:
                self._show(ids)

        self.workers.start(read, then, owner=self, pool="list")
        self.asked.emit()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for the same in another order."""
        if self.query is not None:
            descending = order == Qt.SortOrder.DescendingOrder
            self.ask(sorted_by(self.query, self.spec.columns[column].name, descending))

    def stop(self) -> None:
        """Stop the question under way."""
        self._stop.stop()

    def _show(self, ids: "array[int]") -> None:
        self.beginResetModel()
        self.ids = ids
        self.pages.start_anew(ids)
        self.endResetModel()
        self.answered.emit()

    def _page_came(self, first: int, last: int) -> None:
        if last < len(self.ids):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.headings) - 1))

    # -- rows ------------------------------------------------------------------------------------------

    def cell(self, row: int, column: int) -> Shown:
        """What stands in a cell; empty while its page is being read."""
        found = self.pages.row(row)
        return NOTHING if found is None else found[1][column]

    def values(self, row: int) -> tuple[Any, ...]:
        """The stored values of a row; () while its page is being read."""
        found: ShownRow | None = self.pages.row(row)
        return () if found is None else found[0]

    # -- what Qt asks ----------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """A row an id."""
        return len(self.ids) if parent is None or not parent.isValid() else 0

    def columnCount(self, parent: Index | None = None) -> int:
        """The columns that are shown."""
        return len(self.headings) if parent is None or not parent.isValid() else 0

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """What a cell shows or says, as Qt asks for it."""
        if role in (DISPLAY, TOOL_TIP):
            return self.cell(index.row(), index.column()).text
        if role == ACCESSIBLE:
            heading, text = self.headings[index.column()], self.cell(index.row(), index.column()).text
            return f"{heading} {text}"
        if role == ALIGNMENT:
            return RIGHT if self.spec.columns[index.column()].right else LEFT
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        """A column's heading with the arrow of the order, or a row's number."""
        if orientation != HORIZONTAL:
            return str(section + 1) if role == DISPLAY else None
        if role == DISPLAY:
            return self.headings[section] + self._arrow(section)
        if role in (TOOL_TIP, ACCESSIBLE):
            return self.headings[section]
        if role == ALIGNMENT:
            return RIGHT if self.spec.columns[section].right else LEFT
        return None

    def _arrow(self, section: int) -> str:
        query = self.query
        if query is None or query.sort != self.spec.columns[section].name:
            return ""
        return " ↓" if query.descending else " ↑"
