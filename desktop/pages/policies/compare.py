"""Two versions of the rules side by side: what each rule said before and says after."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from casework.boards.policy_board import OnBoard
from casework.rulebook.pack_in_words import compared
from desktop.kit.dialog_buttons import CloseButton
from desktop.kit.fitting import resized
from desktop.kit.language import called, language, t
from desktop.kit.widgets import card, clear, scrolled, words


class CompareDialog(QDialog):
    """The rules in which two packs differ."""

    def __init__(self, parent: QWidget, shown: Sequence[OnBoard], one: OnBoard) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("action.compare_packs"))
        self.packs = {other.ref: other.pack for other in shown}
        self.before, self.after = QComboBox(self), QComboBox(self)
        for box, code in ((self.before, "before"), (self.after, "after")):
            for ref, pack in self.packs.items():
                box.addItem(called(pack), ref)
            box.setAccessibleName(t(f"policies.{code}"))
        same = [other.ref for other in shown if other.pack.id == one.pack.id and other.ref != one.ref]
        self.before.setCurrentIndex(self.before.findData(same[0] if same else one.ref))
        self.after.setCurrentIndex(self.after.findData(one.ref))
        self.inside = QWidget()
        self.column = QVBoxLayout(self.inside)
        row = QHBoxLayout()
        row.addWidget(self.before, 1)
        row.addWidget(QLabel("→"))
        row.addWidget(self.after, 1)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(scrolled(self.inside))
        column.addWidget(CloseButton(self))
        resized(self, 960, 600)
        for box in (self.before, self.after):
            box.currentIndexChanged.connect(self._compare)
        self._compare(0)

    def _compare(self, changed: int) -> None:
        clear(self.column)
        packs = self.packs[self.before.currentData()], self.packs[self.after.currentData()]
        differences = compared(*packs, language())
        if not differences:
            self.column.addWidget(words(t("policies.no_difference"), muted=True))
        for one in differences:
            frame, column = card()
            column.addWidget(words(one.title))
            row = QHBoxLayout()
            for text in (one.before, one.after):
                row.addWidget(words(text or t("policies.not_there"), muted=not text), 1)
            column.addLayout(row)
            self.column.addWidget(frame)
        self.column.addStretch(1)
