"""A code is confirmed from the licence with a reason, or not at all."""

from collections.abc import Mapping

from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop.kit import confirm_code
from desktop.kit.language import t

WRONG = "91350203M000100X18"


def test_a_reason_is_asked_for_and_handed_on(dressed: QApplication) -> None:
    told: list[Mapping[str, str]] = []
    parent = QWidget()
    dialog = confirm_code.ask(parent, WRONG, told.append)
    assert dialog.windowTitle() == t("action.confirm_code")
    dialog.yes.click()
    assert dialog.fault.text() and not told, "no code without a reason"
    (field,) = dialog.fields.values()
    assert isinstance(field, QLineEdit)
    field.setText("与营业执照一致")
    dialog.yes.click()
    assert told == [{WRONG: "与营业执照一致"}]
    parent.deleteLater()
