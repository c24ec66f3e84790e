"""The office of the demonstration, made up: who works there, what it says of itself, its clock, its secrets.

What several chapters of the story do stands here too: a term settled by two, a case checked and judged.
"""

import datetime
import hashlib
from collections.abc import Callable

from sqlalchemy import select
from sqlmodel import col

from casework.cases import finding_weights
from casework.core import calendar, who_may
from casework.core.office import SHANGHAI, Office
from casework.review import checking
from casework.rulebook import official_sources, supplements
from models import Application

Progress = Callable[[str, int, int], None]

NAME = "湾畔市科技创新局"
PACK = "shenzhen-training-voucher@2026"
BUDGET = "shenzhen-training-voucher/2026"
MADE_UP = "演示数据，虚构"
LAST_DAY = datetime.date(2026, 7, 17)
"""The day on which a demonstration that is left at work stops."""
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
    "contact": "陈知远",
    "telephone": "0700-55501234",
    "address": "湾畔市云帆路1号市民服务中心A座906室",
    "postcode": "000000",
    "email": "quan@wanpan.example",
    "supervision_department": "机关纪委",
    "supervision_telephone": "0700-55505678",
    "disclosure": "依申请公开",
    "copies_to": "湾畔市财政局",
    "verification_place": "湾畔市科技创新局官网“文书查验”（wanpan.example/chayan）",
}
"""What the made-up office says of itself; there is no such place, number or address."""
MINUTES = "湾科创纪要〔2026〕7号（演示）"
WEIGHTY: tuple[finding_weights.Effect, ...] = ("look", "answer", "forbids")
"""The findings that must be judged before a case's money can go on."""

OFFICER, OFFICER2, APPROVER, APPROVER2 = "officer", "officer2", "approver", "approver2"
FINANCE, SYSTEM = "finance", "system"


class Clock:
    """A clock that the story sets. Each look at it is a second later, so that moments keep their order."""

    def __init__(self, at: datetime.datetime, tick: Callable[[], object] = lambda: None) -> None:
        self.at, self.tick = at, tick

    def __call__(self) -> datetime.datetime:
        """The next moment: a second after the last."""
        self.tick()
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


def settle(office: Office, pack: str, parameter: str, value: str) -> None:
    """A supplement by two people; its grade says that it is made up."""
    proposed = supplements.propose_supplement(
        office, OFFICER, pack, parameter, value, f"{NAME}补充规定（演示，虚构）"
    )
    supplements.confirm_supplement(office, APPROVER, proposed.facts["supplement"])


def cite(office: Office, pack: str, guide: tuple[str, str]) -> None:
    """A made-up official document for each rule that rests on a digest; it says that it is one."""
    title, number = guide
    for nth, rule in zip("一二三四五六七八九十", official_sources.unofficial(office, pack), strict=False):
        proposed = official_sources.propose_source(
            office, OFFICER, pack, rule, title, f"第{nth}条", datetime.date(2026, 4, 20), number, MADE_UP
        )
        supplements.confirm_supplement(office, APPROVER, proposed.facts["supplement"])


def judge(office: Office, by: str, case: str) -> None:
    """Check a case, and judge what must be answered before its money can go on."""
    checking.check(office, by, case)
    with office.read() as session:
        number = who_may.case_of(session, case).id
        found = [one.id for one in finding_weights.with_effect(session, number, *WEIGHTY)]
    for finding in found:
        checking.judge_finding(office, by, finding, "cleared", "已核对原件，不影响核定额度（演示）")


def cases_in(office: Office, *states: str, round_id: int | None = None) -> list[str]:
    """The cases in some states (of a round), in the order of their arrival."""
    wanted = select(col(Application.case_no)).where(col(Application.state).in_(states))
    if round_id is not None:
        wanted = wanted.where(col(Application.round_id) == round_id)
    with office.read() as session:
        return list(session.execute(wanted.order_by(col(Application.id))).scalars())
