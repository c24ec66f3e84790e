"""A file as it would be stored: its figures, the cells to mend, what to look into, and the storing."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casework.cases.confirmed_codes import CHECK
from casework.core.refused import finding
from casework.intake.import_preview import Destination, Preview
from desktop.kit import confirm_code
from desktop.kit.desk import Desk
from desktop.kit.fact_fields import QuietCombo
from desktop.kit.language import language, t
from desktop.kit.theme import GRID, Meaning, Theme
from desktop.kit.widgets import empty, link, words
from desktop.lists.plain_table import PlainTable
from desktop.lists.spec import Column
from desktop.pages.import_.draft import Cell, Typed
from desktop.pages.import_.file_widgets import Figures, Headings
from desktop.pages.import_.rejects import Fault, FaultsView
from papers.reading.portal import Reject
from rules import creditcode

MOST_ROWS_NAMED = 12
MEANINGS: dict[str, Meaning] = {"rejected": "stopped", "findings": "look", "accepted": "done"}
ACCEPTED = (
    Column("row", "count", 64),
    Column("case", "number_text", 152),
    Column("applicant", width=320),
    Column("amount", "money", 152),
    Column("version", width=120, show=lambda version: t("import.version", version=version)),
)
FINDINGS = (
    Column("case", "number_text", 152),
    Column("applicant", width=280),
    Column("finding", width=520),
    Column("other", "number_text", width=152),
)


class PreviewPane(QWidget):
    """The preview of a file.

    Signals:
        typed: a cell was typed over; an empty text where it is to be read as the file says.
        taught: a heading and its field.
        confirmed: credit codes that a person let in from the licence, with the reasons.
        opened: a case of the office.
        store_asked, save_asked: its buttons.
        free: nobody is typing in a cell any more.
    """

    typed = Signal(object, object)
    taught = Signal(str, str)
    confirmed = Signal(object)
    opened = Signal(str)
    store_asked = Signal()
    save_asked = Signal()
    free = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self.preview: Preview | None = None
        self.first_shown: dict[Cell, int] = {}
        self.file = words("", muted=True, wrap=False)
        self.figures = Figures(theme)
        self.headings = Headings()
        self.hidden = QCheckBox()
        self.hidden.toggled.connect(lambda on: self.tell_store())
        self.faults = FaultsView(theme)
        self.detail = words("")
        self.reading = words("", muted=True)
        self.faults.editor.read.connect(self.reading.setText)
        self.clash = link("", self._open_clash)
        self.confirm = link(t("import.confirm_code"), self._confirm)
        self.findings = PlainTable(
            desk, theme, "import.findings", FINDINGS, empty=empty("import.no_findings")
        )
        self.accepted = PlainTable(desk, theme, "import.accepted", ACCEPTED, cases=True)
        self.tables = QStackedWidget()
        for table in (self._fault_table(), self.findings, self.accepted):
            self.tables.addWidget(table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GRID)
        column.setSpacing(GRID)
        for widget in (self.file, self.figures, self.headings, self.hidden):
            column.addWidget(widget)
        column.addWidget(self.tables, 1)
        column.addLayout(self._foot())
        self.figures.chosen.connect(lambda name: self.tables.setCurrentIndex(Figures.NAMES.index(name)))
        self.headings.taught.connect(self.taught)
        self.findings.opened.connect(self._open_other)
        self.faults.faults.typed.connect(self._type)
        self.faults.left.connect(self.free)
        self.faults.selectionModel().currentChanged.connect(lambda now, before: self._tell_fault())

    # -- layout --------------------------------------------------------------------------------------

    def _fault_table(self) -> QWidget:
        some = QWidget()
        column = QVBoxLayout(some)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.faults, 1)
        self.reading.setMinimumHeight(2 * GRID)
        column.addWidget(self.reading)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.detail, 9)
        row.addWidget(self.clash)
        row.addWidget(self.confirm)
        row.addStretch(1)
        self.detail.setMinimumHeight(5 * GRID)
        column.addLayout(row)
        self.fault_stack = QStackedWidget()
        self.fault_stack.addWidget(some)
        self.fault_stack.addWidget(empty("import.no_rejects"))
        return self.fault_stack

    def _foot(self) -> QHBoxLayout:
        self.into = QuietCombo()
        self.into.setAccessibleName(t("import.into"))
        self.all_or_nothing = QCheckBox(t("import.all_or_nothing"))
        self.all_or_nothing.toggled.connect(lambda on: self.tell_store())
        self.save = QPushButton(t("action.save_rejects"))
        self.save.clicked.connect(lambda checked=False: self.save_asked.emit())
        self.store = QPushButton()
        self.store.setProperty("main", True)
        self.store.clicked.connect(lambda checked=False: self.store_asked.emit())
        self.says = words("")
        self.says.setProperty("fault", True)
        foot = QHBoxLayout()
        foot.setSpacing(2 * GRID)
        foot.addWidget(words(t("import.into"), muted=True, wrap=False))
        foot.addWidget(self.into)
        foot.addWidget(self.all_or_nothing)
        foot.addWidget(self.says, 1)
        foot.addWidget(self.save)
        foot.addWidget(self.store)
        return foot

    def offer(self, places: tuple[Destination, ...], scheme: str) -> None:
        """The open rounds of a scheme, into which rows may be put."""
        chosen = self.into.currentData()
        self.into.clear()
        self.into.addItem(t("import.into_by_date"), None)
        for place in (one for one in places if scheme in ("", one.scheme)):
            self.into.addItem(place.name, place.round_id)
        self.into.setCurrentIndex(max(0, self.into.findData(chosen)))

    # -- what is seen --------------------------------------------------------------------------------

    def put(self, path: Path, preview: Preview, typed: Typed) -> None:
        """Show what storing the file would do."""
        first, self.preview = self.preview is None, preview
        imported = preview.imported
        new = len(imported.taken) - imported.changed
        self.file.setText(
            t(
                "import.file",
                file=path.name,
                rows=f"{imported.rows:,}",
                new=f"{new:,}",
                changed=f"{imported.changed:,}",
                unchanged=f"{imported.unchanged:,}",
            )
        )
        counts = {
            "rejected": len(imported.by_row()),
            "findings": len(imported.findings),
            "accepted": imported.accepted,
        }
        self.figures.put(counts, MEANINGS)
        self.headings.put(imported.unknown, typed.headings, needed=False)
        self._tell_hidden([row.row for row in imported.hidden])
        faults = self._in_order(_faults(preview, typed))
        self.faults.put(faults)
        self.fault_stack.setCurrentIndex(0 if faults else 1)
        self._put_taken(preview)
        self._tell_fault()
        self.tell_store()
        if first:
            self.figures.choose(next((name for name in Figures.NAMES if counts[name]), "accepted"))
            self.faults.setFocus()

    def _in_order(self, faults: list[Fault]) -> list[Fault]:
        """In the file's order; within a row a cell stays where it was first shown."""
        for fault in faults:
            self.first_shown.setdefault(fault.cell, len(self.first_shown))
        return sorted(faults, key=lambda fault: (fault.cell[:2], self.first_shown[fault.cell]))

    def _put_taken(self, preview: Preview) -> None:
        imported = preview.imported
        self.accepted.put(
            [
                (row.row, row.case, row.applicant, row.contract_amount_fen, row.version)
                for row in imported.taken
            ]
        )
        names = {row.case: row.applicant for row in imported.taken}
        self.findings.put(
            [
                (
                    case,
                    names.get(case, ""),
                    finding(code, other, language()),
                    other if other in preview.clashes else None,
                )
                for case, code, other in imported.findings
            ]
        )

    def _tell_hidden(self, rows: list[int]) -> None:
        """Rows that who looked at the table could not see are asked about."""
        named: list[int | str] = [*rows[:MOST_ROWS_NAMED], *["…"][: len(rows) > MOST_ROWS_NAMED]]
        self.hidden.setText(t("import.hidden", count=len(rows), rows=named))
        self.hidden.setVisible(bool(rows))

    def forget(self) -> None:
        """Another file comes."""
        self.hidden.setChecked(False)
        self.preview = None
        self.first_shown.clear()

    def typing(self) -> bool:
        """Whether someone is typing in a cell."""
        return self.faults.editing()

    def busy(self, says: str) -> None:
        """The file is read again; until then it can't be stored."""
        self.store.setEnabled(False)
        self.says.setText(says)

    def _tell_fault(self) -> None:
        """The whole sentence of the cell one stands on, and the case that it clashes with."""
        fault = self.faults.current()
        clash = self.preview.clashes.get(fault.clash) if fault and self.preview else None
        said = "" if fault is None else fault.says
        if clash is not None:
            said += "\n" + t(
                "import.clash",
                case=clash.case,
                applicant=clash.applicant,
                state=t(f"state.{clash.state}"),
                on=clash.applied_on,
            )
            self.clash.setText(t("import.open_clash", case=clash.case))
        self.detail.setText(said)
        self.clash.setVisible(clash is not None)
        self.confirm.setVisible(fault is not None and bool(fault.code))

    def _confirm(self) -> None:
        """The code one stands on is as the licence has it."""
        fault = self.faults.current()
        if fault is not None and fault.code:
            confirm_code.ask(self, fault.code, self.confirmed.emit)

    def _open_clash(self) -> None:
        fault = self.faults.current()
        if fault is not None and fault.clash:
            self.opened.emit(fault.clash)

    def _open_other(self, number: int) -> None:
        """The case of the office that a finding names."""
        other = self.findings.rows[number][3]
        if other is not None:
            self.opened.emit(other)

    def tell_store(self) -> None:
        """What the button would do, in numbers."""
        if self.preview is None:
            return
        imported = self.preview.imported
        hindered = self.all_or_nothing.isChecked() and bool(imported.rejected)
        self.store.setText(t("import.store", count=imported.accepted))
        unasked = bool(imported.hidden) and not self.hidden.isChecked()
        self.store.setEnabled(bool(imported.accepted) and not hindered and not unasked)
        self.save.setEnabled(bool(imported.rejected))
        says = ""
        if hindered:
            says = t("import.hindered", count=len(imported.by_row()))
        elif not imported.accepted:
            says = t("import.nothing_to_store")
        elif unasked:
            says = t("import.hidden_unasked")
        self.says.setText(says)

    def _type(self, cell: Cell, text: str) -> None:
        fault = next(one for one in self.faults.faults.faults if one.cell == cell)
        self.typed.emit(cell, None if text == fault.value else text)


