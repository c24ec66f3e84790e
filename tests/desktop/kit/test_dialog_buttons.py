"""The row of buttons: the main one does it and leaves the dialog open, the other one closes it."""

from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from desktop.kit.dialog_buttons import CloseButton, DialogButtons
from desktop.kit.language import t


def test_yes_does_it_and_no_goes_away(dressed: QApplication) -> None:
    dialog, done = QDialog(), list[str]()
    buttons = DialogButtons(dialog, "存入", lambda: done.append("yes"))
    dialog.rejected.connect(lambda: done.append("no"))
    dialog.show()
    assert buttons.yes.property("main") is True and buttons.no.text() == t("dialog.not_now")
    buttons.yes.click()
    assert done == ["yes"] and dialog.isVisible()
    buttons.no.click()
    assert done == ["yes", "no"] and not dialog.isVisible()


def test_what_only_shows_has_one_button(dressed: QApplication) -> None:
    dialog = QDialog()
    buttons = CloseButton(dialog)
    dialog.show()
    (close,) = buttons.findChildren(QPushButton)
    close.click()
    assert not dialog.isVisible()
