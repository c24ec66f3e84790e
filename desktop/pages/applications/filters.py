"""Filters by column: a chip for each that is in force, and a small dialog to set one."""

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from casework.boards.application_list import BY_NAME, Filter
from casework.core.refused import Refused
from desktop.kit.flow_layout import Flow
from desktop.kit.language import language, t
from desktop.kit.money_field import MoneyField, echoed
from desktop.kit.theme import GRID, ROW
from desktop.kit.widgets import FaultLabel
from rules import money

VALUE = int(Qt.ItemDataRole.UserRole)
SHOWN = 2
"""Values that a chip names; of more it says how many."""
_DAY = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?")

WordsOf = Callable[[str, Any], str]


def words_of(one: Filter, said: WordsOf) -> str:
    """A filter as its chip says it."""
    heading = t(f"applications.column.{one.column}")
    if one.op == "in":
        values = [said(one.column, value) for value in one.values]
        text = (
            t("applications.filter.several", first=values[0], count=len(values))
            if len(values) > SHOWN
            else t("applications.filter.or").join(values)
        )
    elif one.op == "contains":
        text = t("applications.filter.contains", text=str(one.values[0]))
    else:
        low, high = (None if value is None else _shown(value) for value in one.values)
        code = "between" if low and high else "from" if low else "until"
        text = t(f"applications.filter.{code}", low=low, high=high)
    return t("applications.filter.chip", column=heading, text=text)


