"""A password that somebody else gave: changed before anything else, and told by whom and when it came."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.kit.language import language, t
from desktop.kit.new_password import NewPassword
from desktop.program.start_step import Step
from words.shown import shown

if TYPE_CHECKING:
    from casework.people.signing_in import Standing


class Changing(Step):
    """Asks for a new password of the person's own. One that was proposed and does not hold yet
    (`Standing.waits`) may be left as it is.

    Args:
        change: called with the password that was chosen.
        later: goes on without.
        back: to who signs in.
    """

    code = "changing"

    def __init__(
        self,
        start: QWidget,
        change: Callable[[str], object],
        later: Callable[[], object],
        back: Callable[[], object],
    ) -> None:
        super().__init__(start)
        self.change = change
        self.names: tuple[str, ...] = ()
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.password = NewPassword(lambda: self.names, self)
        self.later = self.button("welcome.change.later", later)
        self.yes = self.button("welcome.change.yes", self._change, main=True)
        self.password.entered.connect(self.yes.click)
        row = QHBoxLayout()
        row.addWidget(self.button("welcome.back", back))
        row.addStretch(1)
        row.addWidget(self.later)
        row.addWidget(self.yes)
        for widget in (self.told, self.password, self.fault):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.column.addLayout(row)

    def show_person(self, names: tuple[str, ...], stands: Standing) -> None:
        """Say by whom and when a password was given, and ask for another."""
        self.names = names
        code = "welcome.change.waits" if stands.waits else "welcome.change.given"
        at = "" if stands.reset_at is None else shown("at", stands.reset_at, language())
        self.told.setText(t(code, by=stands.reset_by, at=at))
        self.told.setAccessibleName(self.told.text())
        self.later.setVisible(not stands.must_change)
        self.password.clear()
        self.say("")
        self.password.setFocus()

    def _change(self) -> None:
        fault = self.password.fault()
        if fault:
            self.say(fault)
            return
        self.change(self.password.text())
