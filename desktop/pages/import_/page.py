"""Import: a portal's file is looked at, wrong cells are typed over in place, then it is stored at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from casework.boards import round_board
from casework.cases.confirmed_codes import Confirmed
from casework.core.change import Change
from casework.core.office import Office
from casework.core.refused import Refused
from casework.intake import import_preview, portal_import
from casework.intake.import_preview import Destination, PastImport, Preview
from casework.intake.portal_import import Imported, Options
from casework.outgoing import rejects_export
from casework.rulebook import shipped_packs
from desktop.kit.action import Action
from desktop.kit.desk import Desk
from desktop.kit.jobs import Cancelled, Job
from desktop.kit.language import language, t, titled
from desktop.kit.page import Page
from desktop.kit.theme import GRID, Theme
from desktop.kit.widgets import card, clear, link, scrolled, words
from desktop.lists.look_ahead_dialog import going
from desktop.pages.import_.draft import Cell, Kept, Typed
from desktop.pages.import_.file_widgets import Drop, Headings, History, Schemes, Working, dropped
from desktop.pages.import_.preview_pane import PreviewPane
from papers.reading.unreadable import Unreadable
from rules.pack import Pack

_Office = tuple[tuple[Destination, ...], tuple[PastImport, ...], tuple[tuple[str, Pack], ...]]


class ImportPage(Page):
    """One file at a time: chosen, looked at, mended, stored."""

    name = "import"
    kinds = frozenset(("intake", "round"))
    offers = (
        Action("choose_file", "import", "Ctrl+N", act="import", button=True),
        Action("save_rejects", "import", "Ctrl+E", act="import"),
        Action("store_import", "import", "Ctrl+Return", act="import"),
    )

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(desk)
        self.theme = theme
        self.path: Path | None = None
        self.waiting: Preview | None = None
        self.typed = Typed()
        self.kept = Kept(desk)
        self.job: Job[Any] | None = None
        self.setAcceptDrops(True)
        self.steps = QStackedWidget(self)
        self.begin, self.working, self.seen = self._begin(), Working(self.stop), PreviewPane(desk, theme)
        for step in (self.begin, self.working, self.seen):
            self.steps.addWidget(step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.steps)
        self.seen.typed.connect(self._type)
        self.seen.taught.connect(self._taught)
        self.seen.confirmed.connect(self._confirmed)
        self.seen.opened.connect(self.opened)
        self.seen.store_asked.connect(self.do_store_import)
        self.seen.save_asked.connect(self.do_save_rejects)
        self.seen.free.connect(self._catch_up)
        self.seen.into.activated.connect(lambda at: self._again())
        desk.workers.moved.connect(self._moved)

    def _begin(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, GRID, GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        self.left_over = QVBoxLayout()
        self.fault = words("")
        self.fault.setProperty("fault", True)
        self.fault.hide()
        self.drop = Drop(self.do_choose_file, self.theme)
        self.unknown = Headings()
        self.unknown.hide()
        self.unknown.taught.connect(self._taught)
        self.scheme = Schemes()
        self.places: tuple[Destination, ...] = ()
        self.scheme.chosen.connect(self._for_another_scheme)
        self.history = History()
        column.addLayout(self.left_over)
        for widget in (self.scheme, self.drop, self.fault, self.unknown, self.history):
            column.addWidget(widget)
        column.addStretch(1)
        return scrolled(inside)

    # -- coming and going ----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads where a file can go and what was imported before."""

        def read(office: Office) -> _Office:
            places, past = import_preview.destinations(office), import_preview.history(office)
            return places, past, round_board.schemes(office)

        self.desk.read(read, self._show_office, owner=self)
        self._offer_left_over()

    def come(self, what: str = "") -> None:
        """``what`` may name a file to look at."""
        super().come(what)
        if what and Path(what).is_file():
            self.look_at(Path(what))

    def _show_office(self, found: _Office) -> None:
        usual_first = sorted(found[2], key=lambda each: each[0] != shipped_packs.DEFAULT)
        self.scheme.put([(scheme, titled(pack)) for scheme, pack in usual_first])
        self.places = found[0]
        self.seen.offer(self.places, self.scheme.current())
        self.history.put(found[1])

    def _offer_left_over(self) -> None:
        """What was typed before the program ended, and not stored."""
        clear(self.left_over)
        left = self.kept.read() if self.path is None else None
        if left is None:
            return
        path, typed = left
        frame, column = card()
        row = QHBoxLayout()
        row.addWidget(words(t("import.left_over", file=path.name, cells=len(typed.cells))), 1)
        go_on = QPushButton(t("import.go_on"))
        go_on.clicked.connect(lambda checked=False: self.look_at(path, typed))
        row.addWidget(go_on)
        row.addWidget(link(t("import.drop_left_over"), self._discard))
        column.addLayout(row)
        self.left_over.addWidget(frame)

    def _discard(self) -> None:
        self.kept.discard()
        clear(self.left_over)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes a file that can be read."""
        if dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Looks at the file that was dropped."""
        path = dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.look_at(path)

    def do_choose_file(self) -> None:
        """Choose a file to look at."""
        where, _ = QFileDialog.getOpenFileName(self, t("action.choose_file"), "", t("import.filter"))
        if where:
            self.look_at(Path(where))

    # -- looking -------------------------------------------------------------------------------------

    def look_at(self, path: Path, typed: Typed | None = None) -> None:
        """Read a file without storing anything, and show what storing it would do."""
        self.path, self.typed = path, typed or Typed()
        self.waiting = None
        self.seen.forget()
        self._work(t("import.reading", file=path.name))
        self._read()

    def _work(self, sentence: str) -> None:
        self.working.begin(sentence)
        self.steps.setCurrentWidget(self.working)

    def _read(self) -> None:
        """Read the file as it is now typed over; a reading under way is stopped."""
        if self.job is not None:
            self.job.cancel()
        office, path, person = self.desk.office, self.path, self.desk.person
        options = self._options()
        assert path is not None

        def look(job: Job[Any]) -> Preview | Unreadable:
            try:
                return import_preview.preview(
                    office, path, options,
                    person=person, progress=going(job), stopped=lambda: job.cancelled,
                )  # fmt: skip
            except Unreadable as fault:
                return fault

        def then(found: Preview | Unreadable) -> None:
            if job is self.job:
                self.job = None
                self._looked(found)

        def refused(refusal: Exception) -> None:
            if job is self.job:
                self._stopped(refusal)

        job: Job[Any] = self.desk.workers.start(look, then, refused=refused, owner=self, pool="file")
        self.job = job

    def _options(self) -> Options:
        """How the file is read as it is now typed over, and where its rows are to go."""
        said = dict(self.typed.headings), self.typed.retypings(), dict(self.typed.confirmed)
        return Options(*said, scheme=self.scheme.current(), round_id=self.seen.into.currentData())

    def _for_another_scheme(self) -> None:
        """A file that was refused is read again as one of the scheme that is chosen now."""
        self.seen.offer(self.places, self.scheme.current())
        if self.path is not None:
            self.look_at(self.path, self.typed)

    def stop(self) -> None:
        """Stop what is under way; the office stays as it was."""
        if self.job is not None:
            self.job.cancel()
            self.working.button.setEnabled(False)

    def _moved(self, job: object, done: int, of: int) -> None:
        if job is self.job:
            self.working.moved(done, of)

    def _stopped(self, refusal: Exception) -> None:
        """Back to where one was, with what hindered it."""
        self.job = None
        seen = self.seen.preview is not None
        self.steps.setCurrentWidget(self.seen if seen else self.begin)
        self.seen.tell_store()
        if isinstance(refusal, Cancelled) or (
            isinstance(refusal, Refused) and refusal.code == "refused.stopped"
        ):
            self.desk.say(t("import.stopped"), "waiting")
        elif isinstance(refusal, Refused):
            if seen:
                self.seen.says.setText(refusal.say(language()))
            self.desk.refuse(refusal)
        else:
            raise refusal

    def _looked(self, found: Preview | Unreadable) -> None:
        if isinstance(found, Unreadable):
            self._unreadable(found)
            return
        self.fault.hide()
        self.unknown.hide()
        if self.seen.typing():
            self.waiting = found
        else:
            self._show(found)

    def _show(self, preview: Preview) -> None:
        assert self.path is not None
        self.seen.put(self.path, preview, self.typed)
        self.steps.setCurrentWidget(self.seen)

    def _catch_up(self) -> None:
        """A reading that came while someone was typing in a cell."""
        found, self.waiting = self.waiting, None
        if found is not None and self.job is None:
            self._show(found)

    def _unreadable(self, fault: Unreadable) -> None:
        """The file is no table of applications, or a heading is missing that can be taught."""
        assert self.path is not None
        self.seen.forget()
        self.fault.setText(t("import.unreadable", file=self.path.name, why=fault.say(language())))
        self.fault.show()
        headings = fault.params.get("headings")
        unknown = [str(heading) for heading in headings] if isinstance(headings, list) else []
        self.unknown.put(unknown, self.typed.headings, needed=True)
        self.steps.setCurrentWidget(self.begin)

    # -- mending -------------------------------------------------------------------------------------

    def _type(self, cell: Cell, text: str | None) -> None:
        """A cell was typed over (or is to be read as it stands): the row is read again."""
        if text is None:
            self.typed.cells.pop(cell, None)
        else:
            self.typed.cells[cell] = text
        self._again()

    def _taught(self, heading: str, field: str) -> None:
        """A heading was taught: the file is read again."""
        self.typed.headings[heading] = field
        if self.seen.preview is None and self.path is not None:
            self._work(t("import.reading", file=self.path.name))
        self._again()

    def _confirmed(self, let_in: Confirmed) -> None:
        """A credit code was confirmed from the licence: its rows are read again."""
        self.typed.confirmed |= let_in
        self._again()

    def _again(self) -> None:
        self.waiting = None
        self._keep()
        self.seen.busy(t("import.reading_again"))
        self._read()

    def _keep(self) -> None:
        if self.path is not None:
            try:
                self.kept.keep(self.path, self.typed)
            except OSError as fault:
                self.desk.not_written("import.not_kept", fault)

    # -- storing -------------------------------------------------------------------------------------

    def do_store_import(self) -> None:
        """Store all accepted rows at once."""
        preview = self.seen.preview
        if preview is None or self.path is None or self.job is not None or not self.seen.store.isEnabled():
            return
        done: list[Imported | Unreadable] = []
        act = self._storing(self.path, preview.imported.sha256, done)
        self._work(t("import.storing", count=preview.imported.accepted))
        self.job = self.desk.long_act(
            act, then=lambda change: self._stored(done[0]), refused=self._stopped, owner=self
        )

    def _storing(
        self, path: Path, sha256: str, done: list[Imported | Unreadable]
    ) -> Callable[[Job[Change]], Change]:
        office, person = self.desk.office, self.desk.person
        options = self._options()._replace(
            all_or_nothing=self.seen.all_or_nothing.isChecked(),
            expected=sha256,
        )

        def store(job: Job[Change]) -> Change:
            try:
                imported = portal_import.import_file(
                    office, person, path, options, progress=going(job), stopped=lambda: job.cancelled
                )
            except Unreadable as fault:
                done.append(fault)
                return Change("import")
            done.append(imported)
            return imported.change or Change("import")

        return store

    def _stored(self, imported: Imported | Unreadable) -> None:
        self.job = None
        if isinstance(imported, Unreadable):
            self._unreadable(imported)
            return
        if not imported.stored:  # a case was taken meanwhile: all or nothing leaves it for another look
            self.steps.setCurrentWidget(self.seen)
            self._again()
            return
        self.kept.discard()
        self.typed, self.path = Typed(), None
        self.seen.forget()
        self.steps.setCurrentWidget(self.begin)
        said = t(
            "import.stored",
            accepted=imported.accepted,
            rejected=len(imported.by_row()),
            findings=len(imported.findings),
        )
        self.desk.say(said, "look" if imported.rejected else "done")

    # -- the rejected rows as a workbook -------------------------------------------------------------

    def do_save_rejects(self) -> None:
        """Save the rejected rows as a workbook, to be mended by who filled them in."""
        preview = self.seen.preview
        if preview is None or not preview.imported.rejected or self.path is None:
            return
        suggested = self.path.with_name(t("import.rejects_name", file=self.path.stem) + ".xlsx")
        where, _ = QFileDialog.getSaveFileName(
            self, t("action.save_rejects"), str(suggested), "Excel (*.xlsx)"
        )
        if where:
            self.save_rejects(Path(where))

    def save_rejects(self, out: Path) -> None:
        """Write the workbook, in a worker."""
        assert self.seen.preview is not None and self.path is not None
        path, imported, lang = self.path, self.seen.preview.imported, language()
        office, person = self.desk.office, self.desk.person

        def write(job: Job[Any]) -> Change | Unreadable:
            try:
                return rejects_export.save_workbook(office, person, path, imported, out, lang)
            except Unreadable as fault:
                return fault

        def saved(done: Change | Unreadable) -> None:
            if isinstance(done, Unreadable):
                self.desk.say(done.say(language()), "stopped")
            else:
                self.desk.say(t("import.rejects_saved", count=done.facts["rows"], file=out.name))

        self.desk.workers.start(write, saved, refused=self.desk.refuse, owner=self, pool="file")
