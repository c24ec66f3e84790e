"""The demonstration: a made-up round taken through the office's whole life, by acts and nothing else.

Its clock stands where the story is, its secrets come from the seed, and each of its papers says that it is a
demonstration: the same seed gives the same office, but for password salts, and the same papers byte for byte.
"""

import datetime
import hashlib
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from casework.award import deciding, refusals
from casework.cases import finding_weights, providers
from casework.cases.case_facts import is_current
from casework.core import calendar, files_out, office_settings, who_may
from casework.core.office import SHANGHAI, Office
from casework.founding import made_up_allotments, made_up_applications
from casework.founding.demonstration_summary import summarise
from casework.intake import portal_import, rounds
from casework.issuing import approval, delivery, letters, procedural_letters, publicity, vouchers
from casework.outgoing import ledger_export
from casework.people import accounts
from casework.review import checking, corrections
from casework.rulebook import official_sources, packs, supplements
from models import Application, Decision, Objection

Progress = Callable[[str, int, int], None]

CASES, SEED = 120, 2026
WORKBOOK = "demo/portal-2026.xlsx"
"""The portal's workbook of the default demonstration."""

NAME = "湾畔市科技创新局"
PACK = "shenzhen-training-voucher@2026"
BUDGET = "shenzhen-training-voucher/2026"
MADE_UP_TERMS = {
    "publicity_days": "5",
    "validity_months": "12",
    "redemption_days": "30",
    "correction_days": "5",
    "tax_basis": "with",
}
MADE_UP_GUIDE = "2026年度湾畔市训力券申报指南（虚构）", "演科〔2026〕3号"
"""The document that the demonstration cites where the pack rests on a digest."""
MADE_UP_SETTINGS = {
    "self_name": "我局",
    "agency_code": "湾科创",
    "reconsideration_authority": "湾畔市人民政府",
    "court": "湾畔市第一人民法院",
    "department": "专项资金管理处",
    "contact": "王经办",
    "telephone": "0700-55501234",
    "address": "湾畔市云帆路1号市民服务中心A座906室",
    "postcode": "000000",
    "email": "quan@wanpan.example",
    "supervision_department": "机关纪委",
    "supervision_telephone": "0700-55505678",
    "verification_place": "湾畔市科技创新局官网“文书查验”（wanpan.example/chayan）",
}
"""What the made-up office says of itself; there is no such place, number or address."""
DELIVERED = 3
"""Letters whose delivery is recorded."""
READY = ("accepted", "eligibility")
WEIGHTY: tuple[finding_weights.Effect, ...] = ("look", "answer", "forbids")
BASIS = "《深圳市打造人工智能先锋城市的若干措施》（深工信规〔2024〕13号）"

OFFICER, OFFICER2, APPROVER, APPROVER2 = "officer", "officer2", "approver", "approver2"
FINANCE, SYSTEM = "finance", "system"


class Clock:
    """A clock that the story sets. Each look at it is a second later, so that moments keep their order."""

    def __init__(self, at: datetime.datetime) -> None:
        self.at = at

    def __call__(self) -> datetime.datetime:
        """The next moment: a second after the last."""
        self.at += datetime.timedelta(seconds=1)
        return self.at

    def morning(self, on: datetime.date, hour: int = 9) -> None:
        """Go on to the morning of a day; never back."""
        self.at = max(self.at, datetime.datetime(on.year, on.month, on.day, hour, tzinfo=SHANGHAI))

    def after_workdays(self, days: int) -> None:
        """Go on to the morning after so many working days."""
        today = self.at.astimezone(SHANGHAI).date()
        self.morning(calendar.after(today, days + 1))


def entropy(seed: str) -> Callable[[int], bytes]:
    """Secret bytes that are no secret: a stream from the seed."""
    counter = 0

    def draw(count: int) -> bytes:
        nonlocal counter
        counter += 1
        return hashlib.shake_256(f"voucher-desk demonstration {seed} {counter}".encode()).digest(count)

    return draw