def _faults(preview: Preview, typed: Typed) -> list[Fault]:
    """Cells that are not taken, and those that are since they were typed over."""
    was = {(each.sheet, each.row, each.heading): each.was for each in preview.imported.retyped}
    found = [_fault(preview, typed, reject, was) for reject in preview.imported.rejected]
    there = {fault.cell for fault in found}
    units = preview.imported.units
    found += [
        Fault(cell, was.get(cell, ""), text, "", unit_fen=units.get((cell[0], cell[2]), 0))
        for cell, text in typed.cells.items()
        if cell not in there
    ]
    return found


def _fault(preview: Preview, typed: Typed, reject: Reject, was: dict[Cell, str]) -> Fault:
    cell = (reject.sheet, reject.row, reject.column)
    clash = reject.value if reject.value in preview.clashes and reject.reason == "duplicate_case" else ""
    says = reject.say(language())
    place = t("import.at", row=reject.row, column=reject.column)
    why = says.removeprefix(place).removeprefix(place.rstrip("：:")).strip()
    return Fault(
        cell,
        was.get(cell, reject.value),
        typed.cells.get(cell),
        why,
        says,
        clash,
        fixed=not reject.column,
        code=creditcode.normalise(reject.value) if reject.why == CHECK else "",
        unit_fen=preview.imported.units.get((reject.sheet, reject.column), 0),
    )
