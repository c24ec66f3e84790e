"""The question whether a credit code whose check character does not fit stands so on the licence."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from casework.cases.confirmed_codes import Confirmed, confirmed
from desktop.kit.ask_dialog import AskDialog
from desktop.kit.language import t


def ask(parent: QWidget, code: str, then: Callable[[Confirmed], object]) -> AskDialog:
    """Asks for the reason, and hands on the code that is let in with it."""

    def do(dialog: AskDialog, values: dict[str, str]) -> None:
        let_in = confirmed([(code, values["confirm_code.reason"])])
        dialog.accept()
        then(let_in)

    says = t("confirm_code.says", code=code)
    dialog = AskDialog(parent, "action.confirm_code", says, {"confirm_code.reason": QLineEdit()}, do)
    dialog.open()
    return dialog
