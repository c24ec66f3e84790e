"""The cells for which rows were not taken, each with its reason and a place to type what is right."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.kit.language import t
from desktop.kit.money_field import MoneyField, said
from desktop.kit.theme import GRID, ROW, SHAPES, Theme
from desktop.lists.model import ACCESSIBLE, DISPLAY, HORIZONTAL, TOOL_TIP, Index
from desktop.pages.import_.draft import Cell

EDIT = int(Qt.ItemDataRole.EditRole)
UNIT = int(Qt.ItemDataRole.UserRole)
"""Asks a cell for the fen in what a bare number counts there; 0 where it holds no amount."""
FOREGROUND = int(Qt.ItemDataRole.ForegroundRole)

COLUMNS = ("state", "row", "column", "value", "typed", "why")
TYPED = COLUMNS.index("typed")
WIDTHS = {"state": 28, "row": 56, "column": 168, "value": 184, "typed": 208}


class Fault(NamedTuple):
    """A cell: where it stands, what the file says, what was typed, and why it is not taken (nothing: it is).

    `says` is the whole sentence. `clash` is the case of the office that it names too. `fixed` cells can't be
    typed over: they must be mended in the file. `code` is a credit code that the licence may confirm.
    `unit_fen`, in a column of amounts, is the fen in what a bare number counts there.
    """

    cell: Cell
    value: str
    typed: str | None
    why: str
    says: str = ""
    clash: str = ""
    fixed: bool = False
    code: str = ""
    unit_fen: int = 0

    @property
    def mended(self) -> bool:
        """Whether what was typed is taken."""
        return not self.why


class Faults(QAbstractTableModel):
    """The cells as Qt's views read them.

    Signals:
        typed: a cell and what was typed there.
    """

    typed = Signal(object, str)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.faults: tuple[Fault, ...] = ()
        self.many_sheets = False
        self.colours = {
            "why": QColor(theme.stopped),
            "mended": QColor(theme.done),
            "old": QColor(theme.muted),
        }

    def put(self, faults: Sequence[Fault]) -> None:
        """Show these cells."""
        self.beginResetModel()
        self.faults = tuple(faults)
        self.many_sheets = len({fault.cell[0] for fault in faults}) > 1
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """A row a fault."""
        return len(self.faults) if parent is None or not parent.isValid() else 0

    def columnCount(self, parent: Index | None = None) -> int:
        """The columns of the list."""
        return len(COLUMNS) if parent is None or not parent.isValid() else 0

    def text(self, fault: Fault, column: str) -> str:
        """What stands in a cell of the list."""
        sheet, row, heading = fault.cell
        match column:
            case "row":
                return f"{sheet} {row}" if self.many_sheets else str(row)
            case "column":
                return heading
            case "value":
                return fault.value
            case "typed":
                return fault.typed or ""
            case "why":
                return t("import.mended") + self._in_capitals(fault) if fault.mended else fault.why
        return SHAPES["done" if fault.mended else "stopped"]

    @staticmethod
    def _in_capitals(fault: Fault) -> str:
        """How a mended amount was read."""
        if not fault.unit_fen or fault.typed is None:
            return ""
        return f"  {said(fault.typed, fault.unit_fen)}"

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """What a cell shows, edits or says, as Qt asks for it."""
        fault, column = self.faults[index.row()], COLUMNS[index.column()]
        if role == DISPLAY:
            return self.text(fault, column)
        if role == EDIT:
            return fault.value if fault.typed is None else fault.typed
        if role == UNIT:
            return fault.unit_fen
        if role == TOOL_TIP:
            return t("import.fixed") if column == "typed" and fault.fixed else self.text(fault, column)
        if role == ACCESSIBLE:
            said = t("import.mended" if fault.mended else "import.not_taken")
            return said if column == "state" else f"{self._heading(column)} {self.text(fault, column)}"
        if role == FOREGROUND:
            if column == "state":
                return self.colours["mended" if fault.mended else "why"]
            if column == "value" and fault.typed is not None:
                return self.colours["old"]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        """The heading of a column."""
        if orientation == HORIZONTAL and role == DISPLAY:
            return self._heading(COLUMNS[section])
        return None

    @staticmethod
    def _heading(column: str) -> str:
        return "" if column == "state" else t(f"import.faults.column.{column}")

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only the corrected value can be typed, and only where the cell may be corrected."""
        flags = super().flags(index)
        if index.column() == TYPED and not self.faults[index.row()].fixed:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = EDIT) -> bool:
        """Keeps a corrected value; False where it is the same."""
        fault, text = self.faults[index.row()], str(value).strip()
        before = fault.value if fault.typed is None else fault.typed
        if role != EDIT or text == before:
            return False
        faults = list(self.faults)
        faults[index.row()] = fault._replace(typed=text)
        self.faults = tuple(faults)
        self.dataChanged.emit(index, index)
        self.typed.emit(fault.cell, text)
        return True


