"""The demonstration: a made-up round taken through the office's whole life, by acts and nothing else.

Its clock stands where the story is, its secrets come from the seed, and each of its papers says that it is a
demonstration: the same seed gives the same office and the same papers, byte for byte.
"""

import datetime
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from casework.award import deciding, refusals
from casework.cases import providers
from casework.cases.case_facts import is_current
from casework.core import calendar, files_out, office_settings, who_may
from casework.core.office import SHANGHAI, Office
from casework.founding import (
    made_up_allotments,
    made_up_applications,
    made_up_model_vouchers,
    made_up_office,
    made_up_second_round,
)
from casework.founding.demonstration_summary import summarise
from casework.founding.made_up_office import (
    APPROVER,
    APPROVER2,
    BUDGET,
    FINANCE,
    LAST_DAY,
    MADE_UP,
    MINUTES,
    NAME,
    OFFICER,
    OFFICER2,
    PACK,
    SYSTEM,
    Clock,
    Progress,
    entropy,
)
from casework.intake import portal_import, rounds
from casework.issuing import (
    approval,
    delivery,
    letters,
    procedural_letters,
    publicity,
    vouchers,
    withdraw_suspend_revoke,
)
from casework.outgoing import ledger_export
from casework.people import accounts
from casework.review import checking, corrections
from casework.rulebook import packs
from models import Application, Decision, Objection
from papers.draft_file import private_folder, whole

CASES, SEED = 120, 2026
LIVING = 120
"""From so many cases on the office is left at work: a second round and a second scheme beside the first."""
WORKBOOK = "demo/portal-2026.xlsx"
"""The portal's workbook of the default demonstration."""
READY = ("accepted", "eligibility")
BASIS = "《深圳市打造人工智能先锋城市的若干措施》（深工信规〔2024〕13号）"


class Left(NamedTuple):
    """How much of the first round is left undone on the last day: awards to approve, vouchers and letters to
    issue, and letters to deliver (None: all but three)."""

    approvals: int = 0
    vouchers: int = 0
    letters: int = 0
    deliveries: int | None = None

    def delivered(self, issued: int) -> int:
        """How many letters were delivered of so many."""
        return min(issued, 3) if self.deliveries is None else max(0, issued - self.deliveries)


NOTHING_LEFT = Left()
AT_WORK = Left(approvals=6, vouchers=14, letters=10, deliveries=8)


def demo(
    office_path: Path | str,
    *,
    cases: int = CASES,
    seed: int = SEED,
    out: Path | None = None,
    lang: str = "zh",
    progress: Progress | None = None,
    living: bool | None = None,
    tick: Callable[[], object] = lambda: None,
    stored: Callable[[], object] = lambda: None,
) -> dict[str, Any]:
    """Make the demonstration office and its papers; the office is there once all of it is.

    Args:
        cases: how many rows the portal's workbook has.
        out: where the papers go (`letters/`, `publicity/`, `ledgers/` and the workbook); nowhere without it.
        progress: told the stage, how much is done and how much there is.
        living: whether it ends at work, with something at every stage; as `LIVING` says where it is not said.
        tick: called at least once in every act; what it raises ends the making.
        stored: called once the office is there.

    Whatever ends it before its end leaves nothing of it, neither the office nor papers in a folder that was
    not there.

    Returns:
        The summary: applications by state, decisions, money in yuan, where the papers lie.
    """
    started = time.perf_counter()
    clock = Clock(datetime.datetime(2026, 4, 20, 9, tzinfo=SHANGHAI), tick)
    drawn = entropy(str(seed))
    with (
        _none_or_all(out),
        Office.making(
            office_path, name=NAME, seed=str(seed), clock=clock, entropy=drawn, stored=stored
        ) as office,
    ):
        at_work = cases >= LIVING if living is None else living
        told = progress or (lambda stage, done, of: None)
        _tell(Story(office, clock, told, AT_WORK if at_work else NOTHING_LEFT), cases, seed, out)
        summary = summarise(office)
    if out is not None:
        summary["papers"] = str(out)
    return summary | {"seed": seed, "seconds": round(time.perf_counter() - started, 3)}


@contextmanager
def _none_or_all(out: Path | None) -> Iterator[None]:
    """A folder that was not there goes again where its papers did not become whole."""
    is_new = out is not None and not out.exists()
    try:
        yield
    except BaseException:
        if out is not None and is_new:
            shutil.rmtree(out, ignore_errors=True)
        raise


