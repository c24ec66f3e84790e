"""Deciding all cases of a round: what each would get is seen before it is done."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from casework.award import deciding, round_preview
from casework.award.round_preview import Would
from casework.core.change import Change
from casework.core.office import Office
from casework.core.refused import Refused
from casework.rulebook.explanation_in_words import reasons, why
from desktop.kit.desk import Desk
from desktop.kit.jobs import Job
from desktop.kit.language import language, t
from desktop.kit.theme import Meaning, Theme
from desktop.kit.widgets import DECISION_MEANING
from desktop.lists.look_ahead_dialog import LookAhead, budget_name, going
from desktop.lists.spec import Column

REASON = "case.ask.go_on"
SHOWN = 5
"""Cases with open things that are named."""
OUTCOMES: dict[str, Meaning] = {**DECISION_MEANING, "skipped": "waiting"}
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


class DecideDialog(LookAhead):
    """What each case of a round would get, before all are decided."""

    def __init__(self, parent: QWidget, desk: Desk, theme: Theme, round_id: int | None) -> None:
        super().__init__(parent, desk, theme, t("action.decide_round"), "rounds.deciding", DECIDING)
        self.round_id = round_id
        self.seen: round_preview.Outlook | None = None
        self.look_ahead()

    def look_ahead(self) -> None:
        """Calculate what would come out; nothing is written."""
        office, person, round_id = self.desk.office, self.desk.person, self.round_id

        def read(job: Job[Any]) -> round_preview.Outlook:
            return round_preview.decide_round(office, person, round_id, progress=job.step)

        self.look(read, self._show)

    def _show(self, seen: round_preview.Outlook) -> None:
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
        for closed in seen.closed_by:
            said += "\n" + closed.say(language())
        if seen.skipped:
            said += "\n" + t("rounds.skipped", count=seen.skipped)
        if seen.earlier is not None:
            said += "\n" + t("rounds.earlier", count=seen.earlier.how_many, case=seen.earlier.case)
        if seen.asked:
            said += "\n" + t("rounds.open_things", count=len(seen.asked), cases=seen.asked[:SHOWN])
            if REASON not in self.fields:
                self.ask(REASON, about=str(self.round_id))
        rows = [_would(one) for one in seen.cases]
        self.offer(said, rows, t("rounds.decide", count=count), ready=count > 0)

    def carry_out(self) -> None:
        """Decide the round; stopping keeps what is decided. Where something is open, why one goes on is said
        first."""
        reason = self.fields[REASON].text().strip() if REASON in self.fields else ""
        if REASON in self.fields and not reason:
            self.blame(Refused("refused.reason_missing", act="decide"))
            return
        office, person, round_id = self.desk.office, self.desk.person, self.round_id
        done: list[deciding.Decided | Refused] = []
        decided = partial(_decide, office, person, round_id)

        def act(job: Job[Change]) -> Change:
            try:
                done.append(decided(reason, going(job)))
            except Refused as refused:  # what was decided before it stays, and is shown
                done.append(refused)
            return Change("decide", {"application": (), "decision": (), "budget": ()})

        def then(change: Change) -> None:
            self._decided(done[0])

        self.go(act, then, t("rounds.deciding"))

    def _decided(self, done: deciding.Decided | Refused) -> None:
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
        if done.left:
            said += " " + t("ahead.left", left=done.left)
        self.told(said, None, "look" if done.blocked or done.skipped or done.left else "done")


def _decide(
    office: Office, person: str, round_id: int | None, reason: str, progress: deciding.Progress
) -> deciding.Decided:
    return deciding.decide_round(office, person, round_id, reason=reason, progress=progress)


def _budget(seen: round_preview.Outlook, key: str) -> str:
    """A budget by the name of its programme; its key where no case names it."""
    programme = key.rpartition("/")[0]
    packs = (one.policy.pack for one in seen.cases if one.policy is not None)
    return budget_name(key, next((pack for pack in packs if pack.id == programme), None))


def _would(one: Would) -> tuple[Any, ...]:
    """A case as a row of the list."""
    if one.bar is not None:
        says = one.bar.say(language())
        return one.case, one.applicant, "skipped", "", None, says
    tiers = t("why.or").join(why(one.policy, tier, language()) for tier in one.tier.split(";") if tier)
    says = reasons(one.policy, one.reasons, one.status, language()) if one.reasons else ""
    if one.closed_by is not None and one.status == "refused":
        says += t("rounds.closed_by", case=one.closed_by.case)
    return one.case, one.applicant, one.status, tiers, one.award_fen, says
