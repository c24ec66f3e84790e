"""One case as an approver reads it: what hinders it, what changed, and the award line by line."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from casework.boards.approval_board import Changed, File
from casework.boards.case_parts import DecisionView
from casework.cases.typed_values import FACTS
from casework.issuing.publicity import first_day
from casework.rulebook.explanation_in_words import reasons, tell, why
from desktop.kit.award_panel import AwardView, Outcome
from desktop.kit.fact_fields import said, title_of
from desktop.kit.language import language, t, t_or
from desktop.kit.theme import GRID, SHAPES, Theme
from desktop.kit.widgets import OBJECTION_MEANING, card, clear, link, words
from rules.facts import Fact
from rules.policy import Policy

NAME = 80
"""The least width of an applicant's name, in pixels at 100 %: four characters a line."""


class Detail(QWidget):
    """The case on the right of the queue."""

    def __init__(self, theme: Theme, opened: Callable[[str], object]) -> None:
        super().__init__()
        self.theme, self.opened = theme, opened
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, GRID, 2 * GRID)
        self.column.setSpacing(GRID + 4)
        self.file: File | None = None

    def put(self, file: File | None) -> None:
        """Show a case; nothing for none."""
        self.file = file
        clear(self.column)
        if file is None:
            return
        self.column.addWidget(self._head(file))
        if file.changes:
            rows = [self._fact(file.decision.policy, one) for one in file.changes]
            self.column.addWidget(self._table("changed", rows))
        if file.earlier is not None:
            self.column.addWidget(self._again(file, file.earlier))
        if file.verified:
            rows = [self._fact(file.decision.policy, one) for one in file.verified]
            self.column.addWidget(self._table("verified", rows))
        if file.objections:
            self.column.addWidget(self._objections(file))
        self.column.addWidget(self._award(file))
        self.column.addStretch(1)

    def _head(self, file: File) -> QWidget:
        frame, column = card()
        column.addLayout(self._title(file))
        decision = file.decision
        column.addWidget(
            words(
                t("approval.prepared", by=decision.by, at=_minute(decision.at), seq=decision.seq), muted=True
            )
        )
        if decision.left_open:
            open_ = t("case.gate.and").join(one.say(language()) for one in decision.left_open)
            code = "case.gone_on.reason" if decision.reason else "case.gone_on.told"
            label = words(t(code, open=open_, reason=decision.reason or ""))
            label.setStyleSheet(f"color: {self.theme.look}")
            column.addWidget(label)
        if file.publicity is not None:
            column.addWidget(
                words(
                    t(
                        "approval.published",
                        from_on=first_day(file.publicity.from_on),
                        until_on=file.publicity.until_on,
                        objections=len(file.objections),
                    ),
                    muted=True,
                )
            )
        shape, colour, sentence = SHAPES["done"], self.theme.done, t("approval.unchanged")
        if file.bar is not None:
            shape, colour, sentence = SHAPES["look"], self.theme.look, file.bar.say(language())
        label = words(f"{shape} {sentence}")
        label.setStyleSheet(f"color: {colour}")
        column.addWidget(label)
        return frame

    def _title(self, file: File) -> QHBoxLayout:
        """Whose case it is, and the way to its page."""
        row = QHBoxLayout()
        row.setSpacing(GRID)
        name = words(file.applicant, title=True)
        name.setWordWrap(True)  # a long one must not make a narrow pane scroll
        name.setMinimumWidth(NAME)
        row.addWidget(name, 1)
        way_in = link(t("approval.open", case=file.case), lambda: self.opened(file.case))
        row.addWidget(way_in, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _table(self, kind: str, rows: Sequence[tuple[str, str, str]]) -> QWidget:
        """Things that differ: what, before, after."""
        frame, column = card()
        column.addWidget(words(t(f"approval.{kind}"), muted=True))
        column.addLayout(self._grid(kind, rows))
        return frame

    def _grid(self, kind: str, rows: Sequence[tuple[str, str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(4)
        for at, heading in enumerate(("", t(f"approval.{kind}.was"), t(f"approval.{kind}.now"))):
            grid.addWidget(words(heading, small=True, wrap=False), 0, at)
        for row, (name, was, now) in enumerate(rows, 1):
            grid.addWidget(QLabel(name), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words(was or t("approval.nothing"), muted=True), row, 1)
            after = words(f"{SHAPES['look']} {now or t('approval.nothing')}")
            after.setStyleSheet(f"color: {self.theme.look}")
            grid.addWidget(after, row, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        return grid

    def _fact(self, policy: Policy | None, one: Changed) -> tuple[str, str, str]:
        fact = _fact_of(policy, one.fact)
        return title_of(fact), said(fact, one.was), said(fact, one.now)

    def _again(self, file: File, earlier: DecisionView) -> QWidget:
        """What differs from the calculation before: figures, then the lines that are new."""
        frame, column = card()
        column.addWidget(words(t("approval.again", seq=earlier.seq, at=_minute(earlier.at)), muted=True))
        rows = [
            (
                t(f"approval.figure.{name}"),
                _figure(earlier, name, was),
                _figure(file.decision, name, now),
            )
            for name, was, now in file.figures
        ]
        if rows:
            column.addLayout(self._grid("figures", rows))
        one = file.decision
        if file.lines and one.policy is not None and one.witness is not None:
            told = tell(one.policy, one.lines, one.witness, language())
            new = [told[at].text for at in file.lines if file.decision.lines[at].code != "status"]
            column.addWidget(words(t("approval.new_lines"), small=True))
            for text in new:
                column.addWidget(words(text))
        if not rows and not file.lines:
            column.addWidget(words(t("approval.same_again")))
        return frame

    def _objections(self, file: File) -> QWidget:
        frame, column = card()
        column.addWidget(words(t("approval.objections"), muted=True))
        for one in file.objections:
            state = OBJECTION_MEANING[one.state]
            says = t(
                "approval.objection",
                objector=one.objector or t("objector.secret"),
                grounds=one.grounds,
                state=t(f"rounds.objection.{one.state}"),
                outcome=one.outcome or "",
            )
            label = words(f"{SHAPES[state]} {says}")
            column.addWidget(label)
        return frame

    def _award(self, file: File) -> QWidget:
        frame, column = card()
        view = AwardView(self.theme)
        view.tell(Outcome.decided(file.decision), heading=t("approval.award"), brief=True)
        column.addWidget(view)
        return frame


def _minute(at: datetime.datetime) -> datetime.datetime:
    return at.replace(second=0, microsecond=0)


def _fact_of(policy: Policy | None, name: str) -> Fact:
    if name in FACTS:
        return FACTS[name]
    own = {} if policy is None else policy.rules.facts
    return own.get(name) or Fact(name, "text")


def _figure(of: DecisionView, name: str, value: Any) -> str:
    """A figure of a decision in words."""
    if value in (None, "", ()):
        return ""
    if name == "award_fen":
        return t("amount.grouped", amount_fen=value)
    if name == "status":
        return t_or(f"rounds.outcome.{value}", str(value))
    if name == "reasons":
        return reasons(of.policy, value, of.status, language())
    if name in ("tier", "binding"):
        return t("why.or").join(why(of.policy, each, language()) for each in str(value).split(";"))
    return str(value)
