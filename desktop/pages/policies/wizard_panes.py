"""What stands beside the form of the pack wizard: the sentences, the three cases, and all that was found."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from casework.rulebook.pack_examples import Example
from casework.rulebook.pack_in_words import SECTIONS, Statement
from casework.rulebook.pack_wizard import Row
from casework.rulebook.wizard_asks import KINDS
from casework.rulebook.wizard_cases import Tried
from casework.rulebook.wizard_look import Looked, Note
from desktop.kit.fact_fields import title_of
from desktop.kit.language import t, t_or
from desktop.kit.theme import GRID, Theme
from desktop.kit.widgets import DECISION_MEANING, card, chip, clear, link, scrolled, words
from desktop.pages.policies.wizard_form import label_of
from rules.facts import Fact
from rules.money import grouped

CELL_WIDTH = 108
"""A day or an amount, in pixels at 100 %."""


class Pane(QWidget):
    """A column that scrolls and is filled anew each time."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(GRID, GRID, GRID, GRID)
        self.column.setSpacing(GRID)
        self.area = scrolled(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)


class ToldPane(Pane):
    """Each rule in a sentence."""

    def show_told(self, statements: Sequence[Statement], *, whole: bool) -> None:
        """Show these; where they are not the whole pack, say so."""
        at = self.area.verticalScrollBar().value()
        clear(self.column)
        if not whole:
            self.column.addWidget(words(t("wizard.no_sentences"), muted=True))
        for section in SECTIONS:
            rows = [each for each in statements if each.section == section]
            if rows:
                self.column.addWidget(self._section(section, rows))
        self.column.addStretch(1)
        self.area.verticalScrollBar().setValue(at)

    def _section(self, section: str, rows: Sequence[Statement]) -> QWidget:
        frame, column = card()
        column.addWidget(words(t(f"policies.section.{section}"), muted=True))
        for one in rows:
            text = words(f"<b>{_plain(one.title)}</b>　{_plain(one.text)}")
            text.setTextFormat(Qt.TextFormat.RichText)
            if one.open:
                text.setStyleSheet(f"color: {self.theme.look}")
            column.addWidget(text)
            if one.source:
                column.addWidget(words(one.source, small=True))
        return frame


class FoundPane(Pane):
    """All faults and remarks with their lines."""

    def show_found(self, notes: Sequence[Note], rows: Sequence[Row]) -> None:
        """Show these, or that there is no fault.

        Args:
            rows: of the answers, for what a key that is missing is called in the form.
        """
        clear(self.column)
        if not any(note.fault for note in notes):
            self.column.addWidget(chip(t("wizard.sound"), "done", self.theme))
        for note in notes:
            code = "wizard.found" if note.fault else "wizard.found_remark"
            said = words(t(code, line=note.line, say=_said(note, rows)))
            if note.fault:
                said.setProperty("fault", True)
            self.column.addWidget(said)
        self.column.addStretch(1)

    def show_unreadable(self, line: int, says: str) -> None:
        """Say why the text can't be read at all."""
        clear(self.column)
        said = words(t("wizard.no_toml", line=line, say=says))
        said.setProperty("fault", True)
        self.column.addWidget(said)
        self.column.addStretch(1)


