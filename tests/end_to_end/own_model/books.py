"""The office's money as a clerk would keep it on a sheet: what was allotted, what is promised to whom."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from tests.end_to_end.own_model.awards import BUDGETS, NO_LIMIT, Facts, Outcome, Position, outcome


@dataclass
class Sheet:
    """One budget: what finance allotted, what drafts hold and what was approved. Fen."""

    allotted: int = 0
    reserved: int = 0
    committed: int = 0

    @property
    def left(self) -> int:
        return self.allotted - self.reserved - self.committed


@dataclass
class Case:
    """A case on the sheet: its facts now, what was decided, and where its money stands ("", "reserved" or
    "committed"); `budget` and `cap` are those that it was decided under."""

    facts: Facts
    decided: Outcome | None = None
    stands: str = ""
    budget: str = ""
    cap: tuple[str, str, int] = ("", "", 0)


@dataclass
class Books:
    """All sheets, caps and cases. An act that the office would refuse is not booked here."""

    sheets: dict[str, Sheet] = field(default_factory=lambda: defaultdict(Sheet))
    used: dict[tuple[str, str, int], int] = field(default_factory=lambda: defaultdict(int))
    cases: dict[str, Case] = field(default_factory=dict)
    settled: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def budget_of(self, facts: Facts) -> str:
        return f"{BUDGETS.get(facts.scheme, facts.scheme)}/{facts.year}"

    def expected(self, number: str) -> Outcome:
        """What deciding the case now gives; what it holds of an earlier decision is given back first. Of a
        budget that finance has not filled nothing is known: it makes no award smaller, it bars it."""
        case = self.cases[number]
        facts, budget = case.facts, self.budget_of(case.facts)
        own = case.decided.holds if case.decided and case.stands == "reserved" else 0
        cap = (facts.scheme, facts.applicant, facts.year)
        sheet = self.sheets[budget]
        left = sheet.left + (own if budget == case.budget else 0) if sheet.allotted else NO_LIMIT
        used = self.used[cap] - (own if cap == case.cap else 0)
        return outcome(facts, Position(left, used), self.settled[f"{facts.scheme}@{version(facts)}"])

    def bar(self, number: str) -> str | None:
        """Why a case can't be decided now: it would hold money, and finance has allotted none; or, where no
        rule says what happens then, not enough."""
        case = self.cases[number]
        found, budget = self.expected(number), self.budget_of(case.facts)
        sheet = self.sheets[budget]
        if not found.holds:
            return None
        if not sheet.allotted:
            return "refused.no_budget"
        held = case.decided if case.stands == "reserved" and budget == case.budget else None
        own = held.holds if held else 0
        return "refused.budget_short" if found.holds > sheet.left + own else None

    def change(self, number: str, name: str, value: object) -> None:
        """A fact that holds from now on."""
        case = self.cases[number]
        if name in case.facts.__dataclass_fields__:
            changed: dict[str, Any] = {name: value}
            case.facts = replace(case.facts, **changed)
        else:
            case.facts = replace(case.facts, own={**case.facts.own, name: value})

    def decide(self, number: str) -> Outcome:
        """Book a decision: what it holds is reserved."""
        found = self.expected(number)
        self.give_back(number)
        case = self.cases[number]
        case.decided, case.budget = found, self.budget_of(case.facts)
        case.cap = (case.facts.scheme, case.facts.applicant, case.facts.year)
        if found.holds:
            case.stands = "reserved"
            self.sheets[case.budget].reserved += found.holds
            self.used[case.cap] += found.holds
        return found

    def give_back(self, number: str) -> None:
        """Returned, withdrawn, revoked, refused for another reason: its money is free again."""
        case = self.cases[number]
        if case.stands:
            assert case.decided is not None
            sheet = self.sheets[case.budget]
            setattr(sheet, case.stands, getattr(sheet, case.stands) - case.decided.holds)
            self.used[case.cap] -= case.decided.holds
            case.stands = ""

    def approve(self, number: str) -> None:
        """What was reserved is committed."""
        case = self.cases[number]
        assert case.decided is not None and case.decided.status == "awarded" and case.stands == "reserved"
        sheet = self.sheets[case.budget]
        sheet.reserved -= case.decided.holds
        sheet.committed += case.decided.holds
        case.stands = "committed"


def version(facts: Facts) -> str:
    """The version of its scheme that a case is decided under: that of its day."""
    years = {"shenzhen-training-voucher": str(max(2025, facts.year)), "qingyang-compute-voucher": "2024"}
    return years.get(facts.scheme, "2025")
