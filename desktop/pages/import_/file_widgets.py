"""Parts of the import page: the place to drop a file, its figures, and the headings that can be taught."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from casework.intake.import_preview import PastImport, fields
from desktop.kit.fact_fields import QuietCombo
from desktop.kit.language import t
from desktop.kit.theme import GRID, SHAPES, Meaning, Theme
from desktop.kit.widgets import UNBOUNDED, card, clear, words

KINDS = (".xlsx", ".xlsm", ".xls", ".csv", ".txt")
"""Names that may be dropped; what a file really is the reader finds out."""

KEEP = "-"
"""A heading that is kept as a fact of its own."""


class Drop(QFrame):
    """Where a file is dropped or chosen."""

    def __init__(self, choose: Callable[[], object], theme: Theme) -> None:
        super().__init__()
        self.setObjectName("drop")
        edge = f"border: 1px dashed {theme.muted}; border-radius: 6px"
        self.setStyleSheet(f"QFrame#drop {{ {edge}; background: {theme.base}; }}")
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 5 * GRID, 3 * GRID, 5 * GRID)
        column.setSpacing(2 * GRID)
        title = words(t("import.drop"), title=True)
        says = words(t("import.drop_says"), muted=True)
        for label in (title, says):
            label.setMaximumWidth(UNBOUNDED)  # as wide as there is room: no higher, and in the middle
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        self.button = QPushButton(t("action.choose_file"))
        self.button.setProperty("main", True)
        self.button.clicked.connect(lambda checked=False: choose())
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)


class History(QWidget):
    """The files imported last."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)

    def put(self, past: Sequence[PastImport]) -> None:
        """Show them; nothing where there is none."""
        clear(self.column)
        if not past:
            return
        frame, column = card()
        column.addWidget(words(t("import.history"), muted=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(GRID)
        for row, one in enumerate(past):
            says = t(
                "import.past", rows=one.rows, accepted=one.accepted, rejected=one.rejected,
                unchanged=one.unchanged,
            )  # fmt: skip
            name = QLabel(one.name)
            grid.addWidget(QLabel(f"{one.at:%Y-%m-%d %H:%M}"), row, 0)
            grid.addWidget(name, row, 1)
            grid.addWidget(words(says, muted=True, wrap=False), row, 2)
            grid.addWidget(words(one.person, small=True, wrap=False), row, 3)
        grid.setColumnStretch(2, 1)
        column.addLayout(grid)
        self.column.addWidget(frame)


class Working(QWidget):
    """What is being done, how far, and how to stop it."""

    def __init__(self, stop: Callable[[], object]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.setSpacing(2 * GRID)
        self.says = words("")
        self.says.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.says.setMinimumWidth(480)
        self.bar = QProgressBar()
        self.bar.setFixedWidth(480)
        self.bar.setTextVisible(False)
        self.button = QPushButton(t("import.stop"))
        self.button.setShortcut("Esc")
        self.button.clicked.connect(lambda checked=False: stop())
        for widget in (self.says, self.bar, self.button):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)

    def begin(self, sentence: str) -> None:
        """Something begins."""
        self.sentence = sentence
        self.says.setText(sentence)
        self.bar.setRange(0, 0)
        self.button.setEnabled(True)

    def moved(self, done: int, of: int) -> None:
        """It goes on."""
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        if of:
            self.says.setText(f"{self.sentence}　{t('import.done_of', done=f'{done:,}', of=f'{of:,}')}")


class Figures(QWidget):
    """The figures of a file beside each other; one is chosen, and its rows are shown.

    Signals:
        chosen: the name of a figure.
    """

    chosen = Signal(str)
    NAMES = ("rejected", "findings", "accepted")

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        self.buttons: dict[str, QPushButton] = {}
        for name in self.NAMES:
            button = QPushButton()
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setStyleSheet(
                f"QPushButton:checked {{ background: {theme.selection}; border-color: {theme.accent}; }}"
            )
            button.clicked.connect(lambda checked=False, name=name: self.chosen.emit(name))
            self.buttons[name] = button
            row.addWidget(button)
        self.rest = words("", muted=True, wrap=False)
        row.addSpacing(GRID)
        row.addWidget(self.rest)
        row.addStretch(1)

    def put(self, counts: Mapping[str, int], meanings: Mapping[str, Meaning]) -> None:
        """Show the counts; ``rest`` names those that have no rows to show."""
        for name, button in self.buttons.items():
            shape = SHAPES[meanings[name]] if counts[name] else ""
            button.setText(f"{shape} {t(f'import.figure.{name}', count=counts[name])}".strip())

    def choose(self, name: str) -> None:
        """Show the rows of a figure."""
        self.buttons[name].setChecked(True)
        self.chosen.emit(name)


class Schemes(QWidget):
    """What the applications of a file are for, where the office has several schemes: it says which columns a
    file must have.

    Signals:
        chosen: another one.
    """

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.box = QuietCombo()
        self.box.setAccessibleName(t("import.scheme"))
        self.box.activated.connect(lambda number: self.chosen.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(words(t("import.scheme"), muted=True, wrap=False))
        row.addWidget(self.box)
        row.addStretch(1)
        self.hide()

    def put(self, schemes: Sequence[tuple[str, str]]) -> None:
        """Offer them, by id and title, the usual one first; what was chosen stays chosen."""
        before = self.current()
        self.box.clear()
        for scheme, title in schemes:
            self.box.addItem(title, scheme)
        self.box.setCurrentIndex(max(0, self.box.findData(before)))
        self.setVisible(len(schemes) > 1)

    def current(self) -> str:
        """The id of the one that is chosen, or empty."""
        return str(self.box.currentData() or "")


class Headings(QFrame):
    """Headings that the office does not know, each with what it may mean.

    Signals:
        taught: a heading and the field that it means (``-``: none).
    """

    taught = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.boxes: dict[str, QuietCombo] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        self.says = words("", muted=True)
        column.addWidget(self.says)
        self.rows = QGridLayout()
        self.rows.setHorizontalSpacing(GRID)
        self.rows.setVerticalSpacing(4)
        column.addLayout(self.rows)

    def put(self, unknown: Sequence[str], chosen: Mapping[str, str], *, needed: bool) -> None:
        """Show headings with what was chosen for them; ``needed`` where the file can't be read otherwise."""
        headings = list(dict.fromkeys((*chosen, *unknown)))
        self.setVisible(bool(headings))
        if list(self.boxes) == headings:
            self._mark(chosen)
            return
        while (item := self.rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.boxes = {}
        self.says.setText(t("import.headings_needed" if needed else "import.headings", count=len(headings)))
        for at, heading in enumerate(headings):
            box = QuietCombo()
            box.addItem(t("import.keep_heading"), KEEP)
            for name in fields():
                box.addItem(t(f"import.field.{name}"), name)
            box.setAccessibleName(heading)
            box.activated.connect(
                lambda number, heading=heading, box=box: self.taught.emit(heading, str(box.itemData(number)))
            )
            self.boxes[heading] = box
            label = QLabel(t("import.heading", heading=heading))
            label.setBuddy(box)
            self.rows.addWidget(label, at // 2, 2 * (at % 2))
            self.rows.addWidget(box, at // 2, 2 * (at % 2) + 1)
        self.rows.setColumnStretch(4, 1)
        self._mark(chosen)

    def _mark(self, chosen: Mapping[str, str]) -> None:
        for heading, box in self.boxes.items():
            box.setCurrentIndex(max(0, box.findData(chosen.get(heading, KEEP))))


def dropped(event: QDropEvent) -> Path | None:
    """The one file that is dropped, where it may be a table."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() in KINDS else None
