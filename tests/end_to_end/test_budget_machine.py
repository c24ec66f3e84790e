"""Allotments, cuts, proposals and decisions over several budgets, in any order.

After each step, to the fen: a budget holds what finance entered and nothing else; available, reserved,
committed, paid and lapsed add up to it; what is reserved is what the standing decisions hold; and nothing
stands above a ceiling that two people did not sign. A planted fault must be found, to see that it sees.
"""

import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlmodel import col

from casework.award import deciding
from casework.award.standing_decision import stands
from casework.core.office import Office
from casework.core.refused import Refused
from casework.intake import counter_entry
from casework.issuing import withdraw_suspend_revoke
from casework.money import allotments, books_check, ledger
from models import Application, AppropriationProposal, Budget, Decision
from tests.casework.desk import CODE, OTHER_CODE, PROVIDER, SERVICE, YOUNG_CODE, Clock, Desk
from tests.end_to_end.office_of_a_machine import OfficeOfAMachine

TRAINING, MODEL, GUANGMING = (
    "shenzhen-training-voucher",
    "shenzhen-model-voucher",
    "guangming-compute-subsidy",
)
CEILINGS = {TRAINING: 50_000_000_000, MODEL: 10_000_000_000, GUANGMING: None}
"""What RULES section 1 states a year; the last states none."""
BUDGETS = {f"{scheme}/2026": fen for scheme, fen in CEILINGS.items()}
PICK = st.integers(0, 30)
FINANCE = st.sampled_from(("finance", "finance2"))
FEN = st.sampled_from(
    (-9_000_000_000, -70_000_000, -1, 1, 60_000_000, 400_000_000, 10_000_000_000, 50_000_000_000)
)


class BudgetMachine(OfficeOfAMachine):
    """An office with the shipped packs and no money yet."""

    def __init__(self) -> None:
        super().__init__()
        self.entered = dict.fromkeys(BUDGETS, 0)
        self.signed = dict.fromkeys(BUDGETS, 0)
        """How far a budget may stand: its ceiling, or as far as two people have lifted it."""
        self.asked: list[tuple[int, str, str, int]] = []

    # -- finance -------------------------------------------------------------------------------------

    @rule(key=st.sampled_from(tuple(BUDGETS)), fen=FEN, person=FINANCE)
    def allot(self, key: str, fen: int, person: str) -> None:
        number = f"财指〔2026〕{next(self.numbers)}号"
        before = self.balance(key)
        try:
            told = allotments.appropriate(self.office, person, key, number, fen, "指标").facts
        except Refused as refused:
            assert refused.code == "refused.cut_too_deep" and -fen > before.available_fen
            assert refused.params["most_fen"] == before.available_fen
            return
        assert told["amount_fen"] == fen
        if "proposal" in told:
            self.asked.append((told["proposal"], key, person, fen))
            return
        self.entered[key] += fen
        assert told["appropriation_fen"] == self.entered[key]
        assert told["available_fen"] == before.available_fen + fen

    @rule(pick=PICK, person=FINANCE)
    def confirm(self, pick: int, person: str) -> None:
        if not self.asked:
            return
        number, key, proposer, fen = self.asked[pick % len(self.asked)]
        try:
            allotments.confirm_appropriation(self.office, person, number)
        except Refused as refused:
            assert refused.code == "refused.same_person" and person == proposer
            return
        assert person != proposer
        self.asked.remove((number, key, proposer, fen))
        self.entered[key] += fen
        self.signed[key] = max(self.signed[key], self.entered[key])

    @rule(pick=PICK, person=FINANCE)
    def turn_down(self, pick: int, person: str) -> None:
        if self.asked:
            one = self.asked.pop(pick % len(self.asked))
            allotments.reject_appropriation(self.office, person, one[0], "没有文件")

    # -- cases ---------------------------------------------------------------------------------------

    @rule(
        scheme=st.sampled_from(tuple(CEILINGS)),
        amount=st.sampled_from((50_000_000, 333_333_333, 3_000_000_000)),
        applicant=st.sampled_from((CODE, OTHER_CODE, YOUNG_CODE)),
        at_once=st.booleans(),
    )
    def apply(self, scheme: str, amount: int, applicant: str, at_once: bool) -> None:
        number = next(self.numbers)
        facts: dict[str, Any] = {
            "applied_at": datetime.datetime(2026, 5, 20, 9),
            "applicant": applicant,
            "applicant_name": f"单位{applicant[-3:]}",
            "applicant_kind": "enterprise",
            "founded_on": datetime.date(2020, 3, 1),
            "provider": PROVIDER,
            "service": SERVICE,
            "contract_no": f"HT-{number}",
            "signed_on": datetime.date(2026, 4, 1),
            "contract_amount": amount,
            "related_party": False,
        }
        own: dict[str, dict[str, Any]] = {MODEL: {"model_filed": True}, GUANGMING: {"support_year": 1}}
        facts |= own.get(scheme, {})
        case = counter_entry.submit(self.office, "officer", facts, scheme=scheme).facts["case"]
        if at_once:
            self.decide(str(case), f"{scheme}/2026")

    def decide(self, case: str, key: str) -> None:
        before = self.balance(key)
        try:
            deciding.decide(self.office, "officer", case, "已核对")
        except Refused as refused:
            if refused.code == "refused.no_budget":
                assert before.appropriation_fen == 0
            else:
                assert (refused.code, BUDGETS[key]) == ("refused.budget_short", None)
                assert refused.params["wanted_fen"] > before.available_fen == refused.params["left_fen"]

    @rule()
    def decide_all(self) -> None:
        told = deciding.decide_round(self.office, "officer", reason="已核对")
        assert {code for _, code in told.skipped} <= {"refused.no_budget", "refused.budget_short"}

    @rule(pick=PICK)
    def withdraw(self, pick: int) -> None:
        cases = [
            one.case_no for one in self.desk.rows(Application) if one.state in ("calculated", "suspended")
        ]
        if cases:
            withdraw_suspend_revoke.withdraw(self.office, "officer", cases[pick % len(cases)], "撤回")

    # -- what holds ----------------------------------------------------------------------------------

    def balance(self, key: str) -> ledger.Balance:
        with self.office.read() as session:
            row = session.execute(select(Budget).where(col(Budget.key) == key)).scalar()
            return ledger.NOTHING_YET if row is None else ledger.balance_of(row)

    @invariant()
    def a_budget_holds_what_finance_entered(self) -> None:
        for key, fen in self.entered.items():
            found = self.balance(key)
            assert found.appropriation_fen == fen
            assert found.available_fen >= 0
            assert sum(found[1:]) == fen
        assert {row.key for row in self.desk.rows(Budget)} <= set(BUDGETS)

    @invariant()
    def nothing_stands_above_a_ceiling_without_two(self) -> None:
        for key, ceiling in BUDGETS.items():
            if ceiling is not None:
                assert self.balance(key).appropriation_fen <= max(ceiling, self.signed[key])
        for one in self.desk.rows(AppropriationProposal):
            assert one.state != "confirmed" or one.settled_by_id != one.proposed_by_id

    @invariant()
    def what_is_reserved_is_what_decisions_hold(self) -> None:
        with self.office.read() as session:
            assert books_check.check(session).faults == ()
            held: dict[str, int] = dict.fromkeys(BUDGETS, 0)
            rows = session.execute(
                select(col(Budget.key), col(Decision.holds_fen))
                .join(Budget, col(Budget.id) == col(Decision.budget_id))
                .join(Application, col(Application.id) == col(Decision.application_id))
                .where(stands(), col(Application.state) != "withdrawn")
            )
            for key, fen in rows:
                held[key] += fen
        assert {key: self.balance(key).reserved_fen for key in BUDGETS} == held


