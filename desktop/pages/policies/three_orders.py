"""A round first come, ranked and shared out, side by side. A simulation: nothing of it is an award."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from casework.award.scenario import How, Rankable, Scenario, look_at, rankable, rounds_of
from casework.boards import round_board
from casework.core.office import Office
from casework.core.refused import Refused
from desktop.kit.desk import Desk
from desktop.kit.dialog_buttons import CloseAside
from desktop.kit.fitting import resized
from desktop.kit.jobs import Job
from desktop.kit.language import language, t, titled
from desktop.kit.money_field import MoneyField, echoed
from desktop.kit.theme import GRID, Theme
from desktop.kit.widgets import card, chip, clear, words
from desktop.kit.widgets import current as mark_current
from desktop.lists.look_ahead_dialog import budget_name
from desktop.lists.plain_table import PlainTable
from desktop.lists.spec import Column
from rules.money import grouped
from rules.pack import Pack
from rules.parts import RESIDUALS, UNFITS

COLUMNS = (
    Column("case", "number_text", 136),
    Column("applicant", width=260),
    Column("first_come", "money", 144),
    Column("ranked", "money", 144),
    Column("pro_rata", "money", 144),
)


_Offered = tuple[tuple[tuple[int, str], ...], tuple[Rankable, ...], dict[str, Pack]]


class OrdersDialog(QDialog):
    """The round and how it is ranked above; the three orders and every case below.

    Signals:
        opened: a case was chosen to be looked at.
    """

    opened = Signal(str)

    def __init__(self, parent: QWidget, desk: Desk, theme: Theme) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("action.try_orders"))
        self.desk, self.theme = desk, theme
        self.found: tuple[Scenario, ...] = ()
        self.round, self.rank_by, self.budget = QComboBox(), QComboBox(), QComboBox()
        self.unfit, self.residual = QComboBox(), QComboBox()
        self.rising = QCheckBox(t("policies.rising"))
        self.left = MoneyField()
        self.left.setPlaceholderText(t("policies.left_hint"))
        self.left.setAccessibleName(t("policies.left"))
        self.left.textEdited.connect(lambda text: self._stand(False, t("policies.not_current")))
        self.left.editingFinished.connect(self.look)
        for choice in UNFITS:
            self.unfit.addItem(t(f"policies.unfit.{choice}"), choice)
        for choice in RESIDUALS:
            self.residual.addItem(t(f"policies.residual.{choice}"), choice)
        self.job: Job[Any] | None = None
        self.standing = words("", muted=True)
        self.fault, self.sides = words(""), QWidget()
        self.fault.setProperty("fault", True)
        for label in (self.fault, self.standing):
            _say(label, "")
        self.sides_column = QVBoxLayout(self.sides)
        self.sides_column.setContentsMargins(0, 0, 0, 0)
        self.table = PlainTable(desk, theme, "policies.orders", COLUMNS, cases=True)
        self.table.opened.connect(self._open)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addWidget(chip(t("whatif.shown"), "look", theme), 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._asked())
        for widget in (self.fault, self.standing, self.sides):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(CloseAside(self))
        resized(self, 1080, 660)
        self.packs: dict[str, Pack] = {}
        desk.read(_asked_of, self._offer, owner=self)

    def _asked(self) -> QGridLayout:
        grid = QGridLayout()
        asked = (
            ("round", self.round), ("budget", self.budget), ("rank_by", self.rank_by), ("unfit", self.unfit),
            ("residual", self.residual),
        )  # fmt: skip
        for at, (code, box) in enumerate(asked):
            label = QLabel(t(f"policies.{code}"))
            label.setBuddy(box)
            box.setAccessibleName(t(f"policies.{code}"))
            line, place = divmod(at, 2)
            grid.addWidget(label, line, 2 * place)
            grid.addWidget(box, line, 2 * place + 1)
        grid.addWidget(QLabel(t("policies.left")), 2, 2)
        grid.addWidget(echoed(self.left), 2, 3)
        grid.addWidget(self.rising, 3, 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return grid

    def _offer(self, what: _Offered) -> None:
        rounds, facts, self.packs = what
        self.round.addItem(t("policies.all_cases"), None)
        for number, name in rounds:
            self.round.addItem(name, number)
        for fact in facts:
            self.rank_by.addItem(titled(fact), fact.id)
        self.rank_by.setCurrentIndex(max(0, self.rank_by.findData("contract_amount")))
        for box in (self.round, self.rank_by, self.unfit, self.residual):
            box.currentIndexChanged.connect(lambda at: self.look())
        self.rising.toggled.connect(lambda on: self.look())
        self.budget.currentIndexChanged.connect(self._show)
        self.look()

    def look(self) -> None:
        """Work the three orders out in a worker."""
        _say(self.fault, "")
        office, person, number = self.desk.office, self.desk.person, self.round.currentData()
        try:
            left = self.left.fen("policies.left")
        except Refused as refusal:
            self._stop()
            self._stand(False, t("policies.not_current"))
            _say(self.fault, refusal.say(language()))
            return
        self._stand(False, t("policies.computing"))
        how = How(
            str(self.rank_by.currentData() or "contract_amount"),
            not self.rising.isChecked(),
            str(self.unfit.currentData()),
            str(self.residual.currentData()),
            left,
        )

        def read(job: Job[Any]) -> tuple[Scenario, ...]:
            return look_at(office, person, number, how)

        def then(found: tuple[Scenario, ...]) -> None:
            if job is self.job:
                self._take(found)

        def refused(refusal: Exception) -> None:
            if job is self.job:
                self._refused(refusal)

        self._stop()
        job: Job[Any] = self.desk.workers.start(read, then, refused=refused, owner=self)
        self.job = job

    def _stop(self) -> None:
        """What is under way answers a question that is not asked any more."""
        if self.job is not None:
            self.job.cancel()
        self.job = None

    def _stand(self, current: bool, why: str = "") -> None:
        """Whether the figures on screen are those of what is asked; where not, they are grey and say why."""
        _say(self.standing, why)
        mark_current(self.sides, current)
        self.table.setEnabled(current)
        self.table.view.setVisible(current and self.table.stack.currentIndex() == 0)

    def _refused(self, refusal: Exception) -> None:
        self._take(())
        say = getattr(refusal, "say", None)
        _say(self.fault, say(language()) if callable(say) else "")

    def _take(self, found: tuple[Scenario, ...]) -> None:
        self.found = found
        self._stand(True)
        at = self.budget.currentText()
        self.budget.blockSignals(True)
        self.budget.clear()
        self.budget.addItems([self._named(one) for one in found])
        self.budget.setCurrentIndex(max(0, self.budget.findText(at)))
        self.budget.blockSignals(False)
        self._show(self.budget.currentIndex())

    def _named(self, one: Scenario) -> str:
        """A budget by its programme's title, with the version of the pack that shares it out."""
        name = budget_name(one.budget, self.packs.get(one.budget.partition("/")[0]))
        return f"{name} · {t('policies.version_of', version=one.pack.partition('@')[2])}"

    def _show(self, at: int) -> None:
        clear(self.sides_column)
        if not 0 <= at < len(self.found):
            self.table.put([])
            return
        one = self.found[at]
        self.sides_column.addWidget(_sides(one))
        self.table.put(
            [
                (line.case, line.applicant, *(outcome.award_fen for outcome in line.outcomes))
                for line in one.lines
            ]
        )

    def _open(self, number: int) -> None:
        self.opened.emit(str(self.table.rows[number][0]))
        self.accept()


