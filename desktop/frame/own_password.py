"""One's own password: the old one, a new one twice, and what is wrong with it while it is typed."""

from PySide6.QtWidgets import QDialog, QFormLayout, QVBoxLayout, QWidget

from casework.core.refused import Refused
from casework.people import accounts, signing_in
from desktop.kit.ask_dialog import WIDTH, secret
from desktop.kit.countdown import Countdown
from desktop.kit.desk import Desk
from desktop.kit.dialog_buttons import DialogButtons
from desktop.kit.language import language, t
from desktop.kit.new_password import NewPassword
from desktop.kit.theme import GRID
from desktop.kit.widgets import FaultLabel, words


class OwnPassword(QDialog):
    """Changes the password of the person at the desk; stays open with the reason where it was refused."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.names: tuple[str, ...] = (desk.person,)
        self.setWindowTitle(t("action.change_password"))
        self.old = secret()
        self.old.setAccessibleName(t("password.old"))
        self.new = NewPassword(lambda: self.names, self)
        self.fault = FaultLabel(self)
        buttons = DialogButtons(self, t("action.change_password"), self._yes)
        self.yes = buttons.yes
        self.yes.setDefault(True)
        self.old.returnPressed.connect(self.new.setFocus)
        self.new.entered.connect(self.yes.click)
        self.countdown = Countdown(self.yes, self.fault.setText)
        form = QFormLayout()
        form.setSpacing(GRID)
        form.addRow(t("password.old"), self.old)
        form.addRow(t("password.new"), self.new)
        label = words(t("password.own"), muted=True)
        label.setMinimumWidth(WIDTH - 3 * GRID)
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.addWidget(label)
        column.addLayout(form)
        column.addWidget(self.fault)
        column.addWidget(buttons)
        self.setMinimumWidth(WIDTH)
        self.finished.connect(lambda result: self.deleteLater())
        person = desk.person
        desk.read(lambda office: signing_in.names_of(office, person), self._named, owner=self)

    def _named(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.new.look()

    def _yes(self) -> None:
        self.fault.setText(self.new.fault())
        if self.fault.text():
            return
        self.yes.setEnabled(False)
        self.desk.act(
            accounts.change_password,
            self.old.text(),
            self.new.text(),
            then=lambda change: self._done(),
            refused=self._refused,
            owner=self,
        )

    def _done(self) -> None:
        self.desk.say(t("password.changed"))
        self.accept()

    def _refused(self, refusal: Refused) -> None:
        self.yes.setEnabled(True)
        self.fault.setText(refusal.say(language()))
        self.countdown.begin(refusal)
