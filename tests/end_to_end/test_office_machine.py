"""Any acts in any order: the money's identity, the counters and the caps hold after each.

The machine does what people could do, sensible or not; what the office refuses is no fault. A planted fault
must be found, so that the machine is seen to see.
"""

import datetime
import shutil
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from casework.audit import verify
from casework.award import deciding, releasing_holds
from casework.core.office import Office
from casework.core.refused import Refused
from casework.issuing import approval, vouchers, withdraw_suspend_revoke
from casework.money import allotments, books_check, budgets, ledger
from casework.review import checking
from models import Application, CapUse, Decision
from tests.casework.desk import BUDGET, CODE, GONE_ON, MINUTES, OTHER_CODE, YOUNG_CODE, Clock, Desk
from tests.end_to_end.office_of_a_machine import OfficeOfAMachine

CAP_FEN = 1_000_000_000
BUDGET_FEN = 2_500_000_000
APPLICANTS = (CODE, OTHER_CODE, YOUNG_CODE)
AMOUNTS = st.sampled_from((49_999_999, 50_000_000, 333_333_333, 800_000_000, 1_999_999_999, 3_000_000_000))
PICK = st.integers(0, 30)


class OfficeMachine(OfficeOfAMachine):
    """An office with a small budget, and people who do one thing after another."""

    def case(self, pick: int, *states: str) -> str | None:
        """One of the cases in these states (in any, without them)."""
        found = [each.case_no for each in self.desk.rows(Application) if not states or each.state in states]
        return found[pick % len(found)] if found else None

    def attempt(self, act: Callable[..., Any], *arguments: Any) -> None:
        """An act that may be refused."""
        if arguments[1] is None:
            return
        try:
            act(self.office, *arguments)
        except Refused:
            return

    @initialize(amounts=st.lists(AMOUNTS, min_size=3, max_size=3), young=st.booleans())
    def begin(self, amounts: list[int], young: bool) -> None:
        """A few cases are there and decided already, so that there is something to do."""
        for who, amount in zip(APPLICANTS, amounts, strict=True):
            self.submit(who, amount, 100_000_000 if young else 0, young, False)
        self.decide_all()

    # -- what people do ------------------------------------------------------------------------------

    @rule(
        who=st.sampled_from(APPLICANTS),
        amount=AMOUNTS,
        support=st.sampled_from((0, 0, 100_000_000)),
        young=st.booleans(),
        related=st.sampled_from((False, False, False, True, None)),
    )
    def submit(self, who: str, amount: int, support: int, young: bool, related: bool | None) -> None:
        self.desk.submit(
            applicant=who,
            contract_no=f"HT-{next(self.numbers)}",
            contract_amount=amount,
            other_support=support,
            founded_on=datetime.date(2026, 1, 15) if young else datetime.date(2020, 1, 1),
            related_party=related,
        )

    @rule()
    def decide_all(self) -> None:
        deciding.decide_round(self.office, "officer", reason=GONE_ON)

    @rule(pick=PICK)
    def decide(self, pick: int) -> None:
        self.attempt(deciding.decide, "officer", self.case(pick), GONE_ON)

    @rule(pick=PICK)
    def decide_again(self, pick: int) -> None:
        self.attempt(deciding.decide_again, "officer", self.case(pick), "复核")

    @rule(pick=PICK, amount=AMOUNTS)
    def verify(self, pick: int, amount: int) -> None:
        self.attempt(checking.verify_facts, "officer", self.case(pick), {"contract_amount": amount}, "核定")

    @rule(pick=PICK)
    def publish(self, pick: int) -> None:
        case = self.case(pick, "calculated")
        if case is None:
            return
        try:
            self.desk.publish_and_end(case)
        except Refused:
            return

    @rule(pick=PICK, who=st.sampled_from(("approver", "approver2", "officer")))
    def approve(self, pick: int, who: str) -> None:
        self.attempt(approval.approve, who, self.case(pick, "publicity"), MINUTES)

    @rule(pick=PICK)
    def send_back(self, pick: int) -> None:
        self.attempt(approval.send_back, "approver", self.case(pick), "退回")

    @rule(pick=PICK)
    def issue(self, pick: int) -> None:
        self.attempt(vouchers.issue_voucher, "officer", self.case(pick, "approved"))

    @rule(pick=PICK)
    def withdraw(self, pick: int) -> None:
        self.attempt(withdraw_suspend_revoke.withdraw, "officer", self.case(pick), "撤回")

    @rule(pick=PICK)
    def revoke(self, pick: int) -> None:
        self.attempt(
            withdraw_suspend_revoke.revoke, "approver2", self.case(pick, "approved", "issued"), "撤销"
        )

    @rule(pick=PICK)
    def suspend_and_resume(self, pick: int) -> None:
        case = self.case(pick)
        self.attempt(withdraw_suspend_revoke.suspend, "officer", case, "暂缓")
        self.attempt(withdraw_suspend_revoke.resume, "officer", case)

    @rule(amount=st.sampled_from((-700_000_000, -1, 300_000_000)))
    def raise_or_cut(self, amount: int) -> None:
        number = f"财指〔2026〕{next(self.numbers)}号"
        self.attempt(allotments.appropriate, "finance", BUDGET, number, amount, "追加或调减")

    @rule(value=st.sampled_from(("50", "60")))
    def settle_a_reading(self, value: str) -> None:
        self.desk.set("startup_ceiling", value)

    # -- what holds ----------------------------------------------------------------------------------

    @invariant()
    def the_money_adds_up(self) -> None:
        with self.office.read() as session:
            row = budgets.find(session, BUDGET)
            assert row is not None
            money = ledger.balance(session, row.id)
            assert books_check.check(session).faults == ()
        assert money.available_fen >= 0
        held = money.reserved_fen + money.committed_fen + money.paid_fen + money.lapsed_fen
        assert money.available_fen + held == money.appropriation_fen

    @invariant()
    def the_books_say_what_the_cases_say(self) -> None:
        with self.office.read() as session:
            faults = {check.name: check.faults for check in (verify.look_at_awards(session),)}
        assert faults == {"awards": ()}

    @invariant()
    def the_caps_hold_what_stands_and_no_more_than_their_limit(self) -> None:
        cases = {each.id: each for each in self.desk.rows(Application)}
        decisions = self.desk.rows(Decision)
        last = {each.application_id: each for each in sorted(decisions, key=lambda each: each.seq)}
        given_back = self._given_back()
        standing: dict[str, int] = defaultdict(int)
        for number, decision in last.items():
            gone = cases[number].state in ("withdrawn", "revoked") or decision.seq in given_back
            if decision.cap_keys and not gone:
                standing[decision.cap_keys] += decision.holds_fen
        used = {each.key: each.used_fen for each in self.desk.rows(CapUse)}
        assert {key: fen for key, fen in used.items() if fen} == {
            key: fen for key, fen in standing.items() if fen
        }
        assert all(fen <= CAP_FEN for fen in used.values())

    def _given_back(self) -> set[int]:
        from models import Approval

        return {each.decision_seq for each in self.desk.rows(Approval) if each.outcome == "returned"}