QUICK = settings(
    max_examples=8, stateful_step_count=30, suppress_health_check=list(HealthCheck), deadline=None
)
LONG = settings(
    max_examples=150, stateful_step_count=80, suppress_health_check=list(HealthCheck), deadline=None
)


@pytest.fixture
def machine(prepared_office: Path, tmp_path: Path) -> type[BudgetMachine]:
    """The machine on an office in which nothing is allotted."""
    path = tmp_path / "nothing.office"
    shutil.copy(prepared_office, path)
    clock = Clock()
    with Office.open(path, clock=clock).closing() as office:
        Desk(office, clock).budget_of(0)
    return type("Machine", (BudgetMachine,), {"prepared": path})


def test_the_money_adds_up_whatever_is_done(machine: type[BudgetMachine]) -> None:
    run_state_machine_as_test(machine, settings=QUICK)


@pytest.mark.slow
def test_the_money_adds_up_for_a_long_time(machine: type[BudgetMachine]) -> None:
    run_state_machine_as_test(machine, settings=LONG)


def _without_a_ceiling(
    stands: ledger.Balance, ceiling: object, fen: int, silent: int = 0
) -> allotments.Outlook:
    return OUTLOOK(stands, None, fen, silent)


def _a_fen_less(turn: Any, budget_id: int, fen: int, about: Any, parts: object = None) -> int:
    return RESERVE(turn, budget_id, max(1, fen - 1), about)


OUTLOOK, RESERVE = allotments.outlook, ledger.reserve


@pytest.mark.parametrize(
    ("module", "name", "fault"),
    [(allotments, "outlook", _without_a_ceiling), (ledger, "reserve", _a_fen_less)],
)
def test_a_planted_fault_is_found(
    machine: type[BudgetMachine], monkeypatch: pytest.MonkeyPatch, module: Any, name: str, fault: object
) -> None:
    monkeypatch.setattr(module, name, fault)
    many = settings(QUICK, max_examples=60, report_multiple_bugs=False, phases=[Phase.generate])
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=many)
