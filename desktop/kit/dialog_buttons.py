"""The row of buttons at a dialog's foot: the one thing that it does, and not now.

Enter does the one thing in every dialog and Escape puts every dialog away; a button that one has gone to by
Tab is pressed by Enter itself.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton

from desktop.kit.language import t

Role = QDialogButtonBox.ButtonRole


class _Foot(QDialogButtonBox):
    """A row whose `first` button Enter presses."""

    first: QPushButton

    def event(self, event: QEvent) -> bool:
        """A button becomes a dialog's default only from within it; before, the dialog takes the first button
        that it finds."""
        if event.type() == QEvent.Type.ParentChange:
            self.first.setDefault(True)
        return super().event(event)


class DialogButtons(_Foot):
    """`yes` is marked as the main button and does what the dialog is for; `no` puts the dialog away.

    Args:
        yes: the words of the main button.
        do: what it does; the dialog closes itself once that is done.
    """

    def __init__(self, dialog: QDialog, yes: str, do: Callable[[], object]) -> None:
        super().__init__()
        self.yes: QPushButton = self.addButton(yes, Role.ActionRole)
        self.first = self.yes
        self.yes.setProperty("main", True)
        self.yes.clicked.connect(lambda checked=False: do())
        self.no: QPushButton = self.addButton(t("dialog.not_now"), Role.RejectRole)
        self.rejected.connect(dialog.reject)


class CloseButton(_Foot):
    """The one button of a dialog that only shows something."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__()
        self.first = self.addButton(t("policies.check.close"), Role.RejectRole)
        self.rejected.connect(dialog.reject)


class CloseAside(QDialogButtonBox):
    """The same where Enter does another thing than close: pressed by the mouse, by Space, or by Enter where
    one has gone to it by Tab."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__()
        button: QPushButton = self.addButton(t("policies.check.close"), Role.RejectRole)
        button.setAutoDefault(False)  # else a dialog without a default takes it for one
        self.rejected.connect(dialog.reject)
