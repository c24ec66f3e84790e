"""A desk in the office: what the tests of a case's life do over and over, in the words of the day."""

import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from casework.award import deciding
from casework.award.standing_decision import standing_decision
from casework.cases import providers
from casework.core import calendar, office_settings
from casework.core.change import Change
from casework.core.office import SHANGHAI, Office
from casework.core.refused import Refused
from casework.intake import counter_entry, rounds
from casework.issuing import approval, publicity, vouchers
from casework.money import allotments
from casework.money.cap_counters import cap_used
from casework.review import corrections
from casework.rulebook import official_sources, packs, supplements
from models import Application, Appropriation, Decision

PACK = "shenzhen-training-voucher@2026"
BUDGET, BUDGET_FEN = "shenzhen-training-voucher/2026", 50_000_000_000
MODEL = "shenzhen-model-voucher"
ALLOTMENT = "财指〔2026〕1号"
GONE_ON = "核查结果另行查清，先按到件先后核算"
"""Why an officer decides though something is open."""
PROVIDER, SERVICE = "湾畔云计算", "智能算力租赁"
CODE, OTHER_CODE, YOUNG_CODE = "91440300MA50050230", "91440300MA5005088M", "91440300MA5005068K"
SETTINGS = {
    "self_name": "我局",
    "agency_code": "深科创",
    "reconsideration_authority": "湾畔市人民政府",
    "court": "湾畔市第一人民法院",
    "department": "资金管理处",
    "contact": "陈知远",
    "telephone": "0700-55501234",
    "address": "湾畔市云帆路1号906室",
    "supervision_department": "机关纪委",
    "supervision_telephone": "0700-55505678",
    "verification_place": "湾畔市科技创新局官网",
}
MINUTES = "纪要〔2026〕7号"
TERMS = {
    "publicity_days": "5",
    "validity_months": "12",
    "redemption_days": "30",
    "correction_days": "5",
    "tax_basis": "with",
}


def allot(office: Office, budget: str = BUDGET, amount_fen: int = BUDGET_FEN) -> None:
    """Finance fills a budget: with all that its pack states, unless said otherwise."""
    allotments.appropriate(office, "finance", budget, ALLOTMENT, amount_fen)


class Clock:
    """A clock that the tests move; each look is a second later."""

    def __init__(self, at: datetime.datetime = datetime.datetime(2026, 5, 20, 9, tzinfo=SHANGHAI)) -> None:
        self.at = at

    def __call__(self) -> datetime.datetime:
        self.at += datetime.timedelta(seconds=1)
        return self.at


