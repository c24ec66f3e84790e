"""A second scheme beside the first, made up: the model voucher of a shipped pack, taken all the year round.

It has a budget, a round and terms of its own. Its first awards were issued in spring; on the last day others
stand at their stages.
"""

import datetime

from casework.award import deciding
from casework.cases import providers
from casework.core.office import SHANGHAI, Office
from casework.founding import made_up_applications
from casework.founding.made_up_office import (
    APPROVER,
    APPROVER2,
    FINANCE,
    LAST_DAY,
    MADE_UP,
    MADE_UP_TERMS,
    OFFICER,
    OFFICER2,
    Clock,
    cite,
    judge,
    settle,
)
from casework.intake import counter_entry, rounds
from casework.issuing import approval, delivery, letters, publicity, vouchers, withdraw_suspend_revoke
from casework.money import allotments
from casework.review import checking, corrections

SCHEME = "shenzhen-model-voucher"
PACK, BUDGET = f"{SCHEME}@2025", f"{SCHEME}/2026"
BUDGET_FEN = 6_000_000_000
"""What finance has allotted so far; the pack's ceiling for a year is higher."""
GUIDE = "2026年度湾畔市模型券申报指南（虚构）", "演科〔2026〕4号"
SERVICE, FIRST = "大模型调用服务", 1_000
MINUTES = "湾科创纪要〔2026〕5号（演示）"

DAYS = (
    (
        datetime.datetime(2026, 5, 11, 9, 20),
        ("860000.00", "2450000.00", "4600000.00", "1275000.50", "980000.00"),
    ),
    (datetime.datetime(2026, 7, 7, 10, 5), ("1980000.00", "3280000.80", "3600000.00")),
    (
        datetime.datetime(2026, 7, 14, 9, 50),
        ("2960000.00", "6200000.00", "1120000.00", "745000.00", "2080000.00", "1560000.00"),
    ),
)
"""The days on which applications came, and the prices of their contracts: below the cap, at it, above what is
awarded in principle."""
EACH = datetime.timedelta(minutes=52)
Said = dict[int, dict[str, str]]
"""What some applications of a day say otherwise, by place."""


class ModelVouchers:
    """The scheme as it went, day by day."""

    def __init__(self, office: Office, clock: Clock, seed: int) -> None:
        self.office, self.clock = office, clock
        arrivals = [("general", day + at * EACH) for day, prices in DAYS for at in range(len(prices))]
        self.made = made_up_applications.by_hand("model", seed, FIRST, arrivals)
        self.vendors = made_up_applications.ingredients()["vendor"]
        self.round = 0
        self.waiting: list[str] = []

    # -- spring ------------------------------------------------------------------------------------------

    def spring(self) -> None:
        """The scheme begins: money, terms, a round; its first cases go to their vouchers, but for one that
        the rules refuse and one that is withdrawn."""
        self._begin()
        self.clock.morning(datetime.date(2026, 5, 12))
        *good, unfiled, gone = self._submit(0, {3: {"model_filed": "no"}})
        for case in (*good, unfiled):
            self._ready(case)
            deciding.decide(self.office, OFFICER, case)
        withdraw_suspend_revoke.withdraw(self.office, OFFICER, gone, "申请单位改报下一年度（演示）")
        told = publicity.publish(self.office, OFFICER2, self.round)
        self.clock.morning(told.facts["until_on"] + datetime.timedelta(days=1))
        publicity.end_publicity(self.office, OFFICER2, told.facts["publicity"])
        for case in good:
            approval.approve(self.office, APPROVER, case, MINUTES)
        self.clock.after_workdays(1)
        for case in good:
            vouchers.issue_voucher(self.office, OFFICER, case)
            self._delivered(letters.issue_approval(self.office, OFFICER, case).facts["letter"])
        self._delivered(letters.issue_refusal(self.office, APPROVER2, unfiled).facts["letter"])

    def _begin(self) -> None:
        for name in self.vendors:
            providers.admit_provider(
                self.office, OFFICER, name, "2026年模型服务机构", SERVICE, MADE_UP,
                datetime.date(2026, 1, 1), None,
            )  # fmt: skip
        why = f"年初下达（{MADE_UP}）"
        allotments.appropriate(self.office, FINANCE, BUDGET, "演财〔2026〕20号", BUDGET_FEN, why)
        for parameter, value in MADE_UP_TERMS.items():
            settle(self.office, PACK, parameter, value)
        cite(self.office, PACK, GUIDE)
        opens, closes = (datetime.datetime(2026, month, 1, tzinfo=SHANGHAI) for month in (5, 12))
        told = rounds.open_round(self.office, OFFICER, "2026年度模型券", 2026, opens, closes, SCHEME)
        self.round = told.facts["round"]

    def _submit(self, nth: int, said: Said) -> list[str]:
        """The applications of one of the days, typed in at the counter."""
        prices = DAYS[nth][1]
        before = sum(len(earlier) for _, earlier in DAYS[:nth])
        found = []
        for at, price in enumerate(prices):
            facts = self.made[before + at]
            facts |= {
                "provider": self.vendors[at % len(self.vendors)],
                "service": SERVICE,
                "contract_no": facts["contract_no"].replace("YS-SL", "YS-MX"),
                "contract_amount": price,
                "net_amount": "",
                "purpose": "购买已备案大模型的调用服务",
                "model_filed": "yes",
            }
            facts |= said.get(at, {})
            told = counter_entry.submit(self.office, OFFICER2, facts, round_id=self.round)
            found.append(told.facts["case"])
        return found

    def _ready(self, case: str) -> None:
        checking.accept(self.office, OFFICER, case)
        judge(self.office, OFFICER, case)
        checking.review(self.office, OFFICER, case, "eligibility")

    def _delivered(self, letter: int) -> None:
        today = self.office.today()
        delivery.record_delivery(self.office, OFFICER, letter, "direct", today, f"演示回证M{letter}号")

    # -- July --------------------------------------------------------------------------------------------

    def summer(self) -> None:
        """July 9: three more are decided and public; nobody has recorded the end of it yet."""
        cases = self._submit(1, {})
        for case in cases:
            self._ready(case)
            deciding.decide(self.office, OFFICER2, case)
        publicity.publish(self.office, OFFICER, self.round)

    def go_on(self) -> None:
        """July 15: the next ones are there; one says why it wants more, one has left something out."""
        self.clock.morning(datetime.date(2026, 7, 15), 11)
        reason = {"overrun_reason": "承担市级重点行业模型应用示范项目，调用量为常规的三倍"}
        self.waiting = self._submit(2, {1: reason, 3: {"model_filed": ""}})

    def last_day(self) -> None:
        """July 17: two are decided, one of them by what the officer has verified; one is asked, one accepted,
        and two have just come in."""
        self.clock.morning(LAST_DAY, 11)
        plain, more, ready, asked, *_ = self.waiting
        for case in (plain, more, ready):
            checking.accept(self.office, OFFICER2, case)
        verified = {"overrun_reason": "已核验：市级示范项目立项批复"}
        checking.verify_facts(self.office, OFFICER2, more, verified, "核对立项批复原件（演示）")
        for case in (plain, more, ready):
            judge(self.office, OFFICER2, case)
            checking.review(self.office, OFFICER2, case, "eligibility")
        for case in (plain, more):
            deciding.decide(self.office, OFFICER2, case)
        checking.accept(self.office, OFFICER2, asked)
        defect = corrections.Defect("field", "model_filed", "未填写，请补充模型备案信息")
        corrections.ask_correction(self.office, OFFICER2, asked, [defect])
        letters.issue_correction(self.office, OFFICER2, asked)
