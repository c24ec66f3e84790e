"""Approval: the queue of published awards, the case one stands on, and the decision about one or many."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from casework.boards import approval_board
from casework.boards.approval_board import File, Queue, Queued
from casework.core.office import Office
from casework.core.refused import Refused
from casework.issuing import issue_many
from desktop.kit.action import Action
from desktop.kit.desk import Desk
from desktop.kit.language import t, t_or
from desktop.kit.page import Page
from desktop.kit.theme import GRID, Meaning, Theme
from desktop.kit.widgets import card, empty, link, scrolled, words
from desktop.lists.plain_table import PlainTable
from desktop.lists.spec import Column
from desktop.pages.approval.approve_dialogs import ApproveDialog, ReturnDialog
from desktop.pages.approval.detail import Detail
from desktop.pages.issue_dialog import IssueDialog

BARS: dict[str, Meaning] = {
    "ready": "done",
    "refused.publicity_running": "waiting",
    "refused.publicity_to_end": "waiting",
    "refused.objection": "look",
    "refused.changed_since": "look",
    "refused.same_person": "stopped",
    "refused.recused": "stopped",
}

LEAST = 340
"""The least width of the case that is read, in pixels at 100 %: the queue beside it scrolls by itself."""


def _bar(code: str) -> str:
    return t_or(f"approval.bar.{code.rpartition('.')[2]}", t("approval.bar.other"))


COLUMNS = (
    Column("bar", "chip", 120, show=_bar, meaning=lambda code: BARS.get(code, "look")),
    Column("case", "number_text", 112),
    Column("applicant", width=200),
    Column("award", "money", 112),
    Column("prepared_by", width=72),
    Column("until", "day", 96, hidden=True),
    Column("round", width=136, hidden=True),
    Column("seq", "count", 72, hidden=True),
)


class ApprovalPage(Page):
    """Queue on the left, the case on the right."""

    name = "approval"
    kinds = frozenset(("application", "decision", "publicity", "objection", "approval", "letter"))
    offers = (
        Action("approve", "approval", "Ctrl+Return", act="approve", main=True),
        Action("send_back", "approval", "Ctrl+Backspace", act="return", button=True),
        Action("pick_ready", "approval", "Ctrl+Shift+A", act="approve", button=True),
        Action("send_refusals", "approval", "Ctrl+I", act="issue_refusal"),
    )

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(desk)
        self.theme = theme
        self.queue = Queue((), ())
        self.wanted = ""
        self.table = PlainTable(
            desk, theme, "approval.queue", COLUMNS, empty=empty("approval.none"), told=_told, cases=True
        )
        self.table.picked.connect(lambda count: self._picked())
        self.table.opened.connect(self._open)
        self.table.model.answered.connect(self._stand)
        self.detail = Detail(theme, self.opened.emit)
        self.refusals = self._refusals()
        left = QVBoxLayout()
        left.setSpacing(GRID)
        left.addWidget(self.table, 1)
        left.addWidget(self.refusals)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, GRID)
        row.setSpacing(2 * GRID)
        row.addLayout(left, 1)
        self.right = scrolled(self.detail)
        self.right.setMinimumWidth(LEAST)
        row.addWidget(self.right, 1)

    def _refusals(self) -> QWidget:
        frame, column = card()
        row = QHBoxLayout()
        self.refusals_says = words("")
        row.addWidget(self.refusals_says, 1)
        row.addWidget(link(t("action.send_refusals"), self.do_send_refusals))
        column.addLayout(row)
        frame.hide()
        return frame

    # -- reading -------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the queue of the one who is signed in again."""
        person = self.desk.person
        self.desk.read(lambda office: approval_board.queue(office, person), self._show, owner=self)

    def come(self, what: str = "") -> None:
        """``what`` may name a case to stand on."""
        self.wanted = what
        super().come(what)
        if what:
            self._stand()

    @property
    def showing(self) -> str:
        """The case that one stands on."""
        at = self.table.view.current_id()
        return self.queue.cases[at].case if 0 <= at < len(self.queue.cases) else ""

    def _show(self, queue: Queue) -> None:
        self.queue = queue
        self.table.put([_row(one) for one in queue.cases])
        self.refusals.setVisible(bool(queue.refusals) and self.desk.may("issue_refusal"))
        self.refusals_says.setText(t("approval.refusals", count=len(queue.refusals)))
        self.right.setVisible(bool(queue.cases))
        if not queue.cases:
            self.detail.put(None)
        self.offered.emit()

    def ready(self, action: str) -> bool:
        """Nothing is approved or sent back where nothing waits."""
        match action:
            case "approve" | "pick_ready":
                return bool(self.queue.ready)
            case "send_back":
                return bool(self.queue.cases)
        return True

    def _stand(self) -> None:
        """Stand on the wanted case, or on the first."""
        cases = [one.case for one in self.queue.cases]
        if self.wanted in cases:
            self.table.view.pick([cases.index(self.wanted)])
            self.wanted = ""
        elif cases and self.table.view.current_id() < 0:
            self.table.view.pick([self.table.model.ids[0]])
        self._picked()

    def _picked(self) -> None:
        """Read the case one stands on, unless it is shown already as it is."""
        person, case = self.desk.person, self.showing
        if not case:
            return

        def read(office: Office) -> File | None:
            return approval_board.file(office, person, case)

        def then(found: File | None) -> None:
            if found is not None and self.showing == found.case and found != self.detail.file:
                self.detail.put(found)

        self.desk.read(read, then, owner=self)

    def _open(self, number: int) -> None:
        self.opened.emit(self.queue.cases[number].case)

    @property
    def chosen(self) -> list[Queued]:
        """The cases that are marked, in the queue's order; else the one that one stands on."""
        places = list(self.table.view.picked_ids())
        if not places and self.table.view.current_id() >= 0:
            places = [self.table.view.current_id()]
        return [self.queue.cases[at] for at in places if at < len(self.queue.cases)]

    # -- what can be done ----------------------------------------------------------------------------

    def do_approve(self) -> None:
        """See what approving the marked cases would bring, then approve them."""
        if self._some():
            ApproveDialog(self, self.desk, self.theme, self.chosen).open()

    def do_send_back(self) -> None:
        """Return the marked cases to their officer, with the reason."""
        if self._some():
            ReturnDialog(self, self.desk, self.theme, self.chosen).open()

    def do_pick_ready(self) -> None:
        """Mark all cases that can be approved."""
        ready = [at for at, one in enumerate(self.queue.cases) if one.bar is None]
        if ready:
            self.table.view.pick(ready)
            self.table.setFocus()
        else:
            self.desk.say(t("approval.none_ready"), "look")

    def do_send_refusals(self) -> None:
        """See which notices of refusal would go out, then send them."""

        def then(waits: issue_many.ToIssue) -> None:
            if waits.refusals:
                IssueDialog(self, self.desk, self.theme, waits, refusals=True).open()
            else:
                self.desk.say(t("approval.no_refusals"), "waiting")

        self.desk.read(lambda office: issue_many.waiting(office), then, owner=self)

    def _some(self) -> bool:
        if not self.chosen:
            self.desk.say(t("approval.mark_first"), "look")
        return bool(self.chosen)


def _row(one: Queued) -> tuple[Any, ...]:
    bar: Refused | None = one.bar
    return (
        "ready" if bar is None else bar.code,
        one.case,
        one.applicant,
        one.award_fen,
        one.prepared_by,
        one.public_until,
        one.round,
        one.seq,
    )


def _told(rows: Any) -> str:
    return t("approval.marked", sum_fen=sum(row[3] for row in rows))
