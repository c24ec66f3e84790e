"""A list with what belongs around it: its foot with counts and sums, and what an empty one says."""

from typing import Any, Generic

from PySide6.QtCore import QMetaMethod, QPoint, QSettings, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from casework.core.cursor_reads import Stop, Stopped
from desktop.kit.jobs import Cancelled, Job, Workers
from desktop.kit.language import t
from desktop.kit.theme import GRID, Theme
from desktop.lists.column_layout import ColumnsMenu
from desktop.lists.copying import cells, copied
from desktop.lists.model import TableModel
from desktop.lists.spec import Q, TableSpec
from desktop.lists.view import TableView

PAUSE = 150
"""Milliseconds after the last change of a selection before it is summed up."""
STEP = 1000


class TablePane(QWidget, Generic[Q]):
    """A list, ready to stand on a page.

    Args:
        empty: what is shown in the place of a list without rows.

    Signals:
        opened: a row's number.
        picked: how many rows are selected.
        said: a sentence for the place of messages, with its meaning.
    """

    opened = Signal(int)
    picked = Signal(int)
    said = Signal(str, str)

    def __init__(
        self,
        workers: Workers,
        spec: TableSpec[Q],
        theme: Theme,
        settings: QSettings,
        empty: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.workers, self.spec = workers, spec
        self.model = TableModel(workers, spec, self)
        self.view = TableView(self.model, theme, settings, self)
        self.empty = empty or QWidget(self)
        self.foot, self.sums = QLabel(self), QLabel(self)
        for label in (self.foot, self.sums):
            label.setProperty("small", True)
        self._stop = Stop()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._sum_up)
        self._lay_out()
        self.model.answered.connect(self._answered)
        self.view.picked.connect(self._picked)
        self.view.opened.connect(self.opened)
        self.view.opens = lambda: self.isSignalConnected(QMetaMethod.fromSignal(self.opened))
        self.view.copy_asked.connect(self.copy)
        self.setFocusProxy(self.view)

    def _lay_out(self) -> None:
        self.stack = QStackedLayout()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.empty)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 4, 0, 4)
        foot.setSpacing(3 * GRID)
        foot.addWidget(self.foot)
        foot.addWidget(self.sums)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.stack, 1)
        column.addLayout(foot)

    def ask(self, query: Q) -> None:
        """Show what a query finds."""
        self.model.ask(query)

    def columns_menu(self) -> ColumnsMenu:
        """The menu that chooses columns."""
        return ColumnsMenu(self.view.layout_kept, self)

    def show_columns_menu(self, at: QPoint) -> None:
        """Open it there."""
        menu = self.columns_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    # -- foot ------------------------------------------------------------------------------------------

    def _answered(self) -> None:
        self.stack.setCurrentIndex(0 if self.model.ids else 1)
        self._say_count()

    def _picked(self) -> None:
        self._stop.stop()
        self._say_count()
        self._pause.start()
        self.picked.emit(self.view.picked_count())

    def _say_count(self) -> None:
        picked, of = self.view.picked_count(), len(self.model.ids)
        code = f"table.{'cases' if self.spec.cases else 'rows'}{'.picked' if picked else ''}"
        self.foot.setText(t(code, picked=f"{picked:,}", rows=f"{of:,}"))
        self.sums.clear()

    def _sum_up(self) -> None:
        told = self.spec.told
        if told is None or not self.view.picked_count():
            return
        ids = self.view.picked_ids()
        self._stop = stop = Stop()

        def read(job: Job[Any]) -> str:
            try:
                return told(ids, stop)
            except Stopped as stopped:
                raise Cancelled from stopped

        def then(sentence: str) -> None:
            if stop is self._stop and not stop.stopped:
                self.sums.setText(sentence)

        self.workers.start(read, then, owner=self, pool="list")

    # -- copy ------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Copy the selected rows (or all, where none is) with headings, as they stand on screen."""
        ids = self.view.picked_ids() or self.model.ids
        shown = self.view.shown_columns()
        columns = [self.spec.columns[section] for section in shown]
        headings = [t(self.spec.heading(column)) for column in columns]

        def read(job: Job[Any]) -> list[list[str]]:
            table: list[list[str]] = []
            for at in range(0, len(ids), STEP):
                job.step(at, len(ids))
                rows = [row for row in self.spec.rows(ids[at : at + STEP]) if row]
                table += cells(columns, [[row[section] for section in shown] for row in rows])
            return table

        def then(table: list[list[str]]) -> None:
            QGuiApplication.clipboard().setMimeData(copied(headings, columns, table))
            self.said.emit(t("table.copied", rows=len(table)), "done")

        self.workers.start(read, then, owner=self, pool="list")
