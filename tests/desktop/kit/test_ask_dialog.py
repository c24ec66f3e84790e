"""A dialog that asks keeps what was typed where it is refused, and says why beside the fields."""

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from casework.core.refused import Refused
from desktop.kit.ask_dialog import AskDialog, combo, secret
from desktop.kit.language import language


def test_what_is_asked_is_handed_over_and_a_refusal_stays(dressed: QApplication) -> None:
    parent = QWidget()
    role, reason, note = combo({"officer": "经办", "approver": "审定"}), QLineEdit(" 调岗 "), QPlainTextEdit()
    given: list[dict[str, str]] = []
    dialog = AskDialog(
        parent,
        "people.roles",
        "…",
        {"people.role": role, "people.name": reason, "people.full_name": note},
        lambda dialog, values: given.append(values),
    )
    role.setCurrentIndex(1)
    dialog.yes.click()
    assert given == [{"people.role": "approver", "people.name": "调岗", "people.full_name": ""}]
    assert not dialog.yes.isEnabled(), "one click is one act"
    refusal = Refused("refused.reason_missing", act="give_role")
    dialog.refuse(refusal)
    assert dialog.fault.text() == refusal.say(language())
    assert dialog.yes.isEnabled() and reason.text() == " 调岗 "
    parent.deleteLater()


def test_a_password_is_not_shown(dressed: QApplication) -> None:
    field = secret()
    field.setText("geheim")
    assert field.displayText() != field.text()


def test_what_was_typed_wrongly_is_said_beside_the_fields(dressed: QApplication) -> None:
    parent = QWidget()
    refusal = Refused("refused.bad_field", field="…", value="")

    def do(dialog: AskDialog, values: dict[str, str]) -> None:
        raise refusal

    dialog = AskDialog(parent, "people.roles", "…", {"people.name": QLineEdit()}, do)
    dialog.yes.click()
    assert dialog.fault.text() == refusal.say(language())
    assert dialog.yes.isEnabled()
    parent.deleteLater()