def _tell(story: "Story", cases: int, seed: int, out: Path | None) -> None:
    """The whole story in the order of its days; where the office is left at work, with all that goes on
    beside the first round."""
    at_work = story.left == AT_WORK
    story.found()
    if at_work:
        models = made_up_model_vouchers.ModelVouchers(story.office, story.clock, seed)
        models.spring()
    story.take_in(workbook(cases, seed), out, seed)
    story.check()
    story.decide()
    story.publish()
    story.approve()
    if at_work:
        second = made_up_second_round.SecondRound(story.office, story.clock, cases, seed)
        second.arrive()
        models.summer()
    story.issue()
    if at_work:
        second.go_on()
        models.go_on()
        story.afterthoughts()
        second.last_day()
        models.last_day()
        story.clock.morning(LAST_DAY, 14)
    made_up_allotments.ask_for_more(story.office, BUDGET)
    if out is not None:
        if at_work:
            story.clock.morning(LAST_DAY, 16)
        story.papers(out)


def workbook(cases: int, seed: int) -> bytes:
    """The portal's workbook of a demonstration; the default one lies in the resources."""
    if (cases, seed) == (CASES, SEED):
        return (resources.files("resources") / WORKBOOK).read_bytes()
    return made_up_applications.workbook(made_up_applications.rows(cases, seed))


