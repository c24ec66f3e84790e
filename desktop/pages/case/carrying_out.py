"""Doing things to the case on the page: what is asked first, the act on the case as seen, what is said after.

Where someone else has changed the case since it was read, the act is refused, the page shows it anew, and
what was typed stays beside it.
"""

import uuid
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtWidgets import QLineEdit, QWidget

from casework.boards.case_view import CaseView, Stored
from casework.cases import paper_filing
from casework.core import files_out
from casework.core.act import By, Seen
from casework.core.act_table import STAGES
from casework.core.change import Change
from casework.core.refused import Refused
from casework.issuing import delivery, letters, procedural_letters, publicity
from casework.review import checking, corrections
from desktop.kit.ask_dialog import AskDialog, Field, combo, proposed
from desktop.kit.desk import Desk
from desktop.kit.jobs import Job
from desktop.kit.language import language, t
from desktop.kit.page import Page
from desktop.kit.paper_viewer import Shown
from desktop.kit.printing import print_out
from desktop.kit.typed_day import typed_day
from desktop.pages.case.acts import ASKS
from desktop.pages.case.ask_correction import AskCorrection
from desktop.pages.case.checks import FindingsPart
from desktop.pages.case.facts import FactsPart
from desktop.pages.case.kind_dialog import Taken
from desktop.pages.case.papers import PapersPart
from desktop.pages.case.ready_dialog import Open, ReadyDialog
from desktop.pages.case.unsent_defects import UnsentDefects
from models.settings import DELIVERY_METHODS
from words import has

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

STALE = ("refused.changed_meanwhile", "refused.state")
"""Refusals after which the case is read again."""

ABOUT: Mapping[str, tuple[Callable[..., Change], tuple[str, ...]]] = {
    "settle_objection": (publicity.settle_objection, ("outcome", "reason")),
    "issue_objection_answer": (procedural_letters.issue_objection_answer, ()),
    "void_letter": (letters.void_letter, ("reason",)),
    "issue_void_notice": (procedural_letters.issue_void_notice, ()),
    "record_delivery": (delivery.record_delivery, ("method", "delivered_on", "receipt")),
}
"""Acts about one letter or objection: what does it by its number, and what is asked first."""

Then = Callable[[Change], None]


class _Asking(NamedTuple):
    """A dialog that asks before an act, how it is made, and the case as it tells of it."""

    dialog: AskDialog
    make: Callable[[], AskDialog]
    seen: Seen


