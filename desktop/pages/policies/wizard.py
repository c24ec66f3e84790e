"""The pack wizard: a form that a lawyer fills in, and the one file that it writes, told and tried meanwhile.

The text is what there is; the form shows what it can of it (`casework.rulebook.pack_wizard`). A change in the
form changes that place of the text, a change in the text fills the form anew.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont, QFontDatabase, QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
)

from casework.outgoing.pack_export import save_paper_of_draft, save_text
from casework.rulebook.kept_examples import with_case, without
from casework.rulebook.pack_wizard import Row, as_opened, begun, faults_of, from_text, plain, row, to_text
from casework.rulebook.wizard_asks import BY_NAME
from casework.rulebook.wizard_look import Looked, look
from desktop.kit.ask_dialog import AskDialog
from desktop.kit.fact_fields import ENTER
from desktop.kit.fitting import resized
from desktop.kit.language import language, t
from desktop.kit.page import Page
from desktop.kit.theme import GRID
from desktop.kit.widgets import FaultLabel, chip, clear, current, words
from desktop.pages.policies.detail import button
from desktop.pages.policies.pack_check import read_pack
from desktop.pages.policies.wizard_draft import KEEP, PackDraft
from desktop.pages.policies.wizard_form import WizardForm
from desktop.pages.policies.wizard_panes import CasesPane, FoundPane, ToldPane
from rules.pack import Pack
from words import say

PAUSE = 400
"""Milliseconds after the last key until what was typed is taken."""
FIRST = {
    "fact": {"type": "money"},
    "condition": {"fact": "leased_in_year"},
    "tier": {"when.fact": "applied_at", "when.after": "founded_on"},
    "base": {"fact": "contract_amount"},
    "floor": {"on": "award", "how": "refuse"},
    "stacking": {"how": "ceiling", "of": "contract_amount"},
    "cap": {"per": "applicant, year", "before": "awarded_before"},
    "budget": {"per": "year", "order": "first_come", "exceeded": "rest"},
    "rounding": {"where": "end", "unit": "1.00", "mode": "down"},
    "unset": {"type": "rate"},
}
"""What a table that is added begins with."""


class WizardDialog(QDialog):
    """The form on the left; sentences, cases, text and check on the right.

    Args:
        text: the pack to begin with; a new one where there is none.
        examples: the CSV of its example cases.
        neighbours: the packs in force beside which it would stand.
    """

    def __init__(
        self, page: Page, text: str = "", examples: str = "", neighbours: tuple[Pack, ...] = ()
    ) -> None:
        super().__init__(page)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(t("wizard.title"))
        self.desk, self.theme = page.desk, page.theme  # type: ignore[attr-defined]
        self.neighbours, self.examples = neighbours, examples
        self.pending: dict[int, dict[str, str]] = {}
        self.changed: dict[tuple[int, str], str] = {}
        self.looked: Looked | None = None
        self.draft = PackDraft(self.desk, take_up=not text)
        self.form = WizardForm()
        self.told, self.found = ToldPane(self.theme), FoundPane(self.theme)
        self.cases, self.source = CasesPane(self.theme), QPlainTextEdit()
        self.timer, self.reading, self.keeping = QTimer(self), QTimer(self), QTimer(self)
        self._connect()
        self._lay_out()
        resized(self, 1280, 720)
        self.start(text or to_text(begun()))
        if self.draft.left is not None:
            self._take_up(*self.draft.left.parts)

    def _take_up(self, text: str, examples: str, opened: str) -> None:
        """Go on where an earlier form was left; it is saved nowhere yet."""
        self.start(text, examples)
        self.opened, self.saved = opened, ("", "")

    def _connect(self) -> None:
        for timer, do, after in (
            (self.timer, self.take_form, PAUSE),
            (self.reading, self.take_text, PAUSE),
            (self.keeping, self.keep_draft, KEEP),
        ):
            timer.setSingleShot(True)
            timer.setInterval(after)
            timer.timeout.connect(do)
        self.form.edited.connect(self._edited)
        self.form.added.connect(self.add)
        self.form.removed.connect(self.remove)
        self.cases.changed.connect(self._case_changed)
        self.cases.again.connect(self._cases_again)
        self.cases.kept.connect(self.keep_case)
        self.cases.dropped.connect(self.drop_example)
        self.source.textChanged.connect(self.reading.start)

    def _lay_out(self) -> None:
        self.source.setFont(_fixed())
        self.source.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.source.setAccessibleName(t("wizard.tab.text"))
        self.tabs = QTabWidget()
        for name, pane in (
            ("told", self.told), ("cases", self.cases), ("text", self.source), ("found", self.found),
        ):  # fmt: skip
            self.tabs.addTab(pane, t(f"wizard.tab.{name}"))
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self.form)
        halves.addWidget(self.tabs)
        halves.setStretchFactor(0, 5)
        halves.setStretchFactor(1, 4)
        halves.setChildrenCollapsible(False)
        halves.setSizes([5000, 5000])  # shares of what there is
        self.mark = QHBoxLayout()
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addWidget(button("wizard.open", self.pick))
        foot.addLayout(self.mark, 1)
        self.paper = button("wizard.paper", self.pick_paper)
        foot.addWidget(self.paper)
        foot.addWidget(button("wizard.save", self.pick_place, main=True))
        foot.addWidget(button("policies.check.close", self.reject))
        self.fault = FaultLabel(self)
        column = QVBoxLayout(self)
        left = self.draft.left
        says = t("wizard.says") if left is None else t("wizard.taken_up", at=left.saved_at)
        column.addWidget(words(says, muted=True))
        column.addWidget(halves, 1)
        column.addWidget(self.fault)
        column.addLayout(foot)

    # -- the text and the form -----------------------------------------------------------------------

    def start(self, text: str, examples: str | None = None) -> None:
        """Begin with a text."""
        self.examples = self.examples if examples is None else examples
        self.changed = {}
        self.opened = text
        self._write(plain(text))
        self.saved = plain(text), self.examples
        self.take_text()
        self.tabs.setCurrentIndex(0)

    @property
    def text(self) -> str:
        """The text as it stands, with what has been typed into the form and not been taken yet."""
        self.take_form()
        return self._source()

    def _source(self) -> str:
        """What stands in the pane of the text, to the character (`toPlainText` makes spaces of some)."""
        return self.source.document().toRawText().replace("\u2029", "\n")

    def _write(self, text: str) -> None:
        """Put a text into its pane, where it stays at the same place."""
        if self._source() == text:
            return
        at = self.source.verticalScrollBar().value()
        self.source.blockSignals(True)
        cursor = QTextCursor(self.source.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)  # can be undone there, which a new text could not
        self.source.blockSignals(False)
        self.source.verticalScrollBar().setValue(at)

    def _edited(self, number: int, cells: dict[str, str]) -> None:
        self.pending.setdefault(number, {}).update(cells)
        self.timer.start()

    def take_form(self) -> None:
        """Write what has been changed in the form into the text."""
        self.timer.stop()
        if not self.pending:
            return
        if self.reading.isActive():
            self.take_text()
        answers, rest = from_text(self._source())
        shape = [one.table for one in answers.rows]
        for number, cells in self.pending.items():
            answers = answers.changing(number, cells)
        self.pending = {}
        self._write(to_text(answers, rest))
        again = from_text(self._source())[0]
        if [one.table for one in again.rows] != shape:
            self.form.put(again)
        self._look()

    def take_text(self) -> None:
        """Fill the form from the text; while it can't be read, the form waits."""
        self.reading.stop()
        self.keeping.start()
        text = self._source()
        faults = faults_of(text)
        current(self.form, not faults)
        if faults:
            self.looked = None
            says = say(faults[0].code, language(), **faults[0].params)
            self.found.show_unreadable(faults[0].line, says)
            self._mark(len(faults))
            return
        self.pending = {}
        self.form.put(from_text(text)[0])
        self._look()

    def add(self, table: str) -> None:
        """One more row of a table."""
        answers, rest = from_text(self.text)
        cells = dict(FIRST.get(table, {}))
        if "id" in BY_NAME[table].by_key:
            cells["id"] = _free(table, answers.rows)
        if table == "tier" and not any(one.get("otherwise") for one in answers.of("tier")):
            cells = {"id": cells["id"], "otherwise": "true"}
        self._write(to_text(answers.adding(row(table, cells)), rest))
        self.take_text()

    def remove(self, number: int) -> None:
        """A row goes, with its comment."""
        answers, rest = from_text(self.text)
        self._write(to_text(answers.without(number), rest))
        self.take_text()

    # -- what is shown beside it ---------------------------------------------------------------------

    def _look(self) -> None:
        self.keeping.start()
        text, changed, examples = self._source(), dict(self.changed), self.examples

        def run(office: object) -> Looked:
            return look(text, self.neighbours, examples or None, changed, language())

        self.desk.read(run, partial(self._show, changed, examples), owner=self)

    def _show(self, changed: dict[tuple[int, str], str], examples: str, found: Looked) -> None:
        now = (self._source(), self.changed, self.examples)
        if now != (found.text, changed, examples):
            return  # there is a newer text, which is looked at as well
        self.looked = found
        self.form.tell(found.notes)
        self.told.show_told(found.statements, whole=found.pack is not None)
        self.cases.show_cases(found)
        self.found.show_found(found.notes, from_text(found.text)[0].rows)
        self._mark(found.faults)

    def _mark(self, faults: int) -> None:
        clear(self.mark)
        code, meaning = ("wizard.faults", "stopped") if faults else ("wizard.sound", "done")
        self.mark.addWidget(chip(t(code, count=faults), meaning, self.theme))  # type: ignore[arg-type]
        self.mark.addStretch(1)
        self.paper.setEnabled(self.looked is not None and self.looked.pack is not None)

    def _case_changed(self, at: int, fact: str, text: str) -> None:
        self.changed[at, fact] = text
        self._look()

    def _cases_again(self) -> None:
        self.changed = {}
        self._look()

    def keep_case(self, at: int) -> None:
        """A case becomes an example of the pack, with what comes of it now; it is saved with the pack."""
        found = self.looked
        if found is not None and found.pack is not None and at < len(found.cases):
            self.examples = with_case(found.pack, self.examples, found.cases[at])
            self._look()

    def drop_example(self, at: int) -> None:
        """An example goes."""
        self.examples = without(self.examples, at)
        self._look()

    # -- files ---------------------------------------------------------------------------------------

    def pick(self) -> None:
        """Open a pack's file."""
        where, _ = QFileDialog.getOpenFileName(self, t("wizard.open"), "", t("policies.filter"))
        if where:
            self.open_file(Path(where))

    def open_file(self, path: Path) -> None:
        """Open the pack of a file, and the examples beside it."""
        self.desk.read(
            lambda office: read_pack(path, marked=True), lambda found: self.start(*found), owner=self
        )

    def pick_place(self) -> None:
        """Save the text as a file."""
        where, _ = QFileDialog.getSaveFileName(self, t("wizard.save"), self._name("toml"), "TOML (*.toml)")
        if where:
            self.keep(Path(where))

    def keep(self, path: Path) -> None:
        """Save the text under a name, and its examples beside it."""
        text, examples = self.text, self.examples

        def done(change: object) -> None:
            self.saved = text, examples
            self.draft.discard()
            self.fault.clear()
            self.desk.say(t("wizard.saved", file=path.name))

        self.desk.act(
            save_text, as_opened(text, self.opened), examples, path,
            then=done, refused=self._refused, owner=self,
        )  # fmt: skip

    def keep_draft(self) -> None:
        """Have what is saved nowhere yet on the disk."""
        now = self.text, self.examples
        self.keeping.stop()
        if now == self.saved:
            self.draft.discard()
        else:
            self.draft.keep(*now, self.opened)

    def pick_paper(self) -> None:
        """Save the paper to sign."""
        where, _ = QFileDialog.getSaveFileName(self, t("wizard.paper"), self._name("pdf"), "PDF (*.pdf)")
        if where:
            self.keep_paper(Path(where))

    def keep_paper(self, path: Path) -> None:
        """Save the paper to sign under a name."""
        if self.looked is None or self.looked.pack is None:
            return

        def done(change: object) -> None:
            self.fault.clear()
            self.desk.say(t("wizard.paper_saved", file=path.name))

        self.desk.act(
            save_paper_of_draft, self.looked.pack, path, then=done, refused=self._refused, owner=self
        )

    def _refused(self, refusal: Exception) -> None:
        told = getattr(refusal, "say", None)
        self.fault.setText(told(language()) if callable(told) else "")

    def _name(self, ending: str) -> str:
        top = from_text(self.text)[0].rows[0] if not faults_of(self.text) else Row("")
        named = "-".join(filter(None, (top.get("id"), top.get("version")))) or t("wizard.title")
        return f"{named}.{ending}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what was typed and presses no button: here one writes."""
        if event.key() in ENTER:
            self.take_form()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Close; what is not saved is asked about first."""
        if (self.text, self.examples) == self.saved:
            self.draft.discard()
            super().reject()
            return
        AskDialog(self, "wizard.close_anyway", t("wizard.unsaved"), {}, self._close).open()

    def _close(self, dialog: AskDialog, said: dict[str, str]) -> None:
        dialog.accept()
        self.draft.discard()
        self.done(0)


def _free(table: str, rows: tuple[Row, ...]) -> str:
    """An id that no row has."""
    taken = {one.get("id") for one in rows}
    return next(name for number in range(1, len(rows) + 2) if (name := f"{table}_{number}") not in taken)


def _fixed() -> QFont:
    """The system's font of one width."""
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
