"""My work: what waits for the person at the desk, nearest deadline first; the year's money; what is new."""

import datetime
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from casework.boards import round_board, worklist
from casework.core.office import SHANGHAI, Office
from casework.money import budgets
from desktop.kit.budget_bar import BudgetBar
from desktop.kit.desk import Desk
from desktop.kit.language import t, titled
from desktop.kit.page import WORK, Page
from desktop.kit.theme import GRID, SHAPES, Meaning, Theme
from desktop.kit.widgets import card, clear, empty, link, scrolled, words

NO_DEADLINE = ("in_publicity",)
"""Kinds whose day is the end of a term and nobody's deadline."""
SOON = 3
"""Days before a deadline from which it is marked."""


class _Told(NamedTuple):
    today: datetime.date
    waiting: tuple[worklist.Waiting, ...]
    budgets: tuple[budgets.InSight, ...]
    titles: dict[str, str]
    news: tuple[worklist.News, ...]


class HomePage(Page):
    """The first page of everyone's day."""

    name = "home"
    kinds = frozenset(
        (
            "application", "decision", "publicity", "correction", "budget", "pack", "supplement", "approval",
            "refusal", "objection", "finding",
        )
    )  # fmt: skip

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(desk)
        self.theme = theme
        inside = QWidget()
        self.columns = QHBoxLayout(inside)
        self.columns.setContentsMargins(0, 0, GRID, 2 * GRID)
        self.columns.setSpacing(2 * GRID)
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        for column, stretch in ((self.left, 3), (self.right, 2)):
            column.setSpacing(2 * GRID)
            self.columns.addLayout(column, stretch)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inside))
        self.since = desk.last_here

    def refresh(self) -> None:
        """Reads what waits, the money and what was done since."""
        roles, person, since = self.desk.roles, self.desk.person, self.since

        def read(office: Office) -> _Told:
            return _Told(
                office.today(),
                worklist.waiting(office, roles, person, since),
                budgets.all_in_sight(office),
                {scheme: titled(pack) for scheme, pack in round_board.schemes(office)},
                worklist.news(office, person, since),
            )

        self.desk.read(read, self._show, owner=self)

    def _show(self, told: _Told) -> None:
        clear(self.left)
        clear(self.right)
        for waiting in told.waiting:
            self.left.addWidget(self._waiting(waiting, told.today))
        if not told.waiting:
            self.left.addWidget(empty("home.nothing_waits"))
        self.left.addStretch(1)
        if told.budgets:
            self.right.addWidget(self._budgets(told.budgets, told.titles))
        self.right.addWidget(self._news(told.news))
        self.right.addStretch(1)

    def _waiting(self, waiting: worklist.Waiting, today: datetime.date) -> QWidget:
        frame, column = card()
        head = QHBoxLayout()
        title = link(t(f"work.{waiting.kind}", cases=waiting.cases), lambda: self._lead(waiting))
        head.addWidget(title)
        head.addStretch(1)
        if waiting.due_on is not None:
            head.addWidget(self._due(waiting.kind, waiting.due_on, today))
        column.addLayout(head)
        for item in waiting.first:
            column.addLayout(self._item(waiting.kind, item, today))
        if waiting.cases > len(waiting.first) and waiting.first:
            more = link(t("home.more", cases=waiting.cases), lambda: self._lead(waiting))
            column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def _lead(self, waiting: worklist.Waiting) -> None:
        """Where the work is: a list of just these cases, or the page where it is done."""
        page, _, what = waiting.page.partition("/")
        listed = waiting.page == worklist.LISTED and waiting.kind in worklist.WAITS
        self.led.emit(page, f"{WORK}{waiting.kind}" if listed else what)

    def _item(self, kind: str, item: worklist.Item, today: datetime.date) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        case = link(item.case, lambda: self.opened.emit(item.case))
        case.setAccessibleName(f"{item.case} {item.applicant}")
        name = QLabel(item.applicant)
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        name.setToolTip(item.applicant)
        row.addWidget(case)
        row.addWidget(name, 1)
        days = (today - item.since).days
        waits = words(t("home.days", days=days), small=True)
        waits.setToolTip(t("home.since", on=item.since))
        row.addWidget(self._due(kind, item.due_on, today) if item.due_on else waits)
        return row

    def _due(self, kind: str, on: datetime.date, today: datetime.date) -> QLabel:
        if kind in NO_DEADLINE:
            return words(t("home.until", on=on), small=True, wrap=False)
        days = (on - today).days
        meaning: Meaning = "stopped" if days < 0 else "look" if days <= SOON else "waiting"
        code = "home.overdue" if days < 0 else "home.due_today" if days == 0 else "home.due"
        label = QLabel(f"{SHAPES[meaning]} {t(code, on=on, days=abs(days))}")
        label.setStyleSheet(f"color: {self.theme.meaning(meaning)}")
        return label

    def _budgets(self, all_figures: tuple[budgets.InSight, ...], titles: dict[str, str]) -> QWidget:
        frame, column = card()
        column.addWidget(words(t("home.budget")))
        for figures in all_figures:
            title = titles.get(figures.key.partition("/")[0], figures.key)
            column.addWidget(words(title, small=True))
            bar = BudgetBar(self.theme)
            bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            bar.setFixedHeight(GRID)
            bar.show_figures(
                figures.appropriation_fen, figures.paid_fen, figures.committed_fen, figures.reserved_fen
            )
            column.addWidget(bar)
            column.addLayout(self._figures(figures))
        return frame

    def _figures(self, figures: budgets.InSight) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(4)
        ceiling = () if figures.ceiling_fen is None else (("ceiling", figures.ceiling_fen, self.theme.muted),)
        rows = (
            *ceiling,
            ("appropriation", figures.appropriation_fen, self.theme.muted),
            ("paid", figures.paid_fen, self.theme.done),
            ("committed", figures.committed_fen, self.theme.accent),
            ("reserved", figures.reserved_fen, self.theme.look),
            ("left", figures.left_fen, self.theme.muted),
        )
        for row, (name, fen, colour) in enumerate(rows):
            mark = QLabel("■" if name not in ("ceiling", "appropriation", "left") else "")
            mark.setStyleSheet(f"color: {colour}")
            amount = QLabel(t("amount.grouped", amount_fen=fen))
            amount.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(mark, row, 0)
            grid.addWidget(QLabel(t(f"budget.{name}.word")), row, 1)
            grid.addWidget(amount, row, 2)
        grid.setColumnStretch(2, 1)
        return grid

    def _news(self, told: tuple[worklist.News, ...]) -> QWidget:
        frame, column = card()
        column.addWidget(words(t("home.news", since=self.since.astimezone(SHANGHAI).date())))
        for one in told:
            at = one.last_at.astimezone(SHANGHAI)
            column.addWidget(
                words(
                    t("home.news_line", act=t(f"act.{one.act}"), times=one.times, at=f"{at:%m-%d %H:%M}"),
                    muted=True,
                )
            )
        if not told:
            column.addWidget(words(t("home.no_news"), muted=True))
        return frame


def make(desk: Desk, theme: Theme) -> HomePage:
    """The page."""
    return HomePage(desk, theme)
