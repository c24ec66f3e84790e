"""Who sits down: account and password, and the seconds that one waits after wrong ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.kit.countdown import Countdown
from desktop.kit.language import language, t
from desktop.kit.theme import GRID
from desktop.program.start_step import Step

if TYPE_CHECKING:
    from casework.core.office import Office
    from casework.core.refused import Refused

DEMO_PEOPLE = (
    "officer",
    "approver",
    "finance",
    "auditor",
    "system",
    "rights",
    "officer2",
    "approver2",
    "finance2",
)


class Signing(Step):
    """Who sits down. Where nobody's password counts, the office is only read, without one.

    Args:
        settings: who signed in last.
        sign_in: called with the account and the password.
        other: another office is wanted.
    """

    code = "signing"

    def __init__(
        self,
        start: QWidget,
        settings: QSettings,
        sign_in: Callable[[str, str], object],
        other: Callable[[], object],
    ) -> None:
        super().__init__(start)
        self.settings, self.sign_in = settings, sign_in
        self.where = _small(self)
        self.column.addWidget(self.where)
        self.hint = _small(self)
        self.hint.hide()
        self.name = QLineEdit(self)
        self.password = QLineEdit(self)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.fields = self._fields()
        self.enter = self.button("welcome.sign_in", self._sign_in, main=True)
        self.countdown = Countdown(self.enter, self.say)
        row = QHBoxLayout()
        row.addWidget(self.button("welcome.other", other))
        row.addStretch(1)
        row.addWidget(self.enter)
        for widget in (self.fields, self.hint, self.fault):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.column.addLayout(row)
        self.name.textChanged.connect(lambda text: self.countdown.of(text.strip()))
        self.name.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self.enter.click)

    def _fields(self) -> QWidget:
        fields = QWidget(self)
        column = QVBoxLayout(fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for code, field in (("welcome.name", self.name), ("welcome.password", self.password)):
            field.setAccessibleName(t(code))
            pair = QVBoxLayout()
            pair.setSpacing(GRID // 2)
            pair.addWidget(QLabel(t(code), self))
            pair.addWidget(field)
            column.addLayout(pair)
        return fields

    def show_office(self, office: Office) -> None:
        """Say which office it is; a demonstration offers its people and says their password, a trial office
        says that everybody knows its passwords."""
        from casework.core.office_settings import name_of
        from models.faults import OfficeFault

        try:
            name = name_of(office)
        except OfficeFault:  # somebody has been at it: what it is called may not be readable
            name = ""
        self.where.setText(t("welcome.where", office=name or str(office.store.name)))
        self.password.clear()
        self.say("")
        self.hint.setVisible(bool(office.mark))
        self.hint.setText(t(f"welcome.{office.mark}", people=DEMO_PEOPLE) if office.mark else "")
        self.fields.setVisible(not office.nobody_known)
        self.enter.setText(t("welcome.read" if office.nobody_known else "welcome.sign_in"))
        if office.nobody_known and (why := office.only_read) is not None:
            self.hint.hide()
            self.say(t(why.code, **why.params))
            self.enter.setFocus()
            return
        self.name.setText(str(self.settings.value("person", DEMO_PEOPLE[0] if office.demonstration else "")))
        (self.password if self.name.text() else self.name).setFocus()

    def refuse(self, refusal: Refused) -> None:
        """Say why nobody was let in, and count down where one has to wait."""
        self.say(refusal.say(language()))
        self.countdown.begin(refusal, self.name.text().strip())

    def _sign_in(self) -> None:
        self.sign_in(self.name.text().strip(), self.password.text())
        self.password.selectAll()


def _small(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setProperty("small", True)
    label.setWordWrap(True)
    return label
