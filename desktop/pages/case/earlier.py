"""The decisions of a case that were made before the one that stands, each as it was told then."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from casework.boards.case_parts import DecisionView
from desktop.kit.award_panel import AwardView, Outcome
from desktop.kit.dialog_buttons import CloseButton
from desktop.kit.fitting import resized
from desktop.kit.height_by_width import HeightByWidth
from desktop.kit.language import t
from desktop.kit.theme import GRID, Theme
from desktop.kit.widgets import card, scrolled
from desktop.pages.case.page_part import at


class EarlierDialog(QDialog):
    """Earlier decisions, the newest first."""

    def __init__(self, parent: QWidget, theme: Theme, decisions: Sequence[DecisionView]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("case.earlier"))
        inside = HeightByWidth()
        column = QVBoxLayout(inside)
        column.setSpacing(GRID)
        for decision in reversed(decisions):
            frame, inner = card()
            told = AwardView(theme)
            heading = t(
                "case.decided", seq=decision.seq, at=at(decision.at), person=decision.by, pack=decision.pack
            )
            told.tell(Outcome.decided(decision), heading=heading)
            inner.addWidget(told)
            column.addWidget(frame)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addWidget(scrolled(inside))
        whole.addWidget(CloseButton(self))
        resized(self, 880, 560)
