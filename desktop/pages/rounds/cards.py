"""Parts of the page of rounds: where the cases of a round are, and the lists that were published."""

import datetime
from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from casework.boards.case_letters import ObjectionView
from casework.boards.round_board import ListView, RoundView
from casework.core.act_table import STAGES
from casework.issuing.publicity import first_day
from desktop.kit.flow_layout import Flow
from desktop.kit.language import t
from desktop.kit.theme import GRID, TEXT_WIDTH, Meaning, Theme
from desktop.kit.widgets import OBJECTION_MEANING, card, chip, link, words

WAY = (
    ("checking", ("submitted", "accepted", *STAGES)),
    ("correction", ("correction",)),
    ("calculated", ("calculated",)),
    ("publicity", ("publicity",)),
    ("approved", ("approved",)),
    ("issued", ("issued",)),
)
"""The stations of a round's cases, each with the states that count there."""
ASIDE = ("suspended", "refused", "withdrawn", "revoked")
LISTS: dict[str, Meaning] = {"running": "waiting", "ended": "done", "cancelled": "stopped"}

Do = Callable[[], object]


def way(one: RoundView, theme: Theme) -> QWidget:
    """Where the cases of a round are, from the first station to the last."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    for at, (name, states) in enumerate(WAY):
        count = sum(one.counts.get(state, 0) for state in states)
        if at:
            arrow = words("›", muted=True, wrap=False)
            arrow.setFixedWidth(3 * GRID)
            arrow.setAlignment(Qt.AlignmentFlag.AlignCenter)
            row.addWidget(arrow)
        row.addLayout(_station(t(f"rounds.way.{name}"), count, theme), 1)
    return whole


def _station(name: str, count: int, theme: Theme) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    figure = words(f"{count:,}", title=True, muted=not count)
    if not count:
        figure.setStyleSheet(f"color: {theme.muted}")
    label = words(name, small=True, wrap=False)
    figure.setAccessibleName(f"{name} {count}")
    column.addWidget(figure)
    column.addWidget(label)
    return column


def aside(one: RoundView) -> str:
    """The cases that went a side way, in words."""
    told = {"suspended": "aside"}  # blocked or put aside by a person: one stored state, counted together
    found = [
        t("rounds.aside_count", state=t(f"state.{told.get(state, state)}"), count=one.counts[state])
        for state in ASIDE
        if one.counts.get(state)
    ]
    return t("rounds.aside", states=found) if found else ""


def button(code: str, do: Do, *, main: bool = False, enabled: bool = True, **params: object) -> QPushButton:
    """A button that says what it does."""
    made = QPushButton(t(code, **params))
    made.setProperty("main", main)
    made.setEnabled(enabled)
    made.clicked.connect(lambda checked=False: do())
    return made


def step(title: str, says: str, *buttons: QWidget) -> tuple[QFrame, QVBoxLayout]:
    """One step of a round: what it is, how it stands, and what can be done."""
    frame, column = card()
    row = QHBoxLayout()
    row.setSpacing(GRID)
    name = words(title, muted=True, wrap=False)
    name.setFixedWidth(88)
    text = words(says)
    text.setMaximumWidth(2 * TEXT_WIDTH)
    row.addWidget(name)
    row.addWidget(text, 1)
    for one in buttons:
        row.addWidget(one)
    column.addLayout(row)
    return frame, column


def published(
    one: ListView,
    today: datetime.date,
    theme: Theme,
    does: Mapping[str, Do],
    opened: Callable[[str], object],
    settle: Callable[[ObjectionView], object],
) -> QWidget:
    """A list that was published, with its days, objections and what can be done."""
    frame, column = card()
    stands = Flow()
    stands.addWidget(words(t("rounds.list", numbered=one.numbered), wrap=False))
    stands.addWidget(chip(t(f"rounds.list.{one.state}"), LISTS[one.state], theme))
    if one.state == "running":
        over = one.over(today)
        left = "rounds.days_left_today" if one.counts_today else "rounds.days_left"
        says = t("rounds.list_over") if over else t(left, days=one.days_left, until_on=one.until_on)
        stands.addWidget(chip(says, "look" if over else "waiting", theme))
    for code, do in does.items():
        stands.addWidget(link(t(code), do))
    column.addLayout(stands)
    said = t(
        "rounds.list_says",
        cases=one.cases,
        award_fen=one.award_fen,
        from_on=first_day(one.from_on),
        until_on=one.until_on,
        days=one.workdays,
    )
    column.addWidget(words(said + (t("rounds.provisional") if one.provisional else ""), muted=True))
    if one.objections:
        column.addLayout(_objections(one.objections, theme, opened, settle))
    return frame


def _objections(
    objections: tuple[ObjectionView, ...],
    theme: Theme,
    opened: Callable[[str], object],
    settle: Callable[[ObjectionView], object],
) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(GRID)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(2, 1)
    for at, one in enumerate(objections):
        row = 2 * at
        grid.addWidget(chip(t(f"rounds.objection.{one.state}"), OBJECTION_MEANING[one.state], theme), row, 0)
        case = link(one.case, lambda case=one.case: opened(case))  # type: ignore[misc]
        case.setToolTip(one.applicant)
        grid.addWidget(case, row, 1)
        grid.addWidget(QLabel(one.objector or t("objector.secret")), row, 2)
        grounds = words(one.grounds if one.outcome is None else f"{one.grounds} → {one.outcome}", muted=True)
        grid.addWidget(grounds, row + 1, 1, 1, 4)
        grid.addWidget(QLabel(one.received_on.isoformat()), row, 3)
        made = settle(one) if one.state == "open" else None
        if isinstance(made, QWidget):
            grid.addWidget(made, row, 4)
    return grid