class CasesPane(Pane):
    """Three cases side by side, each value to be changed, with the award and why; and the examples.

    Signals:
        changed: a value of a case: its place, the fact, what was typed.
        again: three cases are to be made up anew.
        kept: a case, by its place, is to be an example of the pack.
        dropped: an example, by its place, is to go.
    """

    changed = Signal(int, str, str)
    again = Signal()
    kept = Signal(int)
    dropped = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.fields: dict[tuple[int, str], QLineEdit] = {}
        self.awards: list[QLabel] = []
        self.whys: list[QWidget] = []
        self.examples: QWidget | None = None
        self.listed: Sequence[Example] = ()
        self.shape: tuple[int, tuple[str, ...]] = (0, ())

    def show_cases(self, found: Looked) -> None:
        """Show the cases; fields that are there keep what stands in them while one types."""
        shape = len(found.cases), (*(fact.id for fact in found.facts), *found.beside)
        if shape != self.shape or not self.fields:
            self.shape = shape
            self._fill(found)
        kinds = {fact.id: fact for fact in found.facts}
        for (at, name), field in self.fields.items():
            cell = found.cases[at].get(name, "")
            cell = shown(kinds[name], cell) if name in kinds else cell
            if not field.hasFocus() and field.text() != cell:
                field.setText(cell)
                field.setCursorPosition(0)
        self._tell(found.outcomes)
        self._tell_kept(found.kept)

    def _fill(self, found: Looked) -> None:
        clear(self.column)
        self.fields, self.awards, self.whys = {}, [], []
        if not found.cases:
            self.column.addWidget(words(t("wizard.no_cases"), muted=True))
            self.examples = self._outcome() if found.kept else None
            self.column.addStretch(1)
            return
        top = QHBoxLayout()
        top.addWidget(words(t("wizard.cases_says"), muted=True), 1)
        top.addWidget(link(t("wizard.case_again"), self.again.emit))
        self.column.addLayout(top)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(4)
        for at in range(len(found.cases)):
            grid.addWidget(words(t("wizard.case", number=at + 1), muted=True, wrap=False), 0, at + 1)
            grid.setColumnStretch(at + 1, 1)
        titles = {fact.id: title_of(fact) for fact in found.facts}
        titles |= {name: t(f"wizard.beside.{name}") for name in found.beside}
        for line, (name, title) in enumerate(titles.items(), 1):
            grid.addWidget(words(title, muted=True), line, 0)
            for at in range(len(found.cases)):
                grid.addWidget(self._field(at, name, title), line, at + 1)
        self.column.addLayout(grid)
        for _ in found.cases:
            self.whys.append(self._outcome())
        self.examples = self._outcome()
        self.column.addStretch(1)

    def _field(self, at: int, name: str, title: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(f"{t('wizard.case', number=at + 1)} {title}")
        field.setMinimumWidth(CELL_WIDTH)
        field.textEdited.connect(lambda text: self.changed.emit(at, name, meant(name, text)))
        self.fields[at, name] = field
        return field

    def _outcome(self) -> QWidget:
        frame, column = card()
        inner = QWidget()
        QVBoxLayout(inner).setContentsMargins(0, 0, 0, 0)
        column.addWidget(inner)
        self.column.addWidget(frame)
        return inner

    def _tell(self, outcomes: Sequence[Tried]) -> None:
        self.awards = []
        for at, (inner, outcome) in enumerate(zip(self.whys, outcomes, strict=True)):
            column = inner.layout()
            assert isinstance(column, QVBoxLayout)
            clear(column)
            top = QHBoxLayout()
            top.addWidget(words(t("wizard.case", number=at + 1), muted=True, wrap=False))
            status = t(f"whatif.status.{outcome.status}")
            top.addWidget(chip(status, DECISION_MEANING[outcome.status], self.theme))
            award = words("" if outcome.award_fen is None else grouped(outcome.award_fen), wrap=False)
            self.awards.append(award)
            top.addWidget(award)
            top.addStretch(1)
            if outcome.can_stay:
                top.addWidget(link(t("wizard.keep"), partial(self.kept.emit, at)))
            column.addLayout(top)
            for line in outcome.why:
                column.addWidget(words(line, small=True))

    def _tell_kept(self, kept: Sequence[Example]) -> None:
        column = None if self.examples is None else self.examples.layout()
        if not isinstance(column, QVBoxLayout) or (column.count() and self.listed == kept):
            return
        self.listed = kept
        clear(column)
        says = t("wizard.kept", count=len(kept)) if kept else t("wizard.none_kept")
        column.addWidget(words(says, muted=True))
        for at, one in enumerate(kept):
            row = QHBoxLayout()
            holds, meaning = ("differs", "stopped") if one.differs else ("holds", "done")
            row.addWidget(chip(t(f"policies.example.{holds}"), meaning, self.theme))  # type: ignore[arg-type]
            award = t(f"whatif.status.{one.status}") if one.award_fen is None else grouped(one.award_fen)
            row.addWidget(words("　".join(filter(None, (one.number, award, one.note))), small=True), 1)
            row.addWidget(link(t("wizard.drop"), partial(self.dropped.emit, at)))
            column.addLayout(row)


def _said(note: Note, rows: Sequence[Row]) -> str:
    """What a note says; of a key that is missing, by the words of the form."""
    if note.beside == note.says or note.spot.row is None:
        return note.says
    one = rows[note.spot.row]
    table = t(f"wizard.table.{one.table or 'head'}")
    return t("wizard.lacks", table=table, key=label_of(one.table, note.spot.key))


def shown(fact: Fact, cell: str) -> str:
    """A value of a case as people write it; it is read again as it stands."""
    if fact.type == "yes_no" and cell in ("yes", "no"):
        return t(f"field.{cell}")
    if fact.id == "applicant_kind":
        return t_or(f"choice.{cell}", cell)
    return cell.removesuffix(" 00:00:00")


def meant(name: str, text: str) -> str:
    """What was typed, as a file says it: a kind of applicant by its word."""
    words_of = {t(f"choice.{kind}"): kind for kind in KINDS} if name == "applicant_kind" else {}
    return words_of.get(text.strip(), text)


def _plain(text: str) -> str:
    """A text of a pack between marks of its own."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
