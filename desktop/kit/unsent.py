"""What is typed into a dialog and not done: on the disk when the window ends, back when it is asked again.

A logout, another person at the lock or the end of the program takes a dialog away without asking; what
stood in it is there again the next time. Once it is done, or put away by who typed it, nothing is kept.
"""

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPlainTextEdit, QWidget

from desktop.kit.desk import Desk
from desktop.kit.drafts import OwnDrafts, named

Field = QLineEdit | QComboBox | QPlainTextEdit


class Unsent(QObject):
    """The words of one dialog.

    Args:
        about: what the dialog asks, of what: the same words mean the same dialog.
        fields: by name, in the order in which they are put back; passwords are left alone. It may grow
            (`take_up`).
    """

    def __init__(self, dialog: QDialog, desk: Desk, about: str, fields: Mapping[str, Field]) -> None:
        super().__init__(dialog)
        self.drafts, self.name = OwnDrafts(desk, "dialogs"), named(about)
        self.fields, self.begun = fields, dict[str, str]()
        self.over = False
        kept = self.drafts.read(self.name)
        self.left = dict(kept.fields) if kept is not None else {}
        for name in fields:
            self.take_up(name)
        dialog.finished.connect(self._finished)

    def take_up(self, name: str) -> None:
        """Put back what was left in a field; what it says by itself is not kept."""
        field = self.fields[name]
        self.begun[name] = text_in(field)
        if name in self.left and not _secret(field):
            put_in(field, self.left[name])

    def keep(self) -> None:
        """Have it on the disk, where something was typed and the dialog still asks."""
        said = {name: text_in(field) for name, field in self.fields.items() if not _secret(field)}
        if not self.over:
            self.drafts.put(
                self.name, said if any(said[name] != self.begun.get(name) for name in said) else {}
            )

    def _finished(self, result: int) -> None:
        self.over = True
        self.drafts.discard(self.name)


def keep_all(window: QWidget) -> None:
    """Have what is typed into the dialogs of a window on the disk, hidden behind the lock or not."""
    for dialog in window.findChildren(Unsent):
        dialog.keep()


def _secret(field: Field) -> bool:
    return isinstance(field, QLineEdit) and field.echoMode() != QLineEdit.EchoMode.Normal


def text_in(field: Field) -> str:
    """What stands in a field, as one reads it."""
    if isinstance(field, QComboBox):
        return field.currentText()
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()


def put_in(field: Field, text: str) -> None:
    """Have a field hold what `text_in` gave of one like it."""
    if isinstance(field, QPlainTextEdit):
        field.setPlainText(text)
    elif isinstance(field, QLineEdit):
        field.setText(text)
    elif (at := field.findText(text)) >= 0:
        field.setCurrentIndex(at)
    elif field.isEditable():
        field.setEditText(text)
