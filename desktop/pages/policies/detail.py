"""One pack on the page: its head, who waits for what, what the office has set, its rules and its examples."""

import datetime
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from casework.boards.policy_board import OnBoard, Waits
from casework.rulebook.pack_examples import Example
from casework.rulebook.pack_in_words import Statement
from desktop.kit.flow_layout import Flow
from desktop.kit.language import t, titled
from desktop.kit.theme import GRID, Meaning, Theme
from desktop.kit.widgets import card, chip, link, words
from desktop.pages.policies.asking import said_of, value_of
from rules.money import grouped

STATE: dict[str, Meaning] = {
    "proposed": "look",
    "confirmed": "done",
    "rejected": "stopped",
    "revoked": "stopped",
}
STANDING: dict[str, Meaning] = {"proposed": "look", "coming": "waiting", "in_force": "done"}
"""The meaning of how a pack stands; other words mean that it has stopped."""
FEW = 6
"""Examples and cases shown on the page itself."""


class PackActs(NamedTuple):
    """What can be done from a pack's cards; each card says what this person may."""

    confirm_pack: Callable[[], object]
    reject_pack: Callable[[], object]
    withdraw: Callable[[], object]
    confirm_supplement: Callable[[int], object]
    reject_supplement: Callable[[int], object]
    revoke: Callable[[int], object]
    compare: Callable[[], object]
    try_it: Callable[[], object] | None
    orders: Callable[[], object]
    edit: Callable[[], object] | None
    paper: Callable[[], object] | None
    open_case: Callable[[str], object]
    renew: Callable[[], object] | None


def button(code: str, do: Callable[[], object], *, main: bool = False) -> QPushButton:
    """A button of a card."""
    made = QPushButton(t(code))
    made.setProperty("main", main)
    made.clicked.connect(lambda checked=False: do())
    return made


def head(one: OnBoard, today: datetime.date, theme: Theme, doing: PackActs) -> QWidget:
    """The pack's name, how it stands, where it comes from, and what can be done with it."""
    frame, column = card()
    top = QHBoxLayout()
    top.addWidget(words(titled(one.pack), title=True))
    standing = one.standing(today)
    top.addWidget(chip(t(f"policies.{standing}"), STANDING.get(standing, "stopped"), theme))
    top.addStretch(1)
    if "reject_pack" in one.may:
        top.addWidget(button("policies.reject", doing.reject_pack))
    if "confirm_pack" in one.may:
        top.addWidget(button("policies.confirm", doing.confirm_pack, main=True))
    column.addLayout(top)
    column.addWidget(words(f"{one.pack.document} {one.pack.document_title}  {one.pack.issuer}", muted=True))
    column.addWidget(words(t("policies.hash", ref=one.ref, sha256=one.sha256[:16]), small=True))
    if one.withdrawn_on is not None:
        column.addWidget(words(t("policies.withdrawn_on", on=one.withdrawn_on), small=True))
    if one.proposed_by:
        confirmed = one.confirmed_by or t("policies.nobody")
        by = t("policies.by", proposed=one.proposed_by, confirmed=confirmed)
        column.addWidget(words(by, small=True))
    if one.newer:
        column.addWidget(words(t("policies.newer", ref=one.ref), small=True))
    row = Flow()
    if doing.renew is not None:
        row.addWidget(link(t("action.renew_pack"), doing.renew))
    row.addWidget(link(t("action.compare_packs"), doing.compare))
    if doing.try_it is not None:
        row.addWidget(link(t("action.try_pack"), doing.try_it))
    row.addWidget(link(t("action.try_orders"), doing.orders))
    for code, do in (("action.edit_pack", doing.edit), ("action.paper_pack", doing.paper)):
        if do is not None:
            row.addWidget(link(t(code), do))
    if "withdraw_pack" in one.may:
        row.addWidget(link(t("action.withdraw_pack"), doing.withdraw))
    column.addLayout(row)
    return frame


