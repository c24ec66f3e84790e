"""Any acts in any order: no case is published, approved or paid while a finding forbids it, an objection
stands or a refusal is proposed; what was refused for a fact holds no money. A planted fault is found."""

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from casework.audit import verify
from casework.award import deciding, refusals
from casework.core.change import Change
from casework.core.office import Office
from casework.core.refused import Refused
from casework.issuing import approval, publicity, vouchers
from casework.review import checking
from models import Application, Decision, Finding, LedgerEntry, Objection, Publicity, Refusal
from tests.casework.desk import CODE, MINUTES, OTHER_CODE, Clock, Desk
from tests.end_to_end.office_of_a_machine import OfficeOfAMachine

FORBIDS = ("same_contract", "same_account")
"""What forbids here while it is open, said once more so that the table is not its own judge."""
PICK = st.integers(0, 30)
SAID = ("材料系伪造", "不符合用途", "《某某措施》（深科〔2026〕1号）", "第九条")


class FindingsMachine(OfficeOfAMachine):
    """People who claim one contract twice, and an office that does one thing after another."""

    def case(self, pick: int, *states: str) -> Application | None:
        found = [one for one in self.desk.rows(Application) if not states or one.state in states]
        return found[pick % len(found)] if found else None

    def attempt(self, act: Callable[..., Change], person: str, pick: int, *more: Any) -> None:
        """An act on any case, which may be refused."""
        case = self.case(pick)
        if case is None:
            return
        try:
            act(self.office, person, case.case_no, *more)
        except Refused:
            return

    def opposed(self, case: Application) -> bool:
        """Whether something stands against a case, read from the rows themselves."""
        mine = [one for one in self.desk.rows(Finding) if one.application_id == case.id]
        if any(one.code in FORBIDS and one.state in ("open", "upheld") for one in mine):
            return True
        last = max(one.decided_at for one in self.desk.rows(Decision) if one.application_id == case.id)
        objections = [one for one in self.desk.rows(Objection) if one.application_id == case.id]
        stands = any(
            one.state == "open" or (one.state == "upheld" and one.closed_at > last) for one in objections
        )
        waits = [one for one in self.desk.rows(Refusal) if one.application_id == case.id]
        return stands or any(one.state == "proposed" for one in waits)

    def must_be_free(self, act: Callable[..., Change], person: str, case: Application, *more: Any) -> None:
        """An act that brings the money nearer: where it goes through, nothing stood against the case."""
        opposed = self.opposed(case)
        try:
            act(self.office, person, case.case_no, *more)
        except Refused:
            return
        assert not opposed, (act, case.case_no)

    @initialize()
    def begin(self) -> None:
        """One contract, claimed by two."""
        for who in (CODE, OTHER_CODE):
            self.desk.submit(applicant=who, contract_no="HT-9", account="6222000000000000001", bank="某行")
        deciding.decide_round(self.office, "officer", reason="先到先得")

    # -- what people do ------------------------------------------------------------------------------

    @rule(who=st.sampled_from((CODE, OTHER_CODE)), same=st.booleans())
    def submit(self, who: str, same: bool) -> None:
        number = "HT-9" if same else f"HT-1{next(self.numbers)}"
        self.desk.submit(applicant=who, contract_no=number)

    @rule(pick=PICK)
    def check(self, pick: int) -> None:
        self.attempt(checking.check, "officer", pick)

    @rule(pick=PICK, outcome=st.sampled_from(("cleared", "cleared", "upheld")))
    def judge(self, pick: int, outcome: str) -> None:
        found = [one for one in self.desk.rows(Finding) if one.code in FORBIDS and one.state != "outdated"]
        if found:
            try:
                checking.judge_finding(
                    self.office, "officer2", found[pick % len(found)].id, outcome, "已查实"
                )
            except Refused:
                return

    @rule(pick=PICK, number=st.sampled_from(("HT-9", "HT-99")))
    def verify_facts(self, pick: int, number: str) -> None:
        self.attempt(checking.verify_facts, "officer", pick, {"contract_no": number}, "原件")

    @rule(pick=PICK)
    def decide(self, pick: int) -> None:
        self.attempt(deciding.decide, "officer", pick, "继续")
        self.attempt(deciding.decide_again, "officer", pick, "复核")

    @rule(pick=PICK)
    def publish(self, pick: int) -> None:
        case = self.case(pick, "calculated")
        if case is not None:
            self.must_be_free(
                lambda office, who, number: publicity.publish(office, who, cases=[number]), "officer", case
            )

    @rule(pick=PICK, outcome=st.sampled_from(("", "upheld", "dismissed")))
    def object_(self, pick: int, outcome: str) -> None:
        case = self.case(pick, "publicity")
        if case is None:
            return
        try:
            change = publicity.take_objection(self.office, "officer", case.case_no, "某公司（签名）", "不实")
            if outcome:
                number = change.facts["objection"]
                publicity.settle_objection(self.office, "approver", number, outcome, "已核查")
        except Refused:
            return

    @rule()
    def lists_end(self) -> None:
        self.desk.days(12)
        for one in self.desk.rows(Publicity):
            if one.state == "running":
                publicity.end_publicity(self.office, "officer", one.id)

    @rule(pick=PICK)
    def approve(self, pick: int) -> None:
        case = self.case(pick, "publicity")
        if case is not None:
            self.must_be_free(approval.approve, "approver", case, MINUTES)

    @rule(pick=PICK)
    def issue(self, pick: int) -> None:
        case = self.case(pick, "approved")
        if case is not None:
            self.must_be_free(vouchers.issue_voucher, "officer", case)

    @rule(pick=PICK)
    def send_back(self, pick: int) -> None:
        self.attempt(approval.send_back, "approver", pick, "退回")

    @rule(pick=PICK, then=st.sampled_from(("", "confirm", "reject")))
    def refuse(self, pick: int, then: str) -> None:
        self.attempt(refusals.propose_refusal, "officer", pick, *SAID)
        if then == "confirm":
            self.attempt(refusals.confirm_refusal, "approver", pick)
        elif then:
            self.attempt(refusals.reject_refusal, "approver", pick, "查无实据")

    # -- what holds ----------------------------------------------------------------------------------

    @invariant()
    def what_is_refused_holds_nothing_and_the_books_agree(self) -> None:
        held: dict[int, int] = {}
        for entry in self.desk.rows(LedgerEntry):
            if entry.account in ("reserved", "committed", "paid") and entry.application_id is not None:
                held[entry.application_id] = held.get(entry.application_id, 0) + entry.amount_fen
        refused = [one.id for one in self.desk.rows(Application) if one.state == "refused"]
        assert [held.get(number, 0) for number in refused] == [0] * len(refused)
        with self.office.read() as session:
            assert verify.look_at_awards(session).faults == ()


