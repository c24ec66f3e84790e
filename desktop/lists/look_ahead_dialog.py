"""What something would do to many cases, seen before it is done: a sentence, a list, a button and progress.

The dialog asks nothing and decides nothing: its maker reads ahead, says what was found, and carries it out.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from casework.core.change import Change
from casework.core.refused import Refused
from casework.money.ceilings import name_of
from desktop.kit.desk import Desk
from desktop.kit.dialog_buttons import DialogButtons
from desktop.kit.fitting import resized
from desktop.kit.jobs import Cancelled, Job
from desktop.kit.language import language, t, titled
from desktop.kit.theme import GRID, Theme
from desktop.kit.unsent import Unsent
from desktop.kit.widgets import words
from desktop.lists.plain_table import PlainTable
from desktop.lists.spec import Column
from rules.pack import Pack

T = TypeVar("T")


class LookAhead(QDialog):
    """A dialog that looks ahead, and then does.

    Args:
        title: the words of its title.
        table: the name of its list, with its columns.
    """

    def __init__(
        self, parent: QWidget, desk: Desk, theme: Theme, title: str, table: str, columns: tuple[Column, ...]
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle(title)
        resized(self, 960, 560)
        self.says, self.fault = words(""), words("")
        self.fault.setProperty("fault", True)
        self.fault.hide()
        self.form = QFormLayout()
        self.form.setSpacing(GRID)
        self.fields: dict[str, QLineEdit] = {}
        self.table = PlainTable(desk, theme, table, columns, cases=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.hide()
        buttons = DialogButtons(self, title, self.carry_out)
        self.yes, self.no = buttons.yes, buttons.no
        self.yes.setEnabled(False)
        self.no.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addWidget(self.says)
        column.addLayout(self.form)
        for widget in (self.table, self.fault, self.progress, buttons):
            column.addWidget(widget, 1 if widget is self.table else 0)
        self.job: Job[Any] | None = None
        self.doing = False
        desk.workers.moved.connect(self._moved)
        self.finished.connect(self._gone)

    def ask(self, code: str, text: str = "", about: str = "") -> QLineEdit:
        """A field that must be filled in before it is done; `about` says of what (`Unsent`)."""
        field = self.fields[code] = QLineEdit(text)
        Unsent(self, self.desk, f"{code} {about}", {code: field})
        field.setAccessibleName(t(code))
        self.form.addRow(t(code), field)
        return field

    def carry_out(self) -> None:
        """Do what was looked ahead at."""
        raise NotImplementedError

    # -- looking -------------------------------------------------------------------------------------

    def look(self, read: Callable[[Job[T]], T], show: Callable[[T], None], *, pool: str = "file") -> None:
        """Read ahead in a worker; ``show`` says what was found."""
        self.says.setText(t("ahead.looking"))
        self._work()
        self.job = self.desk.workers.start(
            read, lambda found: self._looked(found, show), refused=self._refused, owner=self, pool=pool
        )

    def _looked(self, found: T, show: Callable[[T], None]) -> None:
        self._rest()
        show(found)

    def offer(self, sentence: str, rows: Sequence[tuple[Any, ...]], button: str, *, ready: bool) -> None:
        """Say what would be done, and offer it."""
        self.says.setText(sentence)
        self.table.put(rows)
        self.yes.setText(button)
        self.yes.setEnabled(ready)
        self.yes.setDefault(True)

    # -- doing ---------------------------------------------------------------------------------------

    def go(self, act: Callable[[Job[Change]], Change], done: Callable[[Change], None], sentence: str) -> None:
        """Do it in a worker. The button for not now stops it; what is done then stays done."""
        self.fault.hide()
        self.says.setText(sentence)
        self.yes.setEnabled(False)
        self.no.setText(t("message.cancel"))
        self.doing = True
        self._work()
        self.job = self.desk.long_act(
            act, then=lambda change: self._done(change, done), refused=self._refused, owner=self
        )

    def _done(self, change: Change, done: Callable[[Change], None]) -> None:
        self.doing = False
        self._rest()
        for field in self.fields.values():
            field.setEnabled(False)
        self.yes.hide()
        self.no.setText(t("ahead.close"))
        self.no.setDefault(True)
        done(change)

    def told(self, sentence: str, rows: Sequence[tuple[Any, ...]] | None, meaning: str = "done") -> None:
        """Say what was done, here and in the place of messages."""
        self.says.setText(sentence)
        if rows is not None:
            self.table.put(rows)
        self.desk.say(sentence, meaning)

    def blame(self, refusal: Refused) -> None:
        """Say what was refused, beside what was asked."""
        self.fault.setText(refusal.say(language()))
        self.fault.show()

    # -- in between ----------------------------------------------------------------------------------

    def _work(self) -> None:
        self.progress.setRange(0, 0)
        self.progress.show()

    def _rest(self) -> None:
        self.job = None
        self.progress.hide()

    def _moved(self, job: object, done: int, of: int) -> None:
        if job is self.job:
            self.progress.setRange(0, of)
            self.progress.setValue(done)

    def _refused(self, refusal: Exception) -> None:
        self._rest()
        self.doing = False
        self.no.setText(t("dialog.not_now"))
        if isinstance(refusal, Refused):
            self.says.clear()
            self.blame(refusal)
            self.yes.setEnabled(bool(self.fields))
        elif not isinstance(refusal, Cancelled):
            raise refusal

    def reject(self) -> None:
        """Not now; what is being done is stopped first, and then says how far it came."""
        if self.doing and self.job is not None:
            self.job.cancel()
        else:
            super().reject()

    def _gone(self, result: int) -> None:
        if self.job is not None:
            self.job.cancel()
        self.deleteLater()


def going(job: Job[Any]) -> Callable[[int, int], bool]:
    """Says how far a job is, and whether to go on."""

    def progress(done: int, of: int) -> bool:
        job.report(done, of)
        return not job.cancelled

    return progress


def left(change: Change) -> str:
    """Where many acts were stopped midway: how many were not come to."""
    count = change.facts.get("left", 0)
    return " " + t("ahead.left", left=count) if count else ""


def budget_name(key: str, pack: Pack | None) -> str:
    """A year's budget by the name of its programme; by its key where no pack names it."""
    if pack is None:
        return key
    return name_of(key, titled(pack), language())
