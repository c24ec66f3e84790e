"""An office of an earlier version: what bringing it up means, where the copy will lie, and doing it.

The work runs away from the window's thread. Until the copy is whole it can be stopped; whatever goes wrong is
said in one sentence, and the office is as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from desktop.kit.ask_dialog import secret
from desktop.kit.dialog_buttons import DialogButtons
from desktop.kit.jobs import Job, Workers
from desktop.kit.language import language, t
from desktop.kit.theme import GRID
from desktop.kit.widgets import FaultLabel, words

if TYPE_CHECKING:
    from casework.core.refused import Refused

    Told = Refused | None

FINE = 1000
"""Steps of the bar: an office may have more bytes than it can count."""


class UpgradeOffer(QDialog):
    """Offers to bring an office's file up, does it, and calls ``then`` with the file."""

    def __init__(self, parent: QWidget, where: str, then: Callable[[str], object]) -> None:
        super().__init__(parent)
        self.where, self.then = where, then
        self.job: Job[Told] | None = None
        self.asked = False
        self.workers = Workers(self._broken, self)
        self.workers.moved.connect(self._moved)
        self.setWindowTitle(t("older.title"))
        self.setMinimumWidth(480)
        path = Path(where).absolute()
        self.stage = words("", small=True)
        self.stage.hide()
        self.bar = QProgressBar(self)
        self.bar.setRange(0, FINE)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.fault = FaultLabel(self)
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.addWidget(words(t("older.says", office=path.name, folder=path.parent)))
        self.name, self.password = QLineEdit(self), secret()
        column.addWidget(self._asks())
        for each in (self.stage, self.bar, self.fault, self._buttons()):
            column.addWidget(each)
        self.finished.connect(lambda result: self.deleteLater())

    def _asks(self) -> QWidget:
        """One of its people brings an office up; in a demonstration there is nobody to be told apart."""
        from casework.founding import older_door
        from models.faults import OfficeFault

        try:
            older = older_door.look(self.where)
        except OfficeFault:  # it is said when one begins
            older = None
        if older is not None and older.people is None:
            return words(t("older.nobody"), muted=True)
        fields = QWidget(self)
        form = QFormLayout(fields)
        form.setContentsMargins(0, 0, 0, 0)
        for code, field in (("welcome.name", self.name), ("welcome.password", self.password)):
            field.setAccessibleName(t(code))
            form.addRow(t(code), field)
        fields.setHidden(older is None or older.demonstration)
        self.asked = not fields.isHidden()
        return fields

    def _buttons(self) -> QDialogButtonBox:
        buttons = DialogButtons(self, t("older.yes"), self._begin)
        self.yes, self.no = buttons.yes, buttons.no
        return buttons

    def _begin(self) -> None:
        from casework.core.refused import Refused, of_the_machine
        from casework.founding import older_door
        from casework.founding.office_upgrade import bring_up
        from models.faults import OfficeFault

        name, password, asked = self.name.text().strip(), self.password.text(), self.asked

        def work(job: Job[Told]) -> Told:
            try:
                older = older_door.look(self.where) if asked else None
                if older is not None:
                    older.sign_in(name, password)
                bring_up(self.where, progress=job.step)
            except Refused as refused:
                return refused
            except OfficeFault as fault:
                return of_the_machine(fault)
            return None

        self._working(True)
        self.stage.setText(t("older.copying"))
        self.fault.clear()
        self.job = self.workers.start(work, self._came, refused=self._stopped, owner=self, pool="act")

    def _working(self, yes: bool) -> None:
        self.yes.setEnabled(not yes)
        self.bar.setVisible(yes)
        self.stage.setVisible(yes)
        self.bar.setValue(0)
        if not yes:
            self.job = None
            self.stage.clear()

    def _moved(self, job: object, done: int, of: int) -> None:
        self.bar.setValue(done * FINE // of)
        if done == of:
            self.no.setEnabled(False)
            self.stage.setText(t("older.changing"))

    def _came(self, fault: Told) -> None:
        if fault is not None:
            self._failed(fault.say(language()))
            return
        self.password.clear()
        self._working(False)
        self.accept()
        self.then(self.where)

    def _stopped(self, refusal: Exception) -> None:
        self._working(False)
        self.reject()

    def _broken(self, bug: Exception) -> None:
        self._failed(t("older.failed"))
        raise bug  # to the one hook that shows bugs

    def _failed(self, sentence: str) -> None:
        self._working(False)
        self.no.setEnabled(True)
        self.fault.setText(sentence)
        self.fault.setAccessibleName(sentence)

    def reject(self) -> None:
        """Not now; while it works, ask it to stop and wait for it."""
        if self.job is not None:
            self.job.cancel()
            return
        super().reject()

    def done(self, result: int) -> None:
        """Close; the thread has nothing to do any more."""
        self.workers.stop()
        super().done(result)
