"""The form of the pack wizard: a card for each table, a block for each row, a field for each cell."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from casework.rulebook.pack_wizard import Answers, Row, form_of
from casework.rulebook.wizard_asks import BY_NAME, Ask, Form, Table
from casework.rulebook.wizard_look import Note
from desktop.kit.language import t, t_or
from desktop.kit.theme import GRID
from desktop.kit.widgets import card, clear, link, scrolled, words
from desktop.pages.policies.wizard_fields import TextCell, Vocabulary, WordCell, blank_of

GROUPS = (
    ("paper", ("",)),
    ("whom", ("condition",)),
    ("worth", ("tier", "line", "base")),
    ("most", ("floor", "stacking", "cap", "budget", "rounding")),
    ("others", ("fact", "sum", "unset", "funder", "office", "waiver")),
)
"""The tables in the order in which a lawyer is asked."""
LABEL_WIDTH = 104
WIDE = (
    "title", "title_en", "document_title", "issuer", "bureau", "evidence", "bands", "reading", "note",
    "document",
)  # fmt: skip
"""Keys whose field takes a whole line."""

Field = TextCell | WordCell


def label_of(table: str, key: str) -> str:
    """What a key of a table is called."""
    plain = key.removeprefix("when.")
    own = t_or(f"wizard.key.{table}.{plain}", "") or t_or(f"wizard.key.{plain}", "")
    term = t_or(f"wizard.key.office.{plain.partition('.')[0]}", "") if table == "office" else ""
    return own or term or t_or(f"wizard.key.{plain.rpartition('.')[2]}", plain)


class RowForm(QFrame):
    """One row: how it is filled in, its fields, what is wrong with it, and what the text has besides.

    Signals:
        edited: cells that a person has changed.
    """

    edited = Signal(dict)

    def __init__(self, one: Row, names: Vocabulary, remove: Callable[[], object] | None) -> None:
        super().__init__()
        self.row, self.names, self.remove = one, names, remove
        self.table: Table = BY_NAME[one.table]
        self.fields: dict[str, Field] = {}
        self.ways: dict[str, WordCell] = {}
        self.faults: dict[str, QLabel] = {}
        self.forms: dict[str, Form | None] = {part: form_of(one, forms) for part, forms in self.table.parts}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, GRID)
        self._fill()

    def _fill(self) -> None:
        clear(self.column)
        self.fields, self.faults, self.ways = {}, {}, {}
        self.faults[""] = _fault()
        self.column.addWidget(self.faults[""])
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        place = _Places(grid)
        for part, forms in self.table.parts:
            way = self._way(part, forms)
            place.put(t(f"wizard.part.{part}"), way, wide=way.is_long())
        for ask in self.table.asks:
            if self._shown(ask.key):
                both = self._field(ask)
                wide = ask.key in WIDE or self.fields[ask.key].is_long()
                place.put(label_of(self.table.name, ask.key), both, wide=wide)
        self.column.addLayout(grid)
        foot = QHBoxLayout()
        if self.row.more:
            keys = tuple(label_of(self.table.name, key) for key in self.row.more)
            foot.addWidget(words(t("wizard.more", keys=keys), small=True), 1)
        else:
            foot.addStretch(1)
        if self.remove is not None:
            foot.addWidget(link(t("wizard.remove"), self.remove))
        self.column.addLayout(foot)

    def _shown(self, key: str) -> bool:
        """Whether a key is asked for by the way in which its part is filled in."""
        ways = [(part, {*form.fixed, *form.asks}) for part, forms in self.table.parts for form in forms]
        parts = {part for part, keys in ways if key in keys}
        chosen = [form for part in parts if (form := self.forms[part]) is not None]
        return not parts or any(key in form.asks for form in chosen)

    def _way(self, part: str, forms: Sequence[Form]) -> WordCell:
        """The choice among the usual ways to fill a part in."""
        form = self.forms[part]
        choices = [(each.name, t(f"wizard.form.{part}.{each.name}")) for each in forms]
        box = WordCell(Ask(part), form.name if form else "", choices, t("wizard.other_form"))
        box.setAccessibleName(t(f"wizard.part.{part}"))
        box.edited.connect(lambda: self._choose(part, forms, box.cell()))
        self.ways[part] = box
        return box

    def _choose(self, part: str, forms: Sequence[Form], name: str) -> None:
        """Fill a part in in another way: what the other ways asked for goes."""
        form = next((each for each in forms if each.name == name), None)
        if form is None:
            self._fill()
            return
        keys = {each for one in forms for each in (*one.fixed, *one.asks)}
        cells = {key: "" for key in keys if key not in form.asks} | dict(form.fixed)
        self.forms[part] = form
        self.row = self.row.with_cells(cells)
        self._fill()
        self.edited.emit(cells)

    def _field(self, ask: Ask) -> QWidget:
        cell = self.row.get(ask.key)
        field: Field
        if ask.kind in ("choice", "flag", "fact"):
            form = next((form.name for form in self.forms.values() if form and ask.key in form.asks), "")
            choices = self.names.choices(self.table.name, form, ask)
            field = WordCell(ask, cell, choices, blank_of(self.table.name, ask))
        else:
            field = TextCell(ask, cell, self.names)
        field.setAccessibleName(label_of(self.table.name, ask.key))
        field.edited.connect(lambda: self._say(ask.key, field.cell()))
        self.fields[ask.key] = field
        self.faults[ask.key] = _fault()
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(field)
        column.addWidget(self.faults[ask.key])
        both.setFocusProxy(field)
        return both

    def _say(self, key: str, cell: str) -> None:
        self.row = self.row.with_cells({key: cell})
        self.edited.emit({key: cell})

    def tell(self, notes: Sequence[Note]) -> None:
        """What was found in this row: beside its field, or on top where it is about none that is shown."""
        by: dict[str, list[str]] = {}
        for note in notes:
            by.setdefault(note.spot.key if note.spot.key in self.faults else "", []).append(note.beside)
        for key, label in self.faults.items():
            label.setText("\n".join(by.get(key, ())))
            label.setVisible(key in by)


class _Places:
    """Labels and fields, two pairs a line; a wide field has a line of its own."""

    def __init__(self, grid: QGridLayout) -> None:
        self.grid, self.line, self.right = grid, 0, False

    def put(self, label: str, field: QWidget, *, wide: bool = False) -> None:
        """The next pair."""
        if wide and self.right:
            self.line, self.right = self.line + 1, False
        at = 2 if self.right else 0
        said = words(label, muted=True)
        said.setFixedWidth(LABEL_WIDTH)
        said.setContentsMargins(0, 4, 0, 0)
        said.setBuddy(field)
        self.grid.addWidget(said, self.line, at, Qt.AlignmentFlag.AlignTop)
        self.grid.addWidget(field, self.line, at + 1, 1, 3 if wide else 1, Qt.AlignmentFlag.AlignTop)
        if wide or self.right:
            self.line, self.right = self.line + 1, False
        else:
            self.right = True


def _fault() -> QLabel:
    label = words("", small=True)
    label.setProperty("fault", True)
    label.hide()
    return label


class WizardForm(QWidget):
    """All tables.

    Signals:
        edited: the row's place among the answers, and its changed cells.
        added: a table of which one row more is wanted.
        removed: the place of a row that is to go.
    """

    edited = Signal(int, dict)
    added = Signal(str)
    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[RowForm] = []
        self.inside = QWidget()
        self.column = QVBoxLayout(self.inside)
        self.column.setContentsMargins(0, 0, GRID, GRID)
        self.column.setSpacing(GRID)
        self.area = scrolled(self.inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    def put(self, answers: Answers) -> None:
        """Show these answers; where one was, the form stays scrolled there."""
        bar = self.area.verticalScrollBar()
        at = bar.value()
        clear(self.column)
        names = Vocabulary(answers)
        made = {number: self._row(number, one, names) for number, one in enumerate(answers.rows)}
        self.rows = [made[number] for number in sorted(made)]
        for group, tables in GROUPS:
            self.column.addWidget(words(t(f"wizard.group.{group}"), title=True))
            for table in tables:
                rows = [form for form in self.rows if form.row.table == table]
                self.column.addWidget(self._card(table, rows))
        self.column.addStretch(1)
        self.area.setMinimumWidth(self.inside.minimumSizeHint().width() + bar.sizeHint().width())
        bar.setValue(at)

    def _row(self, number: int, one: Row, names: Vocabulary) -> RowForm:
        remove = (lambda: self.removed.emit(number)) if one.table else None
        form = RowForm(one, names, remove)
        form.edited.connect(lambda cells: self.edited.emit(number, cells))
        return form

    def _card(self, table: str, rows: Sequence[RowForm]) -> QWidget:
        frame, column = card()
        top = QHBoxLayout()
        title = t(f"wizard.table.{table or 'head'}")
        top.addWidget(words(title, wrap=False))
        top.addStretch(1)
        if BY_NAME[table].many or not rows:
            code = "wizard.add" if BY_NAME[table].many else "wizard.put"
            add = link(t(code), lambda: self.added.emit(table))
            add.setAccessibleName(f"{t(code)} {title}")
            top.addWidget(add)
        column.addLayout(top)
        for number, form in enumerate(rows):
            if number:
                column.addWidget(_ruled())
            column.addWidget(form)
        return frame

    def tell(self, notes: Sequence[Note]) -> None:
        """Say what was found beside each field."""
        for number, form in enumerate(self.rows):
            form.tell([note for note in notes if note.spot.row == number and note.fault])


def _ruled() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    return line
