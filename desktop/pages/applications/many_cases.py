"""One act on many cases: choose it, see what it would do to each, do it, and read what came of each.

They go in the order of application, and are shown so, behind those that are refused.

What the preview shows was tried by the office itself and taken back; nothing here knows what is allowed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from casework.award.closed_budgets import Stopped
from casework.core import look_ahead, on_many_cases
from casework.core.act_table import STAGES
from casework.core.change import Change
from casework.core.office import SHANGHAI, Office
from casework.core.on_many_cases import Effect
from casework.core.refused import Refused
from desktop.kit.desk import Desk
from desktop.kit.fact_fields import QuietCombo
from desktop.kit.fitting import resized
from desktop.kit.jobs import Cancelled, Job
from desktop.kit.language import language, t, t_or
from desktop.kit.theme import GRID, ROW
from desktop.kit.unsent import Unsent
from desktop.kit.widgets import FaultLabel, words
from desktop.lists.look_ahead_dialog import going, left
from rules.money import grouped

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
AWARD = 4
"""The column of the award."""
LISTED = 2000
"""Cases that the table of a preview names one by one; the sentence above counts all."""


class BulkDialog(QDialog):
    """An act on the cases that are selected.

    Args:
        fitting: the acts to choose from, with how many of the cases stand in a state for each.
    """

    def __init__(self, parent: QWidget, desk: Desk, cases: Sequence[str], fitting: Mapping[str, int]) -> None:
        super().__init__(parent)
        self.desk, self.cases = desk, list(cases)
        self.job: Job[Any] | None = None
        self.doing = False
        self.setWindowTitle(t("applications.bulk.title", cases=len(cases)))
        resized(self, 760, 520)
        self.act = _choice(
            {name: t("applications.bulk.fits", act=t(f"act.{name}"), fits=n) for name, n in fitting.items()}
        )
        self.act.setCurrentIndex(self.act.findData(max(fitting, key=fitting.__getitem__, default="")))
        self.act.setAccessibleName(t("applications.bulk.act"))
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self.says, self.fault = words(""), FaultLabel(self)
        self.table = self._table()
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self._lay_out()
        self.act.currentIndexChanged.connect(self._act_chosen)
        self.finished.connect(self._leave)
        desk.workers.moved.connect(self._moved)
        self._act_chosen()

    def _table(self) -> QTreeWidget:
        table = QTreeWidget(self)
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setAlternatingRowColors(True)
        table.setAccessibleName(t("applications.bulk.table"))
        columns = ("applied", "case", "before", "after", "award", "why")
        table.setHeaderLabels([t(f"applications.bulk.{name}") for name in columns])
        for section, width in enumerate((128, 128, 84, 84, 120)):
            table.header().resizeSection(section, width)
        table.headerItem().setTextAlignment(AWARD, RIGHT)
        table.header().setSectionResizeMode(AWARD + 1, QHeaderView.ResizeMode.Stretch)
        return table

    def _lay_out(self) -> None:
        self.form = QFormLayout()
        self.form.setSpacing(GRID)
        self.form.addRow(t("applications.bulk.act"), self.act)
        buttons = QDialogButtonBox(self)
        self.try_, self.do = QPushButton(t("applications.bulk.preview")), QPushButton()
        self.do.setProperty("main", True)
        self.do.setDefault(True)
        for button in (self.try_, self.do):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self.close_ = buttons.addButton(t("dialog.not_now"), QDialogButtonBox.ButtonRole.RejectRole)
        self.try_.clicked.connect(self.preview)
        self.do.clicked.connect(self.carry_out)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addLayout(self.form)
        for widget in (self.says, self.fault, self.table, self.progress, buttons):
            column.addWidget(widget, 1 if widget is self.table else 0)
        self.progress.hide()

    # -- what to do ------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The act chosen."""
        return str(self.act.currentData() or "")

    def _act_chosen(self) -> None:
        for field in self.fields.values():
            self.form.removeRow(field)
        asked = on_many_cases.asks(self.name) if self.name else ()
        self.fields = {name: self._field(name) for name in asked}
        for name, field in self.fields.items():
            field.setAccessibleName(t(f"applications.bulk.{name}"))
            self.form.addRow(t(f"applications.bulk.{name}"), field)
        for one in self.findChildren(Unsent):  # of another act, whose fields are gone
            one.deleteLater()
            one.over = True
        if self.fields:
            Unsent(self, self.desk, f"bulk {self.name} {' '.join(self.cases)}", self.fields)
        self.try_.setVisible("stage" not in self.fields and bool(self.fields))
        self._show([])
        self.do.setEnabled(False)
        self.do.setText(t(f"act.{self.name}") if self.name else "")
        if "stage" in self.fields or not (self.name and on_many_cases.needs(self.name)):
            self.preview()
        else:
            self.says.setText(t("applications.bulk.fill"))

    def _field(self, name: str) -> QLineEdit | QComboBox:
        if name == "stage":
            stages = _choice({stage: t(f"state.{stage}") for stage in STAGES})
            stages.currentIndexChanged.connect(self.preview)
            return stages
        field = QLineEdit()
        field.textEdited.connect(lambda text: self.do.setEnabled(False))
        field.returnPressed.connect(self.preview)
        return field

    def given(self) -> dict[str, str]:
        """What the fields say."""
        return {
            name: str(field.currentData()) if isinstance(field, QComboBox) else field.text().strip()
            for name, field in self.fields.items()
        }

    # -- trying and doing ------------------------------------------------------------------------------

    def preview(self) -> None:
        """Have the office try it and take it back."""
        if not self.name:
            return
        name, cases, given, person = self.name, self.cases, self.given(), self.desk.person
        office: Office = self.desk.office

        def tried(job: Job[Any]) -> list[Effect]:
            return look_ahead.on_cases(office, person, name, cases, job.step, **given)

        def then(told: list[Effect]) -> None:
            if (name, given) == (self.name, self.given()):  # nothing else was chosen meanwhile
                self._tried(told)

        self._begin("applications.bulk.trying")
        self.job = self.desk.workers.start(tried, then, refused=self._refused, owner=self, pool="act")

    def carry_out(self) -> None:
        """Do it, case by case."""
        name, cases, given, person = self.name, self.cases, self.given(), self.desk.person
        office: Office = self.desk.office
        done: list[Effect] = []

        def act(job: Job[Any]) -> Change:
            change, found = on_many_cases.do(office, person, [(name, cases)], going(job), **given)
            done.extend(found)
            return change

        self._begin("applications.bulk.doing")
        self.doing = True
        self.close_.setText(t("message.cancel"))
        self.job = self.desk.long_act(
            act, then=lambda change: self._done(done, change), refused=self._refused, owner=self
        )

    def _begin(self, code: str) -> None:
        if self.job is not None:
            self.job.cancel()
        self.fault.clear()
        self.says.setText(t(code, act=t(f"act.{self.name}")))
        self.do.setEnabled(False)
        self.progress.setRange(0, 0)
        self.progress.show()

    def _moved(self, job: Job[Any], done: int, of: int) -> None:
        if job is self.job:
            self.progress.setRange(0, of)
            self.progress.setValue(done)

    def _tried(self, told: list[Effect]) -> None:
        self.progress.hide()
        self._show(told)
        good = [one for one in told if one.refused is None]
        award = sum(one.told.get("award_fen") or 0 for one in good)
        code = "would_award" if award else "would_all" if len(good) == len(told) else "would"
        said = t(
            f"applications.bulk.{code}",
            act=t(f"act.{self.name}"),
            good=len(good),
            not_=len(told) - len(good),
            award_fen=award,
        )
        self.says.setText(f"{said}\n{t('applications.bulk.order')}" if len(told) > 1 else said)
        self._warn(told)
        self.do.setText(t("applications.bulk.do", act=t(f"act.{self.name}"), good=len(good)))
        self.do.setEnabled(bool(good))

    def _warn(self, told: Sequence[Effect]) -> None:
        """Say where earlier applications of the same budget are not decided yet, or were not reached for."""
        good = [one.told for one in told if one.refused is None]
        says = []
        waits = [facts for facts in good if facts.get("earlier_undecided")]
        if waits:
            last = max(waits, key=lambda facts: int(facts["earlier_undecided"]))
            count, case = last["earlier_undecided"], last["earliest_undecided"]
            says.append(t("applications.bulk.earlier", count=count, case=case))
        first: dict[str, Stopped] = {}
        for facts in good:
            if facts.get("closed_by"):
                first.setdefault(facts["closed_by"], Stopped.told(facts))
        says += [one.say(language()) for one in first.values()]
        self.fault.setText("\n".join(says))

    def _done(self, told: list[Effect], change: Change) -> None:
        self.doing = False
        self.progress.hide()
        self._show(told)
        good = sum(one.refused is None for one in told)
        said = t("applications.bulk.done", act=t(f"act.{self.name}"), good=good, not_=len(told) - good)
        said += left(change)
        self.says.setText(said)
        self.desk.say(said, "done" if good == len(told) and not left(change) else "look")
        for widget in (self.act, self.do, self.try_, *self.fields.values()):
            widget.setEnabled(False)
        self.close_.setText(t("applications.bulk.close"))
        self.close_.setDefault(True)

    def reject(self) -> None:
        """Not now; what is being done is stopped first, and then says how far it came and what is left."""
        if self.doing and self.job is not None:
            self.job.cancel()
        else:
            super().reject()

    def _refused(self, refusal: Exception) -> None:
        self.doing = False
        self.close_.setText(t("dialog.not_now"))
        self.progress.hide()
        if isinstance(refusal, Refused):
            self.says.clear()
            self.fault.setText(refusal.say(language()))
        elif not isinstance(refusal, Cancelled):
            raise refusal

    def _show(self, told: Sequence[Effect]) -> None:
        self.table.clear()
        refused_first = sorted(told, key=lambda one: one.refused is None)
        self.table.addTopLevelItems([_item(one) for one in refused_first[:LISTED]])

    def _leave(self, result: int) -> None:
        if self.job is not None:
            self.job.cancel()
        self.deleteLater()


def _choice(choices: Mapping[str, str]) -> QComboBox:
    """A choice among words, by their data; the wheel leaves it alone."""
    box = QuietCombo()
    for data, text in choices.items():
        box.addItem(text, data)
    return box


def _item(one: Effect) -> QTreeWidgetItem:
    award = one.told.get("award_fen")
    why = one.refused.say(language()) if one.refused is not None else _told(one)
    after = t(f"state.{one.after}") if one.after and one.refused is None else ""
    before = t(f"state.{one.before}") if one.before else ""
    applied = "" if one.applied_at is None else one.applied_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    item = QTreeWidgetItem([applied, one.case, before, after, "" if award is None else grouped(award), why])
    item.setTextAlignment(AWARD, RIGHT)
    item.setToolTip(AWARD + 1, why)
    item.setSizeHint(0, QSize(0, ROW))
    return item


def _told(one: Effect) -> str:
    """What else an act tells: findings by how many, an outcome by its word."""
    if "findings" in one.told:
        return t("applications.bulk.findings", count=len(one.told["findings"]))
    status = one.told.get("status")
    return t_or(f"applications.decision.{status}", str(status)) if status else ""
