"""Approving or returning cases, one or many: what it would bring, what must be said, then one by one."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from casework.boards import approval_board
from casework.boards.approval_board import Queued
from casework.core import on_many_cases
from casework.core.change import Change
from casework.core.on_many_cases import Effect
from desktop.kit.desk import Desk
from desktop.kit.jobs import Job
from desktop.kit.language import language, t
from desktop.kit.theme import Theme
from desktop.lists.look_ahead_dialog import LookAhead, budget_name, going, left
from desktop.lists.spec import Column

CASES = (
    Column("case", "number_text", 144),
    Column("applicant", width=264),
    Column("award", "money", 144),
    Column("why", width=280),
)
MINUTES = "approval/minutes"
"""The setting that keeps the minutes named last: a meeting agrees to many."""


class Deciding(LookAhead):
    """An act of the approver on some cases, with what must be said about it."""

    act = ""
    asked = ""

    def __init__(
        self, parent: QWidget, desk: Desk, theme: Theme, title: str, cases: Sequence[Queued], given: str = ""
    ) -> None:
        super().__init__(parent, desk, theme, title, "approval.cases", CASES)
        self.cases = list(cases)
        self.names = {one.case: one.applicant for one in cases}
        self.ready: tuple[str, ...] = ()
        self.field = self.ask(self.asked, given, " ".join(one.case for one in cases))
        self.field.setPlaceholderText(t(f"{self.asked}.hint"))
        self.field.textChanged.connect(lambda text: self._may())

    def _may(self) -> None:
        self.yes.setEnabled(bool(self.ready and self.field.text().strip()) and self.job is None)

    def carry_out(self) -> None:
        """Do it to each case that it can be done to."""
        office, person, name, cases = self.desk.office, self.desk.person, self.act, self.ready
        given = {self.asked.rpartition(".")[2]: self.field.text().strip()}
        found: list[Effect] = []

        def act(job: Job[Change]) -> Change:
            change, told = on_many_cases.do(office, person, [(name, cases)], going(job), **given)
            found.extend(told)
            return change

        self.go(act, lambda change: self._came(found, change), t("approval.doing"))

    def _came(self, found: Sequence[Effect], change: Change) -> None:
        bad = [one for one in found if one.refused is not None]
        award = sum(one.told.get("award_fen") or one.told.get("released_fen") or 0 for one in found)
        said = t(f"approval.{self.act}.done", count=len(found) - len(bad), sum_fen=award, not_=len(bad))
        rows = [
            (one.case, self.names.get(one.case, ""), None, one.refused.say(language()))
            for one in bad
            if one.refused is not None
        ]
        self.told(said + left(change), rows if bad else None, "look" if bad or left(change) else "done")


class ApproveDialog(Deciding):
    """What approving would move in the budget, and the minutes that it rests on."""

    act, asked = "approve", "approval.minutes"

    def __init__(self, parent: QWidget, desk: Desk, theme: Theme, cases: Sequence[Queued]) -> None:
        before = str(desk.settings.value(MINUTES, ""))
        super().__init__(parent, desk, theme, t("action.approve"), cases, before)
        office, person = desk.office, desk.person
        wanted = [one.case for one in cases]

        def read(job: Job[Any]) -> approval_board.WouldApprove:
            return approval_board.would_approve(office, person, wanted)

        self.look(read, self._show)

    def _show(self, found: approval_board.WouldApprove) -> None:
        self.ready = found.ready
        said = t("approval.would", count=len(found.ready), sum_fen=found.award_fen)
        for moved in found.budgets:
            said += "\n" + t(
                "approval.budget",
                budget=budget_name(moved.key, moved.pack),
                committed_fen=moved.committed_fen,
                after_fen=moved.committed_after_fen,
                left_fen=moved.left_fen,
            )
        hindered = len(found.cases) - len(found.ready)
        if hindered:
            said += "\n" + t("approval.hindered", count=hindered)
        rows = [
            (
                one.case,
                self.names.get(one.case, ""),
                one.award_fen,
                "" if one.refused is None else one.refused.say(language()),
            )
            for one in found.cases
        ]
        self.offer(said, rows, t("approval.approve_n", count=len(found.ready)), ready=False)
        self._may()
        self.field.setFocus()

    def carry_out(self) -> None:
        """Keeps the number of the minutes for the next time, and approves."""
        self.desk.settings.setValue(MINUTES, self.field.text().strip())
        super().carry_out()


class ReturnDialog(Deciding):
    """What returning would release, and why they go back."""

    act, asked = "return", "approval.reason"

    def __init__(self, parent: QWidget, desk: Desk, theme: Theme, cases: Sequence[Queued]) -> None:
        super().__init__(parent, desk, theme, t("action.send_back"), cases)
        self.ready = tuple(one.case for one in cases)
        rows = [(one.case, one.applicant, one.award_fen, "") for one in cases]
        total = sum(one.award_fen for one in cases)
        said = t("approval.would_return", count=len(cases), sum_fen=total)
        self.offer(said, rows, t("approval.return_n", count=len(cases)), ready=False)
        self.field.setFocus()