class CarryingOut:
    """The acts of one page, on the case that it shows.

    Args:
        page: the page that reads the case again where it has changed meanwhile.
        bring: brings a part of the page into sight.
        places: the parts where corrections, objections and refusals are told, by kind of what is open.
    """

    def __init__(
        self,
        page: Page,
        desk: Desk,
        facts: FactsPart,
        findings: FindingsPart,
        papers: PapersPart,
        bring: Callable[[QWidget], object],
        places: Mapping[str, QWidget],
    ) -> None:
        self.page, self.desk = page, desk
        self.places = {"finding": findings, "register": facts, **places}
        self.facts, self.findings, self.papers, self.bring = facts, findings, papers, bring
        self.case = ""
        self.view: CaseView | None = None
        self.unsent = UnsentDefects(desk)
        self.asking: _Asking | None = None

    def turn_to(self, case: str, view: CaseView | None) -> None:
        """What is done from now on is done to this case as it was read; nothing while it is not read yet."""
        self.case, self.view = case, view
        if view is not None:
            self._ask_anew(view.seen)

    def _put(self, make: Callable[[], AskDialog]) -> AskDialog:
        """Open a dialog about the case as it was read."""
        assert self.view is not None
        dialog = make()
        self.asking = asking = _Asking(dialog, make, self.view.seen)
        dialog.finished.connect(lambda result: self._answered(asking))
        dialog.open()
        return dialog

    def _answered(self, asking: _Asking) -> None:
        if self.asking is asking:
            self.asking = None

    def _ask_anew(self, seen: Seen) -> None:
        """A dialog that tells of the case as it was before somebody else changed it gives way to one that
        tells of it as it is, with what was typed: nobody agrees to what they have not read."""
        asking = self.asking
        if asking is not None and asking.seen != seen and asking.dialog.isVisible():
            self._put(asking.make).take_over(asking.dialog)

    def act(
        self,
        act: Callable[..., Change],
        *args: Any,
        then: Then | None = None,
        refused: Callable[[Refused], None] | None = None,
    ) -> None:
        """Do an act to the case as it stands on the page."""
        if self.view is None:
            return
        office, by = self.desk.office, By(self.desk.person, None, self.view.seen)

        def not_done(refusal: Refused) -> None:
            if refusal.code in STALE:
                self.page.refresh()
            (refused or self.desk.refuse)(refusal)

        self.desk.long_act(lambda job: act(office, by, *args), then=then, refused=not_done, owner=self.page)

    def do(self, name: str, number: int = 0) -> None:
        """An act by its name, after what it asks; ``number`` is that of the letter or objection."""
        if self.view is None:
            return
        if name in ("verify_facts", "answer_correction"):
            self.facts.edit(name)
            self.bring(self.facts)
        elif name == "ask_correction":
            case = self.case
            dialog = AskCorrection(self.page, self.view, self._ask_correction, self.unsent.of(case))
            dialog.rejected.connect(lambda: self.unsent.keep(case, dialog.unsent()))
            dialog.accepted.connect(lambda: self.unsent.sent(case))
            dialog.open()
        elif name == "add_paper":
            self.papers.choose()
        elif name in ABOUT:
            self._ask_about(name, number)
        elif name in ("decide", "decide_again"):
            self._ask_ready(name)
        else:
            self._ask(name)

    def keep(self) -> None:
        """Have a list of defects that is being typed on the disk, behind the lock too."""
        for dialog in self.page.findChildren(AskCorrection):
            if not dialog.over:
                self.unsent.keep(self.case, dialog.unsent())

    def _ask(self, name: str) -> None:
        ask = ASKS[name]
        if not ask.asks and not ask.sure:
            self.act(ask.act, self.case, then=partial(self.done, name))
            return
        title = f"action.case_{name}"

        def fields() -> dict[str, Field]:
            return {f"case.ask.{code}": self._field(code) for code in ask.asks}

        def do(dialog: AskDialog, values: dict[str, str]) -> None:
            given = [values[f"case.ask.{code}"] for code in ask.asks]
            self.act(ask.act, self.case, *given, then=self._then(name, dialog), refused=dialog.refuse)

        self._put(lambda: AskDialog(self.page, title, self._says(name), fields(), do, self.desk, self.case))

    def _ask_ready(self, name: str) -> None:
        """The gate: what is open is listed, and who goes on says why."""

        def do(dialog: AskDialog, values: dict[str, str]) -> None:
            reason = next(iter(values.values()), "")
            if isinstance(dialog, ReadyDialog) and dialog.things and not reason:
                raise Refused("refused.reason_missing", act=name)
            self.act(ASKS[name].act, self.case, reason, then=self._then(name, dialog), refused=dialog.refuse)

        always = "case.ask.reason" if name == "decide_again" else ""
        title, theme = f"action.case_{name}", self.findings.theme
        self._put(
            lambda: ReadyDialog(
                self.page, theme, title, self._says(name), self._open(), do, always, self.desk, self.case
            )
        )

    def _open(self) -> list[Open]:
        """What is open about the case, as the office knows it and as the page does: what is typed there and
        not stored."""
        assert self.view is not None
        found = [
            Open(t("case.gate.unsaved"), partial(self.bring, part))
            for part in (self.facts, self.findings)
            if part.typing()
        ]
        for one in self.view.open:
            place = self.places.get(one.kind)
            go = partial(self.do, one.kind) if place is None else partial(self.bring, place)
            found.append(Open(one.say(language()), go))
        return found

    def _ask_about(self, name: str, number: int) -> None:
        act, asks = ABOUT[name]
        title = f"action.case_{name}"

        def fields() -> dict[str, Field]:
            return {f"case.ask.{code}": self._field(code) for code in asks}

        def do(dialog: AskDialog, values: dict[str, str]) -> None:
            given: list[Any] = list(values.values())
            if name == "record_delivery":
                code = "case.ask.delivered_on"
                given[asks.index("delivered_on")] = typed_day(values[code], code, self.desk.office.today())
            self.act(act, number, *given, then=self._then(name, dialog), refused=dialog.refuse)

        about = f"{self.case} {number}"
        self._put(lambda: AskDialog(self.page, title, self._says(name), fields(), do, self.desk, about))

    def _ask_correction(self, dialog: AskCorrection, defects: list[corrections.Defect]) -> None:
        self.act(
            corrections.ask_correction,
            self.case,
            defects,
            then=self._then("ask_correction", dialog),
            refused=dialog.refuse,
        )

    def _then(self, name: str, dialog: AskDialog | AskCorrection) -> Then:
        def then(change: Change) -> None:
            dialog.accept()
            self.done(name, change)

        return then

    def _field(self, code: str) -> Field:
        if code == "stage":
            return combo({stage: t(f"state.{stage}") for stage in STAGES})
        if code == "outcome":
            return combo({one: t(f"case.objection.{one}") for one in ("dismissed", "upheld")})
        if code == "method":
            return combo({one: t(f"delivery.method.{one}") for one in DELIVERY_METHODS})
        return QLineEdit(str(self.desk.office.today()) if code == "delivered_on" else "")

    def _says(self, name: str) -> str:
        """One sentence on what will happen, in numbers."""
        view = self.view
        assert view is not None
        decision = view.decision
        params: Mapping[str, Any] = {
            "case": view.case,
            "applicant": view.applicant,
            "award_fen": (decision.award_fen or 0) if decision is not None else 0,
            "holds_fen": decision.holds_fen if decision is not None else 0,
            "refusal": "" if view.refusal is None else view.refusal.fact,
        }
        never = name == "decide_again" and decision is None  # put aside by a person before it was decided
        says = t(f"case.says.{'decide' if never else name}", **params)
        if name in ("decide", "decide_again") and view.closed_by is not None:
            says += "\n" + view.closed_by.say(language())
        if name in ("confirm_refusal", "reject_refusal") and view.refusal is not None:
            one = view.refusal
            why = t("case.refusal.why", reason=one.reason, document=one.document, article=one.article)
            says = proposed(one.proposed_by, one.proposed_at, why) + says
        return says

    def done(self, name: str, change: Change) -> None:
        """Say what was done."""
        status = change.facts.get("status")
        code = f"case.done.{status or name}"
        facts = {name: value for name, value in change.facts.items() if name not in ("status", "code")}
        if has(code, language()):
            self.desk.say(t(code, **{**facts, "case": self.case}), "look" if status == "blocked" else "done")
        else:
            self.desk.say(t("case.done", case=self.case, act=t(f"act.{name}")))

    # -- what the parts of the page ask for ------------------------------------------------------------

    def store_facts(self, name: str, changes: dict[str, Any], reason: str) -> None:
        """Store what was verified, or the applicant's answer to a correction."""
        act = checking.verify_facts if name == "verify_facts" else corrections.answer_correction
        args = (changes, reason) if name == "verify_facts" else (changes,)

        def then(change: Change) -> None:
            self.facts.done()
            self.done(name, change)
            self.page.refresh()

        self.act(act, self.case, *args, then=then)

    def judge(self, finding: int, outcome: str, reason: str) -> None:
        """Judge a finding."""

        def then(change: Change) -> None:
            self.findings.drafts.pop(finding, None)
            self.findings.keep()
            self.done("judge_finding", change)

        self.act(checking.judge_finding, finding, outcome, reason, then=then)

    def take_papers(self, taken: list[Taken]) -> None:
        """File papers, one act each."""
        office, person, case = self.desk.office, self.desk.person, self.case
        requests = [uuid.uuid4().hex for _ in taken]
        also: list[str] = []

        def act(job: Job[Change]) -> Change:
            change = None
            for at, (kind, name, body, media) in enumerate(taken):
                job.step(at, len(taken))
                by = By(person, requests[at])
                change = paper_filing.add_paper(office, by, case, kind, name, body, media)
                also.extend(change.facts.get("also_on") or ())
            assert change is not None
            return change

        def then(change: Change) -> None:
            if also:
                self.desk.say(t("case.paper_also", cases=also), "look")
            else:
                self.desk.say(t("case.papers_taken", count=len(taken)))

        self.desk.long_act(act, then=then, owner=self.page)

    def save_to(self, stored: Stored, path: Path) -> None:
        """Write a stored file, byte for byte."""
        self.desk.act(
            files_out.save_paper,
            self.case,
            stored.sha256,
            path,
            then=lambda change: self.desk.say(t("case.saved", path=str(path))),
            owner=self.page,
        )

    def print_on(self, shown: Shown, printer: "QPrinter") -> None:
        """Print a stored file, once its line stands in the log."""
        self.desk.act(
            files_out.save_paper,
            self.case,
            shown.stored.sha256,
            None,
            then=lambda change: print_out(self.desk, shown, printer),
            owner=self.page,
        )
