"""The applications: found as one types, filtered by any column, worked on one by one or many at once."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
)

from casework.boards import application_list, case_search
from casework.boards.application_list import BY_NAME, Filter, Query
from casework.core import on_many_cases
from casework.core.change import Change
from casework.core.cursor_reads import Stop, Stopped
from casework.core.office import Office
from casework.outgoing import list_export
from desktop.kit.action import Action
from desktop.kit.ask_dialog import AskDialog
from desktop.kit.desk import Desk
from desktop.kit.jobs import Cancelled, Job
from desktop.kit.language import language, t
from desktop.kit.page import WORK, Page
from desktop.kit.theme import GRID, Theme
from desktop.kit.widgets import empty
from desktop.lists.pane import TablePane
from desktop.pages.applications.columns import Applications
from desktop.pages.applications.exporting import list_columns, list_rows
from desktop.pages.applications.filters import FilterBar, FilterDialog
from desktop.pages.applications.many_cases import BulkDialog
from desktop.pages.applications.saved import GIVEN, Own, Saved, SavedList, counts

TYPED = 120
"""Milliseconds after the last letter before one searches."""
LONG = 20_000
"""New applications from which one is told that they are being taken in."""


class ApplicationsPage(Page):
    """The list of applications."""

    name = "applications"
    kinds = frozenset(("application", "decision", "approval", "voucher", "pack"))
    offers = (
        Action("bulk", page="applications", shortcut="Ctrl+B", act="check", main=True),
        Action("open_case", page="applications", shortcut="Ctrl+Return"),
        Action("copy_rows", page="applications", shortcut="Ctrl+Shift+C"),
        Action("export_list", page="applications", shortcut="Ctrl+E", act="export", button=True),
        Action("add_filter", page="applications", shortcut="Ctrl+Shift+F"),
        Action("save_filter", page="applications", shortcut="Ctrl+S"),
        Action("no_filter", page="applications"),
        Action("columns", page="applications", button=True),
    )

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(desk)
        self.theme = theme
        self.applications = Applications(desk.office, desk.person)
        self.query = Query()
        self.unnamed = False
        self.own = Own(desk.settings)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(t("applications.search"))
        self.search.setAccessibleName(t("applications.search"))
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.saved = SavedList(theme, self)
        self.bar = FilterBar(self)
        self.add = QPushButton(t("action.add_filter"), self)
        self.add.setProperty("flat", True)
        self.nothing = QStackedWidget(self)
        self.nothing.addWidget(empty("applications.nothing", "action.no_filter", self.do_no_filter))
        first = ("applications.to_import", self._to_import) if desk.may("import") else ("", None)
        self.nothing.addWidget(empty("applications.none", *first))
        self.pane: TablePane[Query] = TablePane(
            desk.workers, self.applications.spec, theme, desk.settings, self.nothing, self
        )
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPED)
        self._counting = Stop()
        self._lay_out()
        self._connect()
        self.saved.show_saved(self.own.all())
        self.setFocusProxy(self.search)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GRID)
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(380)
        top.addWidget(self.search, 4)
        top.addWidget(self.add)
        top.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(GRID)
        right.addLayout(top)
        right.addWidget(self.bar)
        right.addWidget(self.pane, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GRID)
        across.addWidget(self.saved)
        across.addLayout(right, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda text: self._typing.start())
        self._typing.timeout.connect(self._typed)
        self.search.returnPressed.connect(self._typed)
        self.add.clicked.connect(self.do_add_filter)
        self.bar.change_asked.connect(self._change)
        self.bar.drop_asked.connect(lambda column: self.show_query(self.query.without_filter(column)))
        self.saved.chosen.connect(self.show_saved)
        self.saved.drop_asked.connect(self._drop_saved)
        self.pane.opened.connect(self._open)
        self.pane.said.connect(self.desk.say)
        self.pane.view.header_asked.connect(self._header_menu)
        self.pane.model.answered.connect(self._answered)
        self.pane.model.asked.connect(lambda: setattr(self, "query", self.pane.model.query or self.query))

    # -- what is shown ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Asks for the list and its counts again."""
        self.pane.ask(self.query)
        self._count()
        self._catch_up()

    def come(self, what: str = "") -> None:
        """``what`` may name one of the given filters (`submitted`), or a kind of work (`WORK`)."""
        named = {saved.name: saved for saved in GIVEN}
        if what.startswith(WORK):
            kind = what.removeprefix(WORK)
            named[what] = Saved(what, (Filter(application_list.WORK, "in", (kind,)),))
        if what in named:
            self.stale = False
            self.show_saved(named[what])
            self._count()
            self._catch_up()
        else:
            super().come(what)
        self._mark()

    def show_query(self, query: Query) -> None:
        """Show what a query finds, with its filters as chips."""
        self.query = query
        self.pane.ask(query)
        self._mark()

    def _answered(self) -> None:
        """Where nothing is listed: nothing fits, or there is nothing yet. What packs call their rules is
        known by now."""
        self.desk.listed = self.pane.model.ids
        self.nothing.setCurrentIndex(0 if self.query.text or self.query.filters else 1)
        if self.unnamed:
            self._mark()

    def _to_import(self) -> None:
        self.went.emit("import")

    def _mark(self) -> None:
        self.unnamed = not self.applications.named
        self.bar.show_filters(self.query.filters, self.applications.words_of)
        self.saved.mark(self.query.filters, self.query.text)

    def show_saved(self, saved: Saved) -> None:
        """Show what a saved filter finds."""
        self._typing.stop()
        self.search.blockSignals(True)
        self.search.setText(saved.text)
        self.search.blockSignals(False)
        self.show_query(replace(self.query, text=saved.text, filters=saved.filters))

    def _typed(self) -> None:
        self._typing.stop()
        text = self.search.text().strip()
        if text != self.query.text:
            self.show_query(replace(self.query, text=text))

    def _heard(self, change: Change) -> None:
        if "pack" in change.kinds:
            self.applications.forget_names()
        super()._heard(change)

    def _count(self) -> None:
        """Count what each saved filter finds, in a worker; an older count is stopped."""
        self._counting.stop()
        self._counting = stop = Stop()
        own, applications = self.own.all(), self.applications

        def read(job: Job[Any]) -> dict[str, int]:
            try:
                return counts(applications, own, stop)
            except Stopped as stopped:
                raise Cancelled from stopped

        self.desk.workers.start(read, self.saved.show_counts, owner=self, pool="index")

    def _catch_up(self) -> None:
        """Take new applications into the words that one searches by; search again once they are in."""
        office = self.desk.office

        def read(job: Job[int]) -> int:
            return case_search.catch_up(office, job.step)

        def taken(count: int) -> None:
            if count and self.query.text:
                self.pane.ask(self.query)

        def begin(behind: int) -> None:
            if behind > LONG:
                self.desk.say(t("applications.words", count=f"{behind:,}"), "waiting")
            if behind:
                self.desk.workers.start(read, taken, owner=self, pool="index")

        self.desk.workers.start(lambda job: case_search.behind(office), begin, owner=self, pool="index")

    # -- filters ---------------------------------------------------------------------------------------

    def _change(self, column: str) -> None:
        if column != application_list.WORK:  # which is no column, and is only taken away
            self.filter_column(column)

    def filter_column(self, column: str) -> FilterDialog:
        """Ask what a column must be."""
        before = next((one for one in self.query.filters if one.column == column), None)
        dialog = FilterDialog(self, column, before)
        dialog.chosen.connect(lambda one: self._filtered(column, one))
        if BY_NAME[column].kind in ("choice", "words"):
            stop = Stop()
            dialog.finished.connect(lambda result: stop.stop())

            def read(office: Office) -> Mapping[Any, int]:
                self.applications.names()
                try:
                    return application_list.counts(office, column, stop)
                except Stopped as stopped:
                    raise Cancelled from stopped

            self.desk.read(read, lambda found: dialog.offer(found, self.applications.words_of), owner=dialog)
        dialog.open()
        return dialog

    def _filtered(self, column: str, one: Filter | None) -> None:
        query = self.query.without_filter(column) if one is None else self.query.with_filter(one)
        self.show_query(query)

    def _columns_to_filter(self) -> QMenu:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for column in self.applications.spec.columns:
            action = menu.addAction(t(f"applications.column.{column.name}"))
            action.triggered.connect(lambda checked=False, name=column.name: self.filter_column(name))
        return menu

    def _header_menu(self, column: str, at: QPoint) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        view, section = self.pane.view, self.applications.spec.at[column]
        offers: tuple[tuple[str, Callable[[], object]], ...] = (
            ("up", lambda: self.pane.model.sort(section, Qt.SortOrder.AscendingOrder)),
            ("down", lambda: self.pane.model.sort(section, Qt.SortOrder.DescendingOrder)),
            ("filter", lambda: self.filter_column(column)),
            ("hide", lambda: view.layout_kept.show_column(section, False)),
            ("columns", lambda: self.pane.show_columns_menu(at)),
        )
        for name, do in offers:
            action = menu.addAction(t(f"applications.header.{name}"))
            action.triggered.connect(lambda checked=False, do=do: do())
        menu.popup(at)

    def _drop_saved(self, name: str) -> None:
        self.own.drop(name)
        self.saved.show_saved(self.own.all())
        self._count()
        self._mark()

    # -- actions ---------------------------------------------------------------------------------------

    def do_find(self) -> None:
        """Go to the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def do_add_filter(self) -> None:
        """Choose a column to filter by."""
        self._columns_to_filter().popup(self.add.mapToGlobal(QPoint(0, self.add.height())))

    def do_no_filter(self) -> None:
        """Show all."""
        self.show_saved(GIVEN[0])

    def do_save_filter(self) -> None:
        """Keep the filters in force under a name."""
        name = QLineEdit()
        title = "action.save_filter"
        fields = {"applications.saved.name": name}
        AskDialog(self, title, t("applications.saved.says"), fields, self._save).open()

    def _save(self, dialog: AskDialog, values: Mapping[str, str]) -> None:
        name = values["applications.saved.name"]
        if not name:
            dialog.fault.setText(t("applications.saved.unnamed"))
            dialog.yes.setEnabled(True)
            return
        self.own.keep(Saved(name, self.query.filters, self.query.text, own=True))
        self.saved.show_saved(self.own.all())
        self._count()
        self._mark()
        dialog.accept()

    def do_columns(self) -> None:
        """Choose the columns."""
        header = self.pane.view.horizontalHeader()
        self.pane.show_columns_menu(header.mapToGlobal(QPoint(header.width() - 180, header.height())))

    def do_copy_rows(self) -> None:
        """Copy the selected rows with headings."""
        self.pane.copy()

    def do_open_case(self) -> None:
        """Open the case that one stands on."""
        self._open(self.pane.view.current_id())

    def _open(self, application: int) -> None:
        if application < 0:
            return

        def read(office: Office) -> str:
            return application_list.cases(office, [application])[0]

        self.desk.read(read, self.opened.emit, owner=self)

    def do_bulk(self) -> None:
        """Do one act to the selected cases."""
        ids = self.pane.view.picked_ids()
        if not ids:
            self.desk.say(t("applications.bulk.none"), "look")
            return

        roles = self.desk.roles

        def read(office: Office) -> tuple[list[str], dict[str, int]]:
            cases = application_list.cases(office, ids)
            return cases, on_many_cases.fitting(office, roles, cases)

        def show(found: tuple[list[str], dict[str, int]]) -> None:
            BulkDialog(self, self.desk, *found).open()

        self.desk.read(read, show, owner=self)

    def do_export_list(self) -> None:
        """Write the selected rows, or all, to a file."""
        usual, kinds = t("applications.export.name"), t("applications.export.kinds")
        name, _ = QFileDialog.getSaveFileName(self, t("action.export_list"), usual, kinds)
        if name:
            self.export(Path(name))

    def export(self, path: Path) -> None:
        """Write the selected rows (all, where fewer than two are selected) as the list shows them."""
        view, office, person = self.pane.view, self.desk.office, self.desk.person
        ids = view.picked_ids() if view.picked_count() > 1 else self.pane.model.ids
        shown = [self.applications.spec.columns[section] for section in view.shown_columns()]

        def act(job: Job[Change]) -> Change:
            spec, title, lang = self.applications.spec, t("applications.export.title"), language()
            columns, rows = list_columns(spec, shown), list_rows(spec, ids, job.step)
            return list_export.export(office, person, path, columns, rows, title=title, lang=lang)

        def done(change: Change) -> None:
            self.desk.say(t("applications.export.done", rows=change.facts["rows"], path=str(path)))

        self.desk.long_act(act, then=done, owner=self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search field: down goes to the list, escape empties it."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)
                if not self.pane.view.currentIndex().isValid():
                    self.pane.view.selectRow(0)
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)
