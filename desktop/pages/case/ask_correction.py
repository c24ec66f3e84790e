"""What the applicant is asked to correct: a list of defects, each tied to a field or a kind of paper."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from casework.boards.case_view import CaseView
from casework.boards.defects_to_ask import proposed
from casework.cases.field_table import SAID
from casework.cases.paper_kinds import KINDS
from casework.core.refused import Refused
from casework.review.corrections import Defect
from desktop.kit.dialog_buttons import DialogButtons
from desktop.kit.fact_fields import QuietCombo
from desktop.kit.fitting import resized
from desktop.kit.language import language, t
from desktop.kit.theme import GRID
from desktop.kit.widgets import FaultLabel, link, words
from desktop.pages.case.page_part import field_title


class AskCorrection(QDialog):
    """Builds the list; what checking could not tell is proposed, or what was listed before and not sent."""

    def __init__(
        self,
        parent: QWidget,
        view: CaseView,
        do: Callable[["AskCorrection", list[Defect]], object],
        kept: Sequence[Defect] = (),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("action.case_ask_correction"))
        self.view, self.do = view, do
        self.rows: list[tuple[QuietCombo, QLineEdit, QWidget]] = []
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(GRID)
        self.grid.setColumnStretch(1, 1)
        self.fault = FaultLabel(self)
        buttons = DialogButtons(self, t("case.ask"), self._yes)
        self.yes = buttons.yes
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addWidget(words(t("case.ask_says", applicant=view.applicant), muted=True))
        column.addLayout(self.grid)
        column.addWidget(link(t("case.ask_more"), self.add))
        column.addStretch(1)
        column.addWidget(self.fault)
        column.addWidget(buttons)
        resized(self, 640, 300)
        self.over = False
        self.finished.connect(self._finished)
        for defect in kept:
            self.add(defect.about, defect.target, defect.defect)
        if not kept:
            self._propose()
        self.proposed = [] if kept else self.defects()

    def _finished(self, result: int) -> None:
        self.over = True
        self.deleteLater()

    def _propose(self) -> None:
        for one in proposed(self.view.findings):
            asked = t("case.ask_for", paper=one.evidence) if one.about == "paper" else t("case.ask_check")
            self.add(one.about, one.target, asked)
        if not self.rows:
            self.add()

    def add(self, about: str = "field", target: str = "contract_amount", defect: str = "") -> None:
        """One more line."""
        targets = QuietCombo(self)
        for name in SAID:
            targets.addItem(field_title(self.view.policy, name), ("field", name))
        for kind in KINDS:
            targets.addItem(t("case.paper_of", kind=t(f"paper.kind.{kind}")), ("paper", kind))
        at = [targets.itemData(row) for row in range(targets.count())]
        targets.setCurrentIndex(at.index((about, target)) if (about, target) in at else 0)
        targets.setAccessibleName(t("case.ask_target"))
        text = QLineEdit(defect, self)
        text.setPlaceholderText(t("case.ask_defect"))
        text.setAccessibleName(t("case.ask_defect"))
        away = QPushButton("✕", self)
        away.setProperty("flat", True)
        away.setAccessibleName(t("case.ask_away"))
        line = (targets, text, away)
        away.clicked.connect(lambda checked=False: self._away(line))
        row = self.grid.rowCount()
        for column, widget in enumerate(line):
            self.grid.addWidget(widget, row, column)
        self.rows.append(line)
        text.setFocus()

    def _away(self, line: tuple[QuietCombo, QLineEdit, QWidget]) -> None:
        self.rows.remove(line)
        for widget in line:
            self.grid.removeWidget(widget)
            widget.deleteLater()

    def defects(self) -> list[Defect]:
        """The list as it stands; lines without words are left out."""
        found = []
        for targets, text, _ in self.rows:
            if text.text().strip():
                about, target = targets.currentData()
                found.append(Defect(about, target, text.text().strip()))
        return found

    def unsent(self) -> list[Defect]:
        """What somebody typed: nothing while the list stands as it was proposed."""
        listed = self.defects()
        return [] if listed == self.proposed else listed

    def _yes(self) -> None:
        self.fault.clear()
        self.do(self, self.defects())

    def refuse(self, refusal: Refused) -> None:
        """Say why it was refused; nothing typed is lost."""
        self.fault.setText(refusal.say(language()))