class Desk:
    """An office with the shipped packs, a register and a round, and the steps that lead to a state."""

    def __init__(self, office: Office, clock: Clock) -> None:
        self.office = office
        self.clock = clock

    @classmethod
    def prepare(cls, office: Office, clock: Clock) -> "Desk":
        """Packs in force, the year's budget filled, one provider admitted, the first round open."""
        packs.put_in_force(office)
        office_settings.set_office(office, "system", SETTINGS, "机关三定方案")
        allot(office)
        providers.admit_provider(
            office, "officer", PROVIDER, "第一批", SERVICE, "名单", datetime.date(2025, 3, 29), None
        )
        opens = datetime.datetime(2026, 5, 6, tzinfo=SHANGHAI)
        closes = datetime.datetime(2026, 6, 6, tzinfo=SHANGHAI)
        rounds.open_round(office, "officer", "第一批", 2026, opens, closes)
        return cls(office, clock)

    def days(self, count: int) -> None:
        """So many days pass."""
        self.clock.at += datetime.timedelta(days=count)

    def set(self, parameter: str, value: str, **days: Any) -> int:
        """Two people set what the pack leaves unset."""
        proposed = supplements.propose_supplement(
            self.office, "officer", PACK, parameter, value, "局长办公会纪要", **days
        )
        number: int = proposed.facts["supplement"]
        supplements.confirm_supplement(self.office, "approver", number)
        return number

    def budget_of(self, amount_fen: int) -> None:
        """The year's budget is so much, no more: finance raises or cuts what it was filled with."""
        self.give(amount_fen - self.budget()[0])

    def give(self, amount_fen: int, budget: str = BUDGET) -> None:
        """Finance raises a budget, or cuts it, under the next number; above its ceiling by two of them."""
        number = f"财指〔2026〕{len(self.rows(Appropriation)) + 100}号"
        told = allotments.appropriate(self.office, "finance", budget, number, amount_fen, "追加或调减").facts
        if "proposal" in told:
            allotments.confirm_appropriation(self.office, "finance2", told["proposal"])

    def set_terms(self) -> None:
        for parameter, value in TERMS.items():
            self.set(parameter, value)
        self.cite()

    def cite(self) -> None:
        """Two people record an official document for each rule that rests on a digest."""
        for name in official_sources.unofficial(self.office, PACK):
            said = official_sources.propose_source(
                self.office, "officer", PACK, name, "2026年度训力券申报指南", "第三条",
                datetime.date(2026, 4, 20), "示例科创〔2026〕9号",
            )  # fmt: skip
            supplements.confirm_supplement(self.office, "approver", said.facts["supplement"])

    def submit(self, scheme: str = "", /, **facts: Any) -> str:
        """An application at the counter: a general firm's contract of 8,000,000.00, unless said otherwise."""
        said: dict[str, Any] = {
            "applied_at": datetime.datetime(2026, 5, 20, 9, 30),
            "applicant": CODE,
            "applicant_name": "湾畔语言模型有限公司",
            "applicant_kind": "enterprise",
            "founded_on": datetime.date(2020, 3, 1),
            "provider": PROVIDER,
            "service": SERVICE,
            "contract_no": "HT-2026-001",
            "signed_on": datetime.date(2026, 4, 1),
            "contract_amount": 800_000_000,
            "related_party": False,
        }
        made = counter_entry.submit(self.office, "officer", said | facts, scheme=scheme)
        case: str = made.facts["case"]
        return case

    def decide(self, case: str, reason: str = "") -> Decision:
        """Decided by the officer, who says why they go on where something open asks for it."""
        try:
            deciding.decide(self.office, "officer", case, reason)
        except Refused as refused:
            if reason or refused.code != "refused.open_things":
                raise
            deciding.decide(self.office, "officer", case, GONE_ON)
        return self.decision(case)

    def published(self, **facts: Any) -> str:
        """A case whose publicity has ended."""
        case = self.submit(**facts)
        self.decide(case)
        self.publish_and_end(case)
        return case

    def publish_and_end(self, *cases: str) -> None:
        self.set_terms()
        change = publicity.publish(self.office, "officer", cases=cases)
        last: datetime.date = change.facts["until_on"]
        self.clock.at = datetime.datetime(last.year, last.month, last.day, 9, tzinfo=SHANGHAI)
        self.days(1)
        publicity.end_publicity(self.office, "officer", change.facts["publicity"])

    def approved(self, **facts: Any) -> str:
        case = self.published(**facts)
        approval.approve(self.office, "approver", case, MINUTES)
        return case

    def issued(self, **facts: Any) -> str:
        case = self.approved(**facts)
        vouchers.issue_voucher(self.office, "officer", case)
        return case

    def corrected(self, case: str, target: str = "related_party") -> Change:
        """The officer asks for one correction."""
        return corrections.ask_correction(self.office, "officer", case, [("field", target, "未填写")])

    # -- looking --------------------------------------------------------------------------------------

    def application(self, case: str) -> Application:
        with self.office.read() as session:
            wanted = select(Application).where(col(Application.case_no) == case)
            found: Application = session.execute(wanted).scalar_one()
        return found

    def state(self, case: str) -> str:
        return self.application(case).state

    def decision(self, case: str) -> Decision:
        with self.office.read() as session:
            found = standing_decision(session, self.application(case).id)
        assert found is not None
        return found

    def available(self) -> int:
        return self.budget()[1]

    def budget(self) -> tuple[int, int, int, int]:
        """Appropriation, available, reserved and committed, in fen."""
        from casework.money import budgets, ledger

        with self.office.read() as session:
            row = budgets.find(session, BUDGET)
            assert row is not None
            money = ledger.balance(session, row.id)
        return money.appropriation_fen, money.available_fen, money.reserved_fen, money.committed_fen

    def cap_used(self, code: str = CODE) -> int:
        with self.office.read() as session:
            return cap_used(session, [f"shenzhen-training-voucher/applicant_year/{code}/2026"])[0]

    def rows(self, model: type[Any]) -> list[Any]:
        with self.office.read() as session:
            return _all(session, model)


def _all(session: Session, model: type[Any]) -> list[Any]:
    return list(session.execute(select(model)).scalars())


def workday(start: datetime.date, days: int) -> datetime.date:
    return calendar.after(start, days)


def write_portal(path: Path, count: int, seed: int = 1) -> list[dict[str, Any]]:
    """A made-up portal's workbook; returns its rows by heading."""
    from casework.founding import made_up_applications

    table = made_up_applications.rows(count, seed)
    path.write_bytes(made_up_applications.workbook(table))
    return table