def waits_card(one: OnBoard, waits: Waits, theme: Theme, doing: PackActs) -> QWidget:
    """Which cases wait for a parameter, and what each reading would cost in all."""
    parameter = one.pack.parameter(waits.parameter)
    frame, column = card()
    name = titled(parameter) if parameter is not None else waits.parameter
    mark = chip(t("policies.waits", cases=waits.cases, name=name), "look", theme)
    column.addWidget(mark, 0, Qt.AlignmentFlag.AlignLeft)
    for reading, fen in waits.totals:
        title = value_of(one, waits.parameter, reading)
        column.addWidget(words(t("policies.would_cost", reading=title, total_fen=fen)))
    row = Flow()
    for case in waits.numbers[:FEW]:
        row.addWidget(link(case, partial(doing.open_case, case)))
    if waits.cases > FEW:
        row.addWidget(words(t("policies.more_cases", count=waits.cases - FEW), muted=True, wrap=False))
    column.addLayout(row)
    return frame


def supplements_card(one: OnBoard, today: datetime.date, theme: Theme, doing: PackActs) -> QWidget:
    """What the office has set, with its days and sources."""
    frame, column = card()
    column.addWidget(words(t("policies.supplements"), muted=True))
    for given in one.supplements:
        row = QHBoxLayout()
        row.addWidget(chip(t(f"policies.{given.state}"), STATE[given.state], theme))
        row.addWidget(words(said_of(one, given)), 1)
        if (standing := given.standing(today)) not in (given.state, "in_force"):
            row.addWidget(words(t(f"policies.{standing}"), muted=True, wrap=False))
        if "reject_supplement" in given.may:
            row.addWidget(button("policies.reject", partial(doing.reject_supplement, given.id)))
        if "confirm_supplement" in given.may:
            row.addWidget(button("policies.confirm", partial(doing.confirm_supplement, given.id)))
        if "revoke_supplement" in given.may:
            row.addWidget(button("policies.revoke", partial(doing.revoke, given.id)))
        column.addLayout(row)
    return frame


def section_card(section: str, statements: Sequence[Statement], theme: Theme) -> QWidget:
    """The rules of one kind, each in a sentence with its source and grade."""
    frame, column = card()
    column.addWidget(words(t(f"policies.section.{section}"), muted=True))
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * GRID)
    grid.setVerticalSpacing(GRID)
    grid.setColumnStretch(1, 3)
    grid.setColumnStretch(2, 2)
    for line, statement in enumerate(statements):
        title = words(statement.title)
        title.setFixedWidth(150)
        text = words(statement.text)
        if statement.open:
            text.setStyleSheet(f"color: {theme.look}")
        source = words(statement.source, small=True)
        graded = t(f"policies.grade.{statement.grade}") if statement.grade else ""
        grade = words(graded, small=True) if graded else QLabel()
        for at, part in enumerate((title, text, source, grade)):
            grid.addWidget(part, line, at, Qt.AlignmentFlag.AlignTop)
    column.addLayout(grid)
    return frame


def examples_card(examples: Sequence[Example], theme: Theme, show_all: Callable[[], object]) -> QWidget:
    """The first examples in plain rows, and the way to all of them."""
    frame, column = card()
    top = QHBoxLayout()
    top.addWidget(words(t("policies.examples"), muted=True))
    wrong = sum(1 for one in examples if one.differs)
    code = "policies.examples_differ" if wrong else "policies.examples_hold"
    top.addWidget(chip(t(code, count=wrong or len(examples)), "stopped" if wrong else "done", theme))
    top.addStretch(1)
    top.addWidget(link(t("policies.examples_all"), show_all))
    column.addLayout(top)
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * GRID)
    grid.setVerticalSpacing(GRID)
    grid.setColumnStretch(0, 1)
    for line, one in enumerate(examples[:FEW]):
        note, status = words(one.note), words(t(f"whatif.status.{one.status}"), wrap=False)
        award = words("" if one.award_fen is None else grouped(one.award_fen), wrap=False)
        award.setAlignment(Qt.AlignmentFlag.AlignRight)
        for at, part in enumerate((note, status, award)):
            grid.addWidget(part, line, at, Qt.AlignmentFlag.AlignTop)
    column.addLayout(grid)
    return frame