def machine(prepared: Path, folder: Path) -> type[FindingsMachine]:
    """The machine on an office whose terms are set."""
    path = folder / "terms.office"
    shutil.copy(prepared, path)
    clock = Clock(datetime.datetime(2026, 5, 20, 8, tzinfo=datetime.UTC))
    with Office.open(path, clock=clock).closing() as office:
        Desk(office, clock).set_terms()
    return type("Machine", (FindingsMachine,), {"prepared": path})


QUICK = settings(
    max_examples=6, stateful_step_count=25, suppress_health_check=list(HealthCheck), deadline=None
)
LONG = settings(QUICK, max_examples=100, stateful_step_count=60)


def test_nothing_goes_out_that_something_stands_against(prepared_office: Path, tmp_path: Path) -> None:
    run_state_machine_as_test(machine(prepared_office, tmp_path), settings=QUICK)


@pytest.mark.slow
def test_nothing_goes_out_for_a_long_time(prepared_office: Path, tmp_path: Path) -> None:
    run_state_machine_as_test(machine(prepared_office, tmp_path), settings=LONG)


def _passes(who: object, application: object, act: str) -> None:
    """A fault: nobody asks what findings forbid."""


def test_a_planted_fault_is_found(
    prepared_office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publicity, "must_not_forbid", _passes)
    many = settings(QUICK, max_examples=30, report_multiple_bugs=False, phases=[Phase.generate])
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine(prepared_office, tmp_path), settings=many)