def demo(
    office_path: Path | str,
    *,
    cases: int = CASES,
    seed: int = SEED,
    out: Path | None = None,
    lang: str = "zh",
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Make the demonstration office and its papers.

    Args:
        cases: how many rows the portal's workbook has.
        out: where the papers go (`letters/`, `publicity/`, `ledgers/` and the workbook); nowhere without it.
        progress: told the stage, how much is done and how much there is.

    Returns:
        The summary: applications by state, decisions, money in yuan, where the papers lie.
    """
    started = time.perf_counter()
    clock = Clock(datetime.datetime(2026, 4, 20, 9, tzinfo=SHANGHAI))
    office = Office.create(office_path, name=NAME, seed=str(seed), clock=clock, entropy=entropy(str(seed)))
    with office.closing():
        story = Story(office, clock, progress or (lambda stage, done, of: None))
        story.found()
        story.take_in(workbook(cases, seed), out, seed)
        story.check()
        story.decide()
        story.publish()
        story.approve()
        story.issue()
        made_up_allotments.ask_for_more(office, BUDGET)
        if out is not None:
            story.papers(out)
        summary = summarise(office)
    if out is not None:
        summary["papers"] = str(out)
    return summary | {"seed": seed, "seconds": round(time.perf_counter() - started, 3)}


def workbook(cases: int, seed: int) -> bytes:
    """The portal's workbook of a demonstration; the default one lies in the resources."""
    if (cases, seed) == (CASES, SEED):
        return (resources.files("resources") / WORKBOOK).read_bytes()
    return made_up_applications.workbook(made_up_applications.rows(cases, seed))


class Story:
    """The round as it went, day by day."""

    def __init__(self, office: Office, clock: Clock, progress: Progress) -> None:
        self.office = office
        self.clock = clock
        self.progress = progress
        self.publicity = 0

    # -- spring: the office gets ready -----------------------------------------------------------------

    def found(self) -> None:
        """People, packs, the register, the money, and the terms that no source states: made up, and said
        so."""
        stuff = made_up_applications.ingredients()
        roles = {name: role for name, _, role in accounts.DEMO_PEOPLE}
        listed = [(each["name"], each["full_name"], roles[each["name"]]) for each in stuff["person"]]
        accounts.found(self.office, listed, "demo")
        packs.put_in_force(self.office)
        for provider in made_up_applications.providers():
            for each in provider["admission"]:
                providers.admit_provider(
                    self.office, OFFICER, provider["name"], each["batch"], each["service"], "演示数据，虚构",
                    each.get("from"), each.get("until"),
                )  # fmt: skip
        office_settings.set_office(self.office, SYSTEM, MADE_UP_SETTINGS, "演示数据，虚构")
        made_up_allotments.fill(self.office, BUDGET)
        for parameter, value in MADE_UP_TERMS.items():
            self._set(parameter, value)
        self._cite()
        self.clock.morning(datetime.date(2026, 4, 28))
        rounds.open_round(
            self.office, OFFICER, "2026年度第一批", 2026,
            datetime.datetime(2026, 5, 6, tzinfo=SHANGHAI), datetime.datetime(2026, 6, 6, tzinfo=SHANGHAI),
        )  # fmt: skip

    def _set(self, parameter: str, value: str) -> None:
        """A supplement by two people; its grade says that it is made up."""
        proposed = supplements.propose_supplement(
            self.office, OFFICER, PACK, parameter, value, "演示单位的补充规定（虚构）"
        )
        supplements.confirm_supplement(self.office, APPROVER, proposed.facts["supplement"])

    def _cite(self) -> None:
        """A made-up official document for each rule that rests on a digest; it says that it is one."""
        title, number = MADE_UP_GUIDE
        rules = official_sources.unofficial(self.office, PACK)
        for nth, rule in zip("一二三四五六七八九十", rules, strict=False):
            proposed = official_sources.propose_source(
                self.office, OFFICER, PACK, rule, title, f"第{nth}条", datetime.date(2026, 4, 20), number,
                "演示数据，虚构",
            )  # fmt: skip
            supplements.confirm_supplement(self.office, APPROVER, proposed.facts["supplement"])

    # -- June: the portal's file ------------------------------------------------------------------------

    def take_in(self, body: bytes, out: Path | None, seed: int) -> None:
        """The portal's workbook, through the reader like any other."""
        import tempfile

        self.clock.morning(datetime.date(2026, 6, 8))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"portal-2026-{seed}.xlsx"
            path.write_bytes(body)
            portal_import.import_file(
                self.office, OFFICER, path, progress=lambda done, of: self.progress("import", done, of)
            )
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            (out / "portal.xlsx").write_bytes(body)

    def check(self) -> None:
        """Each case is accepted and checked; what can't be told is asked, and most applicants answer."""
        waiting = self._cases("submitted")
        asked = []
        for at, (case, related) in enumerate(waiting):
            self.progress("check", at, len(waiting))
            checking.accept(self.office, OFFICER, case)
            self._check(case)
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
            self._check(case)
        self.clock.after_workdays(4)

    def _check(self, case: str) -> None:
        """Check a case, and judge what must be answered before its money can go on."""
        checking.check(self.office, OFFICER, case)
        with self.office.read() as session:
            number = who_may.case_of(session, case).id
            found = [one.id for one in finding_weights.with_effect(session, number, *WEIGHTY)]
        for finding in found:
            checking.judge_finding(self.office, OFFICER, finding, "cleared", "已核对原件，不影响核定（演示）")

    def _cases(self, *states: str) -> list[tuple[str, bool | None]]:
        from models import ApplicationVersion as Version

        with self.office.read() as session:
            rows = (
                select(col(Application.case_no), col(Version.related_party))
                .join(Version, is_current())
                .where(col(Application.state).in_(states))
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
        self._set("startup_reference_date", "applied_at")
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
        published = [case for case, _ in self._cases("publicity")]
        self.clock.after_workdays(1)
        for case in published[:2]:
            publicity.take_objection(
                self.office, OFFICER2, case, "湾畔某科技企业（署名）", "认为该合同并非用于大模型训练（演示）"
            )
        self.clock.after_workdays(1)
        with self.office.read() as session:
            raised = list(session.execute(select(col(Objection.id)).order_by(col(Objection.id))).scalars())
        for number, outcome in zip(raised, ("dismissed", "upheld"), strict=False):
            publicity.settle_objection(self.office, APPROVER, number, outcome, "经核查用途材料认定（演示）")
            procedural_letters.issue_objection_answer(self.office, OFFICER2, number)
        self.clock.after_workdays(5)
        publicity.end_publicity(self.office, OFFICER2, self.publicity)

    def approve(self) -> None:
        """The collective decision: all that can be approved, one by one; where an objection was upheld, two
        people refuse the case."""
        published = [case for case, _ in self._cases("publicity")]
        self.clock.morning(datetime.date(2026, 7, 6))
        for at, case in enumerate(published):
            self.progress("approve", at, len(published))
            if who_may.hindrances(self.office, APPROVER, "approve", [case])[case] is None:
                approval.approve(self.office, APPROVER, case, "湾科创纪要〔2026〕7号（演示）")
            else:
                refusals.propose_refusal(
                    self.office, OFFICER2, case, "合同约定的算力并非用于大模型训练",
                    "不属于本政策的支持范围，异议成立", BASIS, "第（二）项",
                )  # fmt: skip
                refusals.confirm_refusal(self.office, APPROVER, case)

    def issue(self) -> None:
        """Vouchers and letters of the approved, notices of the refused."""
        self.clock.after_workdays(1)
        approved = [case for case, _ in self._cases("approved")]
        refused = [case for case, _ in self._cases("refused")]
        for at, case in enumerate(approved):
            self.progress("letters", at, len(approved) + len(refused))
            vouchers.issue_voucher(self.office, OFFICER, case)
            letter = letters.issue_approval(self.office, OFFICER, case).facts["letter"]
            if at < DELIVERED:
                today = self.office.today()
                delivery.record_delivery(self.office, OFFICER, letter, "direct", today, f"演示回证{at + 1}号")
        for at, case in enumerate(refused, len(approved)):
            self.progress("letters", at, len(approved) + len(refused))
            letters.issue_refusal(self.office, APPROVER2, case)

    def papers(self, out: Path) -> None:
        """Everything on paper, as it was issued, and the ledger."""
        files_out.save_letters(self.office, OFFICER, out / "letters")
        files_out.save_letters(self.office, OFFICER, out / "publicity", kinds=("publicity",))
        folder = out / "ledgers"
        folder.mkdir(parents=True, exist_ok=True)
        today = calendar.day_of(self.clock.at)
        ledger_export.write_ledger(self.office, FINANCE, "voucher", folder / "voucher-2026.xlsx", at=today)