def _shown(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else money.grouped(value)


class FilterBar(QWidget):
    """The filters in force, each with a way to change it and one to take it away.

    Signals:
        change_asked, drop_asked: a column's name.
    """

    change_asked = Signal(str)
    drop_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = Flow(self)

    def show_filters(self, filters: Sequence[Filter], said: WordsOf) -> None:
        """Show these."""
        while (item := self.row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in filters:
            self.row.addWidget(self._chip(one.column, words_of(one, said)))
        self.setVisible(bool(filters))
        self.updateGeometry()

    def _chip(self, column: str, text: str) -> QFrame:
        chip = QFrame(self)
        chip.setProperty("card", True)
        change, drop = QPushButton(text, chip), QPushButton("✕", chip)
        for button in (change, drop):
            button.setProperty("flat", True)
        change.setToolTip(text)
        drop.setAccessibleName(t("applications.filter.drop", what=text))
        drop.setToolTip(t("applications.filter.drop", what=text))
        drop.setFixedWidth(28)
        change.clicked.connect(lambda checked=False: self.change_asked.emit(column))
        drop.clicked.connect(lambda checked=False: self.drop_asked.emit(column))
        pair = QHBoxLayout(chip)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(0)
        pair.addWidget(change)
        pair.addWidget(drop)
        return chip


class FilterDialog(QDialog):
    """Sets the filter of one column.

    Signals:
        chosen: a `Filter`, or None to take it away.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, column: str, before: Filter | None) -> None:
        super().__init__(parent)
        self.column, self.kind = column, BY_NAME[column].kind
        heading = t(f"applications.column.{column}")
        self.setWindowTitle(t("applications.filter.title", column=heading))
        self.setMinimumWidth(360)
        self.fault = FaultLabel(self)
        amount = self.kind == "money"
        self.low, self.high = (MoneyField() if amount else QLineEdit(self) for _ in range(2))
        self.text = QLineEdit(self)
        self.values = QListWidget(self)
        self.values.setAccessibleName(heading)
        column_ = QVBoxLayout(self)
        column_.setSpacing(GRID)
        self._fields(column_, before)
        column_.addWidget(self.fault)
        column_.addWidget(self._buttons(before is not None))
        self.finished.connect(lambda result: self.deleteLater())

    def _fields(self, column: QVBoxLayout, before: Filter | None) -> None:
        form = QFormLayout()
        between = self.kind in ("money", "moment")
        for field, code in ((self.low, "low"), (self.high, "high")):
            field.setVisible(between)
            if between:
                if not isinstance(field, MoneyField):
                    field.setPlaceholderText(t(f"applications.filter.{self.kind}"))
                field.setAccessibleName(t(f"applications.filter.{code}"))
                shown = echoed(field) if isinstance(field, MoneyField) else field
                form.addRow(t(f"applications.filter.{code}"), shown)
        listed = self.kind in ("choice", "words")
        self.values.setVisible(listed)
        self.text.setVisible(self.kind in ("text", "choice", "words"))
        self.text.setPlaceholderText(
            t("applications.filter.narrow" if listed else "applications.filter.part")
        )
        self.text.setAccessibleName(self.text.placeholderText())
        if listed:
            self.text.textChanged.connect(self._narrow)
        column.addWidget(self.text)
        column.addLayout(form)
        column.addWidget(self.values)
        if before is not None and before.op == "between":
            for field, value in zip((self.low, self.high), before.values, strict=True):
                field.setText("" if value is None else _shown(value))
        elif before is not None and before.op == "contains":
            self.text.setText(str(before.values[0]))
        self.before = before

    def _buttons(self, can_drop: bool) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        yes = QPushButton(t("applications.filter.set"))
        yes.setProperty("main", True)
        yes.setDefault(True)
        buttons.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
        if can_drop:
            drop = buttons.addButton(
                t("applications.filter.away"), QDialogButtonBox.ButtonRole.DestructiveRole
            )
            drop.setAutoDefault(False)
            drop.clicked.connect(self._drop)
        buttons.addButton(t("dialog.not_now"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def offer(self, counts: Mapping[Any, int], said: WordsOf) -> None:
        """The values that the column has, with how often."""
        chosen = set(self.before.values) if self.before is not None and self.before.op == "in" else set()
        for value in dict.fromkeys((*chosen, *counts)):
            item = QListWidgetItem(f"{said(self.column, value)}  {counts.get(value, 0):,}", self.values)
            item.setData(VALUE, [value])
            item.setSizeHint(QSize(0, ROW - 4))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if value in chosen else Qt.CheckState.Unchecked)

    def _narrow(self, text: str) -> None:
        for row in range(self.values.count()):
            item = self.values.item(row)
            item.setHidden(text.casefold() not in item.text().casefold())

    def accept(self) -> None:
        """Hand the filter over; a field that can't be read says so and everything stays."""
        try:
            one = self.filter()
        except Refused as refusal:
            self.fault.setText(refusal.say(language()))
            return
        except ValueError as fault:
            self.fault.setText(str(fault))
            return
        self.chosen.emit(one)
        super().accept()

    def filter(self) -> Filter | None:
        """What the fields say.

        Raises:
            Refused: an amount that can't be read.
            ValueError: with a sentence, for anything else that can't be.
        """
        if self.kind in ("choice", "words"):
            items = [self.values.item(row) for row in range(self.values.count())]
            values = tuple(i.data(VALUE)[0] for i in items if i.checkState() == Qt.CheckState.Checked)
            return Filter(self.column, "in", values) if values else None
        if self.kind == "text":
            text = self.text.text().strip()
            return Filter(self.column, "contains", (text,)) if text else None
        low, high = self._bound(self.low, "low"), self._bound(self.high, "high")
        if low is None and high is None:
            return None
        if low is not None and high is not None and low > high:
            raise ValueError(t("applications.filter.order"))
        return Filter(self.column, "between", (low, high))

    def _bound(self, field: QLineEdit, code: str) -> Any:
        if isinstance(field, MoneyField):
            return field.fen(f"applications.filter.{code}")
        text = unicodedata.normalize("NFKC", field.text()).strip()
        if not text:
            return None
        try:
            found = _DAY.fullmatch(text)
            if found is None:
                raise ValueError
            return datetime.date(*map(int, found.groups()))
        except ValueError:
            raise ValueError(t(f"applications.filter.bad.{self.kind}", text=text)) from None

    def _drop(self) -> None:
        self.chosen.emit(None)
        super().accept()