class Editor(QStyledItemDelegate):
    """The field in which a cell is typed over: with what the file says in it, ready to be changed; for an
    amount the field that amounts are typed into everywhere.

    Signals:
        read: how the amount in the field is read as it stands; nothing where none is being typed.
    """

    read = Signal(str)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A plain field, or one of an amount."""
        unit_fen = index.data(UNIT)
        field = MoneyField(unit_fen=unit_fen, parent=parent) if unit_fen else QLineEdit(parent)
        field.setFrame(False)
        field.setPlaceholderText("")
        field.setAccessibleName(t("import.faults.column.typed"))
        if isinstance(field, MoneyField):
            field.textChanged.connect(lambda text: self.read.emit(field.said()))
            field.destroyed.connect(lambda: self.read.emit(""))
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What stands there, marked to be typed over."""
        assert isinstance(editor, QLineEdit)
        editor.setText(str(index.data(EDIT) or ""))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hands what was typed to the list."""
        assert isinstance(editor, QLineEdit)
        if isinstance(editor, MoneyField):
            editor.settle()
        model.setData(index, editor.text(), EDIT)


class FaultsView(QTableView):
    """The list of cells. Typing on a row goes into its cell; Enter goes on to the next one.

    Signals:
        left: a cell is typed and left.
    """

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.faults = Faults(theme, self)
        self.setModel(self.faults)
        self.editor = Editor(self)
        self.setItemDelegateForColumn(TYPED, self.editor)
        self.setAccessibleName(t("import.faults.table"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        trigger = QAbstractItemView.EditTrigger
        # Never `SelectedClicked` beside `AnyKeyPressed`: what a click opens comes a moment later, over what
        # the first key has opened, marks what is in it, and the next key takes the first one's place.
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        columns.setFixedHeight(ROW + 2)
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setStretchLastSection(True)
        for at, name in enumerate(COLUMNS):
            if name in WIDTHS:
                columns.resizeSection(at, WIDTHS[name])
        columns.setMinimumSectionSize(3 * GRID)

    def put(self, faults: Sequence[Fault]) -> None:
        """Show these cells and stay where one was."""
        row = self.currentIndex().row()
        self.faults.put(faults)
        if faults:
            at = min(max(row, 0), len(faults) - 1)
            self.setCurrentIndex(self.faults.index(at, TYPED))

    def current(self) -> Fault | None:
        """The cell one stands on."""
        row = self.currentIndex().row()
        return self.faults.faults[row] if 0 <= row < len(self.faults.faults) else None

    def closeEditor(self, editor: QWidget, hint: QStyledItemDelegate.EndEditHint) -> None:
        """Enter in a cell goes on to the next."""
        entered = hint == QStyledItemDelegate.EndEditHint.SubmitModelCache
        super().closeEditor(editor, hint)
        below = self.currentIndex().row() + 1
        if entered and below < len(self.faults.faults):
            self.setCurrentIndex(self.faults.index(below, TYPED))
        self.left.emit()

    def editing(self) -> bool:
        """Whether someone is typing in a cell."""
        return self.state() == QAbstractItemView.State.EditingState
