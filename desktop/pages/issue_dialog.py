"""Issuing the papers that wait, seen before it is done: rounds and approval both open this dialog."""

from typing import Any

from PySide6.QtWidgets import QWidget

from casework.core import look_ahead
from casework.core.change import Change
from casework.core.on_many_cases import Effect
from casework.issuing import issue_many
from casework.issuing.issue_many import ToIssue
from desktop.kit.desk import Desk
from desktop.kit.jobs import Job
from desktop.kit.language import language, t
from desktop.kit.theme import Theme
from desktop.lists.look_ahead_dialog import LookAhead, going, left
from desktop.lists.spec import Column

ISSUING = (
    Column("case", "number_text", 136),
    Column("paper", width=168, show=lambda paper: t(f"rounds.paper.{paper}")),
    Column("quota", "money", 136),
    Column("until", "day", 112),
    Column("why", width=320),
)


class IssueDialog(LookAhead):
    """The vouchers and letters that wait in a round, before they are issued.

    Args:
        refusals: issue the notices of refusal instead.
    """

    def __init__(
        self, parent: QWidget, desk: Desk, theme: Theme, waits: ToIssue, *, refusals: bool = False
    ) -> None:
        title = t("action.send_refusals" if refusals else "action.issue_round")
        super().__init__(parent, desk, theme, title, "rounds.issuing", ISSUING)
        self.waits, self.refusals = waits, refusals
        self.look_ahead()

    def look_ahead(self) -> None:
        """Have the office try it and take it back."""
        office, person, waits = self.desk.office, self.desk.person, self.waits
        name, cases = (
            ("issue_refusal", waits.refusals) if self.refusals else ("issue_voucher", waits.vouchers)
        )

        def read(job: Job[Any]) -> list[Effect]:
            return look_ahead.on_cases(office, person, name, list(cases), job.step)

        self.look(read, self._show, pool="act")

    def _show(self, tried: list[Effect]) -> None:
        paper = "refusal" if self.refusals else "voucher"
        rows = [_issued(one, paper) for one in tried]
        good = sum(one.refused is None for one in tried)
        letters = () if self.refusals else self.waits.letters
        rows += [(case, "letter", None, None, "") for case in letters]
        quota = sum(one.told.get("quota_fen") or 0 for one in tried)
        code = "rounds.would_refuse" if self.refusals else "rounds.would_issue"
        said = t(code, vouchers=good, quota_fen=quota, letters=good + len(letters), not_=len(tried) - good)
        button = t("rounds.issue" if not self.refusals else "rounds.send", count=good + len(letters))
        self.offer(said, rows, button, ready=bool(good or letters))

    def carry_out(self) -> None:
        """Issue them, one act each; stopping keeps what is issued."""
        office, person, waits = self.desk.office, self.desk.person, self.waits
        issue = issue_many.send_refusals if self.refusals else issue_many.issue
        found: list[Effect] = []

        def act(job: Job[Change]) -> Change:
            change, told = issue(office, person, waits, going(job))
            found.extend(told)
            return change

        self.go(act, lambda change: self._issued(found, change), t("rounds.issuing"))

    def _issued(self, found: list[Effect], change: Change) -> None:
        bad = [one for one in found if one.refused is not None]
        vouchers = sum("quota_fen" in one.told for one in found if one.refused is None)
        letters = len(found) - len(bad) - vouchers
        said = t("rounds.issued", vouchers=vouchers, letters=letters, not_=len(bad))
        rows = [_issued(one, "letter") for one in bad] if bad else None
        self.told(said + left(change), rows, "look" if bad or left(change) else "done")


def _issued(one: Effect, paper: str) -> tuple[Any, ...]:
    says = "" if one.refused is None else one.refused.say(language())
    return one.case, paper, one.told.get("quota_fen"), one.told.get("valid_until"), says