def _asked_of(office: Office) -> _Offered:
    return rounds_of(office), rankable(office), dict(round_board.schemes(office))


def _sides(one: Scenario) -> QWidget:
    """The three orders summed up."""
    frame, column = card()
    left = t("policies.to_give", left_fen=one.left_fen)
    if not one.allotted:
        left += " " + t("scenario.not_allotted")
    column.addWidget(words(left))
    grid = QGridLayout()
    grid.setHorizontalSpacing(3 * GRID)
    grid.setColumnStretch(4, 1)
    for at, side in enumerate(one.sides, 1):
        name = t(f"scenario.{side.order}")
        grid.addWidget(_right(t("policies.own_order", order=name) if side.own else name), 0, at)
    rows = {
        "awarded": [str(side.awarded) for side in one.sides],
        "refused": [str(side.refused) for side in one.sides],
        "blocked": [str(side.blocked) for side in one.sides],
        "total": [grouped(side.total_fen) for side in one.sides],
        "held": [grouped(side.held_fen) for side in one.sides],
        "startups": [grouped(side.startup_fen) for side in one.sides],
    }
    for line, (name, told) in enumerate(rows.items(), 1):
        grid.addWidget(words(t(f"cli.whatif.{name}"), muted=True, wrap=False), line, 0)
        for at, text in enumerate(told, 1):
            grid.addWidget(_right(text), line, at)
    column.addLayout(grid)
    return frame


def _say(label: QLabel, text: str) -> None:
    """A fault in its place; no room is kept for none."""
    label.setText(text)
    label.setVisible(bool(text))


def _right(text: str) -> QLabel:
    label = words(text, wrap=False)
    label.setAlignment(Qt.AlignmentFlag.AlignRight)
    return label