def machine(prepared: Path, folder: Path) -> type[OfficeMachine]:
    """The machine on an office with a small budget."""
    path = folder / "small.office"
    shutil.copy(prepared, path)
    with Office.open(path, clock=Clock()).closing() as office:
        Desk(office, Clock()).budget_of(BUDGET_FEN)
    return type("Machine", (OfficeMachine,), {"prepared": path})


QUICK = settings(
    max_examples=6, stateful_step_count=25, suppress_health_check=list(HealthCheck), deadline=None
)
LONG = settings(
    max_examples=120, stateful_step_count=60, suppress_health_check=list(HealthCheck), deadline=None
)


def test_the_invariants_hold_whatever_is_done(prepared_office: Path, tmp_path: Path) -> None:
    run_state_machine_as_test(machine(prepared_office, tmp_path), settings=QUICK)


@pytest.mark.slow
def test_the_invariants_hold_for_a_long_time(prepared_office: Path, tmp_path: Path) -> None:
    run_state_machine_as_test(machine(prepared_office, tmp_path), settings=LONG)


def _no_release(turn: object, decision: object) -> None:
    """A fault: what a decision used of a cap is never given back."""


def test_a_planted_fault_is_found(
    prepared_office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releasing_holds, "release_caps", _no_release)
    many = settings(QUICK, max_examples=30, report_multiple_bugs=False, phases=[Phase.generate])
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine(prepared_office, tmp_path), settings=many)
