"""What kind of paper each of some files is, where their names do not tell."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from casework.cases.paper_kinds import KINDS
from desktop.kit.dialog_buttons import DialogButtons
from desktop.kit.fact_fields import QuietCombo
from desktop.kit.language import t
from desktop.kit.theme import GRID
from desktop.kit.widgets import one_line, words

Taken = tuple[str, str, bytes, str]
"""A paper to be filed: kind, name, bytes, media."""


class KindDialog(QDialog):
    """One line a file: its name and its kind."""

    def __init__(self, parent: QWidget, papers: Sequence[Taken], do: Callable[[list[Taken]], object]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("action.case_add_paper"))
        self.papers, self.do = papers, do
        self.kinds: list[QuietCombo] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setColumnStretch(0, 1)
        for row, (kind, name, *_) in enumerate(papers):
            box = QuietCombo(self)
            for one in KINDS:
                box.addItem(t(f"paper.kind.{one}"), one)
            box.setCurrentIndex(KINDS.index(kind))
            box.setAccessibleName(name)
            grid.addWidget(one_line(name), row, 0)
            grid.addWidget(box, row, 1)
            self.kinds.append(box)
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.addWidget(words(t("case.which_kind"), muted=True))
        column.addLayout(grid)
        column.addStretch(1)
        column.addWidget(DialogButtons(self, t("case.file_papers"), self._yes))
        self.setMinimumWidth(480)

    def _yes(self) -> None:
        chosen = [str(box.currentData()) for box in self.kinds]
        self.do([(kind, *paper[1:]) for kind, paper in zip(chosen, self.papers, strict=True)])
        self.accept()