class Story:
    """The round as it went, day by day."""

    def __init__(self, office: Office, clock: Clock, progress: Progress, left: Left = NOTHING_LEFT) -> None:
        self.office = office
        self.clock = clock
        self.progress = progress
        self.left = left
        self.publicity = 0

    # -- spring: the office gets ready -----------------------------------------------------------------

    def found(self) -> None:
        """People, packs, the register, the money, and the terms that no source states: made up, and said
        so."""
        accounts.found(self.office, accounts.DEMO_PEOPLE, "demo")
        packs.put_in_force(self.office)
        for provider in made_up_applications.providers():
            for each in provider["admission"]:
                providers.admit_provider(
                    self.office, OFFICER, provider["name"], each["batch"], each["service"], MADE_UP,
                    each.get("from"), each.get("until"),
                )  # fmt: skip
        office_settings.set_office(self.office, SYSTEM, made_up_office.MADE_UP_SETTINGS, MADE_UP)
        made_up_allotments.fill(self.office, BUDGET)
        for parameter, value in made_up_office.MADE_UP_TERMS.items():
            made_up_office.settle(self.office, PACK, parameter, value)
        made_up_office.cite(self.office, PACK, made_up_office.MADE_UP_GUIDE)
        self.clock.morning(datetime.date(2026, 4, 28))
        rounds.open_round(
            self.office, OFFICER, "2026年度第一批", 2026,
            datetime.datetime(2026, 5, 6, tzinfo=SHANGHAI), datetime.datetime(2026, 6, 6, tzinfo=SHANGHAI),
        )  # fmt: skip

    # -- June: the portal's file ------------------------------------------------------------------------

    def take_in(self, body: bytes, out: Path | None, seed: int) -> None:
        """The portal's workbook, through the reader like any other."""
        self.clock.morning(datetime.date(2026, 6, 8))
        with private_folder() as folder:
            path = folder / f"portal-2026-{seed}.xlsx"
            path.write_bytes(body)
            portal_import.import_file(
                self.office, OFFICER, path, progress=lambda done, of: self.progress("import", done, of)
            )
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            with whole(out / "portal.xlsx") as draft:
                draft.write_bytes(body)

    def check(self) -> None:
        """Each case is accepted and checked; what can't be told is asked, and most applicants answer."""
        waiting = self._arrived()
        asked = []
        for at, (case, related) in enumerate(waiting):
            self.progress("check", at, len(waiting))
            checking.accept(self.office, OFFICER, case)
            made_up_office.judge(self.office, OFFICER, case)
            if related is None:
                defect = corrections.Defect("field", "related_party", "未填写，请补充关联关系声明")
                corrections.ask_correction(self.office, OFFICER, case, [defect])
                letters.issue_correction(self.office, OFFICER, case)
                asked.append(case)
            else:
                checking.review(self.office, OFFICER, case, "eligibility")
        self.clock.after_workdays(2)
        for case in asked[::2]:
            corrections.answer_correction(self.office, OFFICER, case, {"related_party": False})
            made_up_office.judge(self.office, OFFICER, case)
        self.clock.after_workdays(4)

    def _arrived(self) -> list[tuple[str, bool | None]]:
        """The cases that wait to be accepted, with what each says of related parties."""
        from models import ApplicationVersion as Version

        with self.office.read() as session:
            rows = (
                select(col(Application.case_no), col(Version.related_party))
                .join(Version, is_current())
                .where(col(Application.state) == "submitted")
                .order_by(col(Application.id))
            )
            return list(session.execute(rows).all())

    # -- the decisions -----------------------------------------------------------------------------------

    def decide(self) -> None:
        """The round in order of arrival; then one reading is settled, and the cases that waited for it."""
        states = (*READY, "correction")
        deciding.decide_round(
            self.office,
            OFFICER,
            1,
            states=states,
            reason="补正期限已过，按现有材料核算（演示）",
            progress=lambda done, of: self.progress("decide", done, of),
        )
        self.clock.after_workdays(1)
        made_up_office.settle(self.office, PACK, "startup_reference_date", "applied_at")
        for case in self._blocked_by("startup_reference_date"):
            deciding.decide_again(self.office, OFFICER, case, "补充规定已明确初创企业成立年限的计算日")

    def _blocked_by(self, parameter: str) -> list[str]:
        with self.office.read() as session:
            rows = (
                select(col(Application.case_no))
                .join(Decision, col(Decision.application_id) == col(Application.id))
                .where(col(Application.state) == "suspended", col(Decision.reasons).contains(parameter))
                .order_by(col(Application.id))
            )
            return list(session.execute(rows).scalars())

    # -- publicity, approval -----------------------------------------------------------------------------

    def publish(self) -> None:
        """The list, an objection that is dismissed and one that is upheld, and the end after its working
        days."""
        self.progress("publish", 0, 1)
        self.clock.after_workdays(1)
        change = publicity.publish(self.office, OFFICER2, 1)
        self.publicity = change.facts["publicity"]
        published = self._cases("publicity")
        self.clock.after_workdays(1)
        for case in published[:2]:
            publicity.take_objection(
                self.office, OFFICER2, case, "湾畔某科技企业（署名）", "认为该合同并非用于大模型训练（演示）"
            )
        self.clock.after_workdays(1)
        with self.office.read() as session:
            raised = list(session.execute(select(col(Objection.id)).order_by(col(Objection.id))).scalars())
        for number, outcome in zip(raised, ("dismissed", "upheld"), strict=False):
            publicity.settle_objection(self.office, APPROVER, number, outcome, "经核实用途材料认定（演示）")
            procedural_letters.issue_objection_answer(self.office, OFFICER2, number)
        self.clock.after_workdays(5)
        publicity.end_publicity(self.office, OFFICER2, self.publicity)

    def approve(self) -> None:
        """The collective decision: all that can be approved, one by one; where an objection was upheld, two
        people refuse the case."""
        published = self._cases("publicity")
        self.clock.morning(datetime.date(2026, 7, 6))
        bars = who_may.hindrances(self.office, APPROVER, "approve", published)
        ready = [case for case in published if bars[case] is None]
        for at, case in enumerate(ready[: max(0, len(ready) - self.left.approvals)]):
            self.progress("approve", at, len(ready))
            approval.approve(self.office, APPROVER, case, MINUTES)
        for case in (case for case in published if bars[case] is not None):
            refusals.propose_refusal(
                self.office, OFFICER2, case, "合同约定的算力并非用于大模型训练",
                "不属于本政策的支持范围，异议成立", BASIS, "第（二）项",
            )  # fmt: skip
            refusals.confirm_refusal(self.office, APPROVER, case)

    def issue(self) -> None:
        """Vouchers and letters of the approved, notices of the refused."""
        self.clock.after_workdays(1)
        approved, refused = self._cases("approved"), self._cases("refused")
        vouched = approved[: max(0, len(approved) - self.left.vouchers)]
        written = max(0, len(vouched) - self.left.letters)
        delivered = self.left.delivered(written)
        for at, case in enumerate(vouched):
            self.progress("letters", at, len(approved) + len(refused))
            vouchers.issue_voucher(self.office, OFFICER, case)
            if at >= written:
                continue
            letter = letters.issue_approval(self.office, OFFICER, case).facts["letter"]
            if at < delivered:
                today = self.office.today()
                delivery.record_delivery(self.office, OFFICER, letter, "direct", today, f"演示回证{at + 1}号")
        for at, case in enumerate(refused, len(approved)):
            self.progress("letters", at, len(approved) + len(refused))
            letters.issue_refusal(self.office, APPROVER2, case)

    def afterthoughts(self) -> None:
        """A contract that ended early: its award is revoked, and the unit is told."""
        self.clock.morning(datetime.date(2026, 7, 15), 15)
        why = "服务合同提前终止，已无实际租用（演示）"
        for case in self._cases("issued")[:1]:
            withdraw_suspend_revoke.revoke(self.office, APPROVER2, case, why)
            procedural_letters.issue_revocation(self.office, APPROVER2, case, BASIS)

    def _cases(self, *states: str) -> list[str]:
        """The first round's cases in some states."""
        return made_up_office.cases_in(self.office, *states, round_id=1)

    def papers(self, out: Path) -> None:
        """Everything on paper, as it was issued, and the ledger."""
        files_out.save_letters(self.office, OFFICER, out / "letters")
        files_out.save_letters(self.office, OFFICER, out / "publicity", kinds=("publicity",))
        folder = out / "ledgers"
        folder.mkdir(parents=True, exist_ok=True)
        today = calendar.day_of(self.clock.at)
        ledger_export.write_ledger(self.office, FINANCE, "voucher", folder / "voucher-2026.xlsx", at=today)
