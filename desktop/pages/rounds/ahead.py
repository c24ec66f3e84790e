"""A round's great steps, each seen before it is done: deciding all its cases, issuing all its papers."""

from typing import Any

from PySide6.QtWidgets import QWidget

from casework import award, issue_many, look_ahead, preview
from casework.change import Change
from casework.issue_many import Waiting
from casework.on_many_cases import Effect
from casework.preview import Would
from casework.refused import Refused
from casework.telling import reasons, why
from desktop.ahead import Ahead, budget_name, going
from desktop.desk import Desk
from desktop.speech import language, t
from desktop.table.spec import Column
from desktop.theme import Meaning, Theme
from desktop.work import Job

OUTCOMES: dict[str, Meaning] = {
    "awarded": "done", "refused": "stopped", "blocked": "look", "skipped": "waiting",
}  # fmt: skip
DECIDING = (
    Column("case", "number_text", 136),
    Column("applicant", width=232),
    Column(
        "status", "chip", 104, show=lambda status: t(f"rounds.outcome.{status}"), meaning=OUTCOMES.__getitem__
    ),
    Column("tier", width=88),
    Column("award", "money", 136),
    Column("why", width=224),
)
ISSUING = (
    Column("case", "number_text", 136),
    Column("paper", width=168, show=lambda paper: t(f"rounds.paper.{paper}")),
    Column("quota", "money", 136),
    Column("until", "day", 112),
    Column("why", width=320),
)


class DecideDialog(Ahead):
    """What each case of a round would get, before all are decided."""

    def __init__(self, parent: QWidget, desk: Desk, theme: Theme, round_id: int | None) -> None:
        super().__init__(parent, desk, theme, t("action.decide_round"), "rounds.deciding", DECIDING)
        self.round_id = round_id
        self.seen: preview.Outlook | None = None
        self.yes.clicked.connect(lambda checked=False: self.carry_out())
        self.look_ahead()

    def look_ahead(self) -> None:
        """Calculate what would come out; nothing is written."""
        office, person, round_id = self.desk.office, self.desk.person, self.round_id

        def read(job: Job[Any]) -> preview.Outlook:
            return preview.decide_round(office, person, round_id, progress=job.step)

        self.look(read, self._show)

    def _show(self, seen: preview.Outlook) -> None:
        self.seen = seen
        count = len(seen.cases) - seen.skipped
        said = t(
            "rounds.would",
            awarded=seen.counted("awarded"),
            award_fen=seen.award_fen,
            refused=seen.counted("refused"),
            blocked=seen.counted("blocked"),
        )
        for spent in seen.budgets:
            said += "\n" + t(
                "rounds.budget",
                budget=_budget(seen, spent.key),
                before_fen=spent.before_fen,
                after_fen=spent.after_fen,
            )
        if seen.skipped:
            said += "\n" + t("rounds.skipped", count=seen.skipped)
        rows = [_would(one) for one in seen.cases]
        self.offer(said, rows, t("rounds.decide", count=count), ready=count > 0)

    def carry_out(self) -> None:
        """Decide the round; stopping keeps what is decided."""
        office, person, round_id = self.desk.office, self.desk.person, self.round_id
        done: list[award.Decided | Refused] = []

        def act(job: Job[Change]) -> Change:
            try:
                done.append(award.decide_round(office, person, round_id, progress=going(job)))
            except Refused as refused:  # what was decided before it stays, and is shown
                done.append(refused)
            return Change("decide", {"application": (), "decision": (), "budget": ()})

        def then(change: Change) -> None:
            self._decided(done[0])

        self.go(act, then, t("rounds.deciding"))

    def _decided(self, done: award.Decided | Refused) -> None:
        if isinstance(done, Refused):
            self.blame(done)
            self.desk.refuse(done)
            return
        said = t(
            "rounds.decided",
            awarded=done.awarded,
            award_fen=done.award_fen,
            refused=done.refused,
            blocked=done.blocked,
        )
        if done.skipped:
            said += t("rounds.skipped", count=len(done.skipped))
        self.told(said, None, "look" if done.blocked or done.skipped else "done")


def _budget(seen: preview.Outlook, key: str) -> str:
    """A budget by the name of its programme; its key where no case names it."""
    programme = key.rpartition("/")[0]
    packs = (one.policy.pack for one in seen.cases if one.policy is not None)
    return budget_name(key, next((pack for pack in packs if pack.id == programme), None))


def _would(one: Would) -> tuple[Any, ...]:
    """A case as a row of the list."""
    if one.skipped:
        says = Refused(one.skipped, case=one.case).say(language())
        return one.case, one.applicant, "skipped", "", None, says
    tiers = t("why.or").join(why(one.policy, tier, language()) for tier in one.tier.split(";") if tier)
    says = reasons(one.policy, one.reasons, language()) if one.reasons else ""
    return one.case, one.applicant, one.status, tiers, one.award_fen, says


class IssueDialog(Ahead):
    """The vouchers and letters that wait in a round, before they are issued.

    Args:
        refusals: issue the notices of refusal instead.
    """

    def __init__(
        self, parent: QWidget, desk: Desk, theme: Theme, waits: Waiting, *, refusals: bool = False
    ) -> None:
        title = t("action.send_refusals" if refusals else "action.issue_round")
        super().__init__(parent, desk, theme, title, "rounds.issuing", ISSUING)
        self.waits, self.refusals = waits, refusals
        self.yes.clicked.connect(lambda checked=False: self.carry_out())
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

        self.go(act, lambda change: self._issued(found), t("rounds.issuing"))

    def _issued(self, found: list[Effect]) -> None:
        bad = [one for one in found if one.refused is not None]
        vouchers = sum("quota_fen" in one.told for one in found if one.refused is None)
        letters = len(found) - len(bad) - vouchers
        said = t("rounds.issued", vouchers=vouchers, letters=letters, not_=len(bad))
        self.told(said, [_issued(one, "letter") for one in bad] if bad else None, "look" if bad else "done")


def _issued(one: Effect, paper: str) -> tuple[Any, ...]:
    says = "" if one.refused is None else one.refused.say(language())
    return one.case, paper, one.told.get("quota_fen"), one.told.get("valid_until"), says
