"""What is left of the year's largest budget, at the foot of every page: under its scheme's name, the others
behind it."""

from typing import NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from casework.boards import round_board
from casework.core.office import Office
from casework.money import budgets
from desktop.kit.budget_bar import BudgetBar
from desktop.kit.desk import Desk
from desktop.kit.language import t, titled
from desktop.kit.theme import GRID, Theme


class _Told(NamedTuple):
    budgets: tuple[budgets.InSight, ...]
    titles: dict[str, str]


class BudgetFoot(QWidget):
    """The words and the bar; nothing before the first allotment."""

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.said = QLabel(self)
        self.said.setProperty("small", True)
        self.bar = BudgetBar(theme, self)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GRID)
        across.addWidget(self.said)
        across.addWidget(self.bar)

    def refresh(self) -> None:
        """Reads it again."""

        def read(office: Office) -> _Told:
            titles = {scheme: titled(pack) for scheme, pack in round_board.schemes(office)}
            return _Told(budgets.all_in_sight(office), titles)

        self.desk.read(read, self._show, owner=self)

    def _show(self, told: _Told) -> None:
        self.setVisible(bool(told.budgets))
        if not told.budgets:
            return
        lines = [self._left(one, told.titles) for one in told.budgets]
        self.said.setText(lines[0])
        self.said.setToolTip("\n".join(lines))
        first = told.budgets[0]
        self.bar.show_figures(
            first.appropriation_fen, first.paid_fen, first.committed_fen, first.reserved_fen
        )

    def _left(self, figures: budgets.InSight, titles: dict[str, str]) -> str:
        scheme = titles.get(figures.key.partition("/")[0], figures.key)
        return t("budget.left", scheme=scheme, year=figures.year, left_fen=figures.left_fen)
