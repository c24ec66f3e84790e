"""Dialogs that ask for a few values or a reason: one shape everywhere, the fault beside the fields."""

import datetime
from collections.abc import Callable, Mapping

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from casework.core.change import Change
from casework.core.refused import Refused
from desktop.kit.desk import Desk
from desktop.kit.dialog_buttons import DialogButtons
from desktop.kit.language import language, t
from desktop.kit.theme import GRID
from desktop.kit.unsent import Field as Field
from desktop.kit.unsent import Unsent, put_in, text_in
from desktop.kit.widgets import FaultLabel, words
from words.shown import moment

WIDTH = 480
"""In pixels at 100 %."""


def proposed(person: str, at: datetime.datetime | None, reason: str = "") -> str:
    """Whose proposal a second person has before them: who made it, when, and why where a reason was given."""
    said = t("ask.proposed", person=person, at="" if at is None else moment(at))
    return said + (t("ask.proposed_why", reason=reason) if reason else "") + "\n"


class AskDialog(QDialog):
    """Asks for values and hands them to ``do``; stays open with the reason where it was refused.

    Args:
        title: the code of its title, which is also the button's.
        says: one sentence on what will happen.
        fields: the fields by the code of their label.
        do: called with the texts by code. It calls `act`, or `accept` or `refuse` when it knows; what it
            raises of `Refused` is said beside the fields.
        desk: of whom what is typed is kept where the window ends (`Unsent`); None for what is typed again.
        about: what it is asked of, for that.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        says: str,
        fields: Mapping[str, Field],
        do: Callable[["AskDialog", dict[str, str]], object],
        desk: Desk | None = None,
        about: str = "",
    ) -> None:
        super().__init__(parent)
        self.fields, self.do = dict(fields), do
        self.setWindowTitle(t(title))
        form = QFormLayout()
        form.setSpacing(GRID)
        for code, field in self.fields.items():
            field.setAccessibleName(t(code))
            form.addRow(t(code), field)
        self.fault = FaultLabel(self)
        buttons = DialogButtons(self, t(title), self._yes)
        self.yes = buttons.yes
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        if says:
            label = words(says, muted=True)
            label.setMinimumWidth(WIDTH - 3 * GRID)  # else it is as high as narrow words would be
            column.addWidget(label)
        column.addLayout(form)
        column.addWidget(self.fault)
        column.addWidget(buttons)
        self.setMinimumWidth(WIDTH)
        self.finished.connect(lambda result: self.deleteLater())
        if desk is not None and fields:
            Unsent(self, desk, f"{title} {about}", self.fields)

    def values(self) -> dict[str, str]:
        """What stands in the fields; a combo's data where it has some."""
        return {code: _text(field) for code, field in self.fields.items()}

    def refuse(self, refusal: Refused) -> None:
        """Say beside the fields why it was refused; nothing typed is lost."""
        self.fault.setText(refusal.say(language()))
        self.yes.setEnabled(True)

    def take_over(self, before: "AskDialog") -> None:
        """Stand in the place of a dialog that asked the same, with what was typed there and why it was
        refused."""
        for field, was in zip(self.fields.values(), before.fields.values(), strict=False):
            put_in(field, text_in(was))
        self.fault.setText(before.fault.text())
        before.reject()

    def act(self, desk: Desk, act: Callable[..., Change], *args: object) -> None:
        """Do an act with what was asked: put away when it is done, open with the reason where refused."""
        desk.act(act, *args, then=lambda change: self.accept(), refused=self.refuse, owner=self)

    def _yes(self) -> None:
        self.fault.clear()
        self.yes.setEnabled(False)
        try:
            self.do(self, self.values())
        except Refused as refusal:
            self.refuse(refusal)


def _text(field: Field) -> str:
    if isinstance(field, QComboBox):
        at = field.findText(field.currentText())
        data = field.itemData(at) if at >= 0 else None
        return str(data) if data is not None else field.currentText().strip()
    if isinstance(field, QLineEdit) and field.echoMode() == QLineEdit.EchoMode.Password:
        return field.text()  # a secret is taken as it was typed
    return (field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()).strip()


def combo(choices: Mapping[str, str]) -> QComboBox:
    """A choice among words, by their data."""
    box = QComboBox()
    for data, text in choices.items():
        box.addItem(text, data)
    return box


def secret() -> QLineEdit:
    """A field for a password."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
