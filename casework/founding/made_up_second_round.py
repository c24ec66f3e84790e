"""The second round of the training voucher, made up: on the last day something of it stands at every stage.

Its applications are typed in at the counter. What each shows and how far it goes is one table, in the order
of arrival: who came first is decided first.
"""

import datetime

from casework.award import deciding, refusals
from casework.core.office import SHANGHAI, Office
from casework.founding import made_up_applications
from casework.founding.made_up_office import LAST_DAY, OFFICER, OFFICER2, PACK, Clock, judge
from casework.intake import counter_entry, rounds
from casework.issuing import letters, publicity, withdraw_suspend_revoke
from casework.review import checking, corrections
from casework.rulebook import supplements

FIRST_DAY, LATER_DAY = datetime.datetime(2026, 7, 6, 9, 30), datetime.datetime(2026, 7, 15, 9, 15)
EACH = datetime.timedelta(minutes=47)
"""Between one application and the next of a day."""

PLAN = (
    *(("general", "public"), ("startup", "public"), ("capped", "public")),
    *(("general", "public"), ("supported", "public"), ("general", "public")),
    *(("ceiling", "blocked"), ("ceiling", "blocked"), ("same_contract", "kept_back")),
    *(("general", "decided"), ("startup", "decided"), ("general", "decided"), ("unadmitted", "decided")),
    *(("general", "ready"), ("general", "ready"), ("capped", "ready")),
    *(("general", "expert_review"), ("general", "special_audit")),
    *(("early", "to_judge"), ("same_account", "to_judge"), ("net_above", "to_judge")),
    *(("general", "refusal"), ("untold", "overdue"), ("untold", "answered"), ("untold", "asked")),
    *(("general", "suspended"), ("general", "withdrawn")),
    *(("general", "to_check"), ("startup", "to_check")),
    *(("general", "to_accept"), ("general", "to_accept")),
    *(("supported", "to_accept"), ("startup", "to_accept")),
)  # fmt: skip
"""What each application is made to show (`made_up_applications`), and where it stands on the last day."""
LATE = ("to_check", "to_accept")
"""The stages of those that came in the last days."""


class SecondRound:
    """The round as it went, day by day."""

    def __init__(self, office: Office, clock: Clock, cases: int, seed: int) -> None:
        self.office, self.clock = office, clock
        self.made = made_up_applications.by_hand("second", seed, cases, arrivals())
        self.at: dict[str, list[str]] = {}
        self.round = 0

    # -- July 9: the applications of the first days ------------------------------------------------------

    def arrive(self) -> None:
        """What came until July 9 is typed in, accepted, checked, and asked about."""
        opens, closes = (datetime.datetime(2026, 7, day, tzinfo=SHANGHAI) for day in (6, 31))
        told = rounds.open_round(self.office, OFFICER, "2026年度第二批", 2026, opens, closes)
        self.round = told.facts["round"]
        self._typed(late=False)
        for case in self._cases():
            checking.accept(self.office, OFFICER, case)
        for case in self._cases("public", "blocked", "decided", "ready", "expert_review", "special_audit"):
            judge(self.office, OFFICER, case)
            checking.review(self.office, OFFICER, case, "eligibility")
        for case in self._cases("kept_back", "to_judge", "refusal", "suspended"):
            checking.check(self.office, OFFICER, case)
            checking.review(self.office, OFFICER, case, "formal_check")
        for case in self._cases("overdue", "answered"):
            self._ask(case)

    def _typed(self, late: bool) -> None:
        """The applications of the first or of the last days, typed in at the counter as they came."""
        for (_, stage), facts in zip(PLAN, self.made, strict=True):
            if (stage in LATE) is late:
                told = counter_entry.submit(self.office, OFFICER, facts, round_id=self.round)
                self.at.setdefault(stage, []).append(told.facts["case"])

    def _cases(self, *stages: str) -> list[str]:
        """The cases of some stages, or all, in the order of arrival."""
        return [case for stage in stages or self.at for case in self.at.get(stage, ())]

    def _ask(self, case: str) -> None:
        defects = [
            corrections.Defect("field", "related_party", "未填写，请补充关联关系声明"),
            corrections.Defect("paper", "关联关系声明", "未提交法定代表人签字的声明"),
        ]
        corrections.ask_correction(self.office, OFFICER, case, defects)
        letters.issue_correction(self.office, OFFICER, case)

    # -- the days after -----------------------------------------------------------------------------------

    def go_on(self) -> None:
        """July 13 to 16: the first awards are public and somebody objects; more come in and are decided."""
        for case in self._cases("public", "blocked"):
            deciding.decide(self.office, OFFICER, case)
        publicity.publish(self.office, OFFICER2, self.round)
        self.clock.morning(datetime.date(2026, 7, 15))
        publicity.take_objection(
            self.office, OFFICER2, self._cases("public")[1], "湾畔某数据科技企业（署名）",
            "反映该单位成立已满一年，不应按初创企业资助（演示）",
        )  # fmt: skip
        for case in self._cases("asked"):
            self._ask(case)
        for case in self._cases("answered"):
            corrections.answer_correction(self.office, OFFICER, case, {"related_party": False})

    def last_day(self) -> None:
        """July 16 and 17: what is decided, put aside and proposed, and what has just come in."""
        self.clock.morning(datetime.date(2026, 7, 16), 10)
        for case in self._cases("kept_back"):
            deciding.decide(self.office, OFFICER, case, "先按到件先后核算，同一合同的申请另行查清（演示）")
        for case in self._cases("decided"):
            deciding.decide(self.office, OFFICER, case)
        for stage in ("expert_review", "special_audit"):
            for case in self._cases(stage):
                checking.review(self.office, OFFICER2, case, stage)
        self._aside()
        supplements.propose_supplement(
            self.office, OFFICER, PACK, "startup_ceiling", "50", "局长办公会纪要〔2026〕12号（虚构）"
        )
        self.clock.morning(LAST_DAY)
        self._typed(late=True)
        for case in self._cases("to_check"):
            checking.accept(self.office, OFFICER, case)

    def _aside(self) -> None:
        """One is put aside, one withdrawn, and of one a refusal waits for the second person."""
        for case in self._cases("suspended"):
            withdraw_suspend_revoke.suspend(
                self.office, OFFICER, case, "服务机构正在接受核查，待核查结论（演示）"
            )
        for case in self._cases("withdrawn"):
            withdraw_suspend_revoke.withdraw(self.office, OFFICER, case, "申请单位来函撤回（演示）")
        for case in self._cases("refusal"):
            refusals.propose_refusal(
                self.office, OFFICER2, case, "合同签章页与服务机构留存原件不一致",
                "申报材料不真实，不予资助", "《2026年度湾畔市训力券申报指南（虚构）》（演科〔2026〕3号）",
                "第八条",
            )  # fmt: skip


def arrivals() -> list[tuple[str, datetime.datetime]]:
    """What each application of the plan shows, and when it came: eight a day, the last ones days later."""
    late = sum(stage in LATE for _, stage in PLAN)
    days = [FIRST_DAY] * (len(PLAN) - late) + [LATER_DAY] * late
    places = [*range(len(PLAN) - late), *range(late)]
    return [
        (kind, day + datetime.timedelta(days=at // 8) + EACH * (at % 8))
        for (kind, _), day, at in zip(PLAN, days, places, strict=True)
    ]
