"""A case as one value: what it holds in each state, for each person; it costs the same in any office."""

import datetime

import pytest
from sqlalchemy import event

from casework.award import deciding
from casework.boards.case_view import CaseView, content, view
from casework.cases import paper_filing
from casework.core.act import By, Seen
from casework.core.refused import Refused
from casework.issuing import approval, letters, withdraw_suspend_revoke
from casework.review import checking
from tests.casework.desk import MINUTES, Desk


def seen(desk: Desk, case: str, person: str = "officer") -> CaseView:
    found = view(desk.office, person, case)
    assert found is not None
    return found


def test_no_such_case_is_none(desk: Desk) -> None:
    assert view(desk.office, "officer", "XLQ-none") is None


def test_a_new_case(desk: Desk) -> None:
    case = desk.submit()
    found = seen(desk, case)
    assert (found.state, found.applicant, found.round) == ("submitted", "湾畔语言模型有限公司", "第一批")
    assert found.decision is None
    assert not (found.papers or found.findings or found.letters)
    assert found.policy is not None and found.policy.ref == "shenzhen-training-voucher@2026"
    assert set(found.may) >= {"accept", "check", "verify_facts", "decide", "add_paper"}
    assert "approve" not in found.may
    amount = found.field("contract_amount")
    assert amount is not None and amount.now.value == 800_000_000


def test_a_case_taken_to_its_letter(desk: Desk) -> None:
    case = desk.issued()
    letters.issue_approval(desk.office, "officer", case)
    found = seen(desk, case)
    assert found.decision is not None and found.decision.award_fen == 400_000_000
    assert [line.code for line in found.decision.lines][-1] == "status"
    assert found.decision.approvals[0].minutes == MINUTES
    assert found.voucher is not None and found.voucher.left_fen == 400_000_000
    assert found.publicity is not None and found.publicity.state == "ended"
    stored = content(desk.office, found.letters[0].sha256)
    assert stored is not None and stored.body.startswith(b"%PDF") and stored.media == "application/pdf"
    assert content(desk.office, "0" * 64) is None


def test_each_person_may_what_the_table_and_the_case_allow(desk: Desk) -> None:
    case = desk.published()
    assert "approve" in seen(desk, case, "approver").may
    assert "approve" not in seen(desk, case, "officer").may
    assert seen(desk, case, "auditor").may == ()
    approval.approve(desk.office, "approver", case, MINUTES)
    assert "issue_voucher" in seen(desk, case).may
    assert "issue_letter" not in seen(desk, case).may


def test_what_hinders_an_approval_is_said(desk: Desk) -> None:
    case = desk.submit()
    desk.decide(case)
    desk.set_terms()
    from casework.issuing import publicity

    publicity.publish(desk.office, "officer", cases=[case])
    found = seen(desk, case, "approver")
    assert "approve" not in found.may
    assert found.bar is not None and found.bar.code == "refused.publicity_running"


def test_who_declared_a_conflict_may_nothing(desk: Desk) -> None:
    from casework.people import accounts

    case = desk.submit()
    accounts.recuse(desk.office, "officer", desk.application(case).applicant_id, "亲属任职")
    assert seen(desk, case).may == ()
    assert seen(desk, case, "officer2").may


def test_a_letter_that_stands_is_not_offered_again(desk: Desk) -> None:
    case = desk.submit(contract_amount=49_999_999)
    desk.decide(case)
    desk.cite()
    assert "issue_refusal" in seen(desk, case, "approver").may
    letters.issue_refusal(desk.office, "approver", case)
    assert "issue_refusal" not in seen(desk, case, "approver").may


def test_the_second_writer_is_refused_and_told_who_was_first(desk: Desk) -> None:
    case = desk.submit()
    before = seen(desk, case).seen
    assert before == Seen("submitted", 1, before.log_seq)
    checking.verify_facts(desk.office, "officer2", case, {"contract_amount": 700_000_000}, "发票")
    with pytest.raises(Refused) as refused:
        checking.verify_facts(desk.office, By("officer", None, before), case, {"contract_amount": 1}, "单据")
    assert refused.value.code == "refused.changed_meanwhile"
    assert refused.value.params["person"] == "林若溪"
    assert refused.value.params["act"] == "verify_facts"
    again = seen(desk, case)
    checking.verify_facts(desk.office, By("officer", None, again.seen), case, {"contract_amount": 1}, "单据")
    amount = seen(desk, case).field("contract_amount")
    assert amount is not None
    assert [said.value for said in amount.history] == [800_000_000, 700_000_000, 1]


def test_a_paper_filed_meanwhile_is_a_change_too(desk: Desk) -> None:
    case = desk.submit()
    before = seen(desk, case).seen
    paper_filing.add_paper(desk.office, "officer2", case, "contract", "合同.pdf", b"%PDF-1.4")
    with pytest.raises(Refused, match="changed_meanwhile"):
        withdraw_suspend_revoke.withdraw(desk.office, By("officer", None, before), case, "申请单位来函")


def test_a_case_costs_the_same_number_of_questions_in_a_fuller_office(desk: Desk) -> None:
    case = desk.submit()
    paper_filing.add_paper(desk.office, "officer", case, "contract", "合同.pdf", b"%PDF-1.4 same")
    deciding.decide(desk.office, "officer", case)
    seen(desk, case)  # the policy is read once a process
    alone = _questions(desk, case)
    for number in range(30):
        desk.submit(contract_no=f"HT-{number}", applied_at=datetime.datetime(2026, 5, 21, 9))
    assert _questions(desk, case) == alone
    assert not [plan for plan in _plans(desk, case) if "SCAN log_entry" in plan or "SCAN decision" in plan]


def _questions(desk: Desk, case: str) -> int:
    return len(_asked(desk, case))


def _asked(desk: Desk, case: str) -> list[tuple[str, object]]:
    asked: list[tuple[str, object]] = []

    def note(connection: object, cursor: object, statement: str, parameters: object, *rest: object) -> None:
        asked.append((statement, parameters))

    event.listen(desk.office.store.reader, "before_cursor_execute", note)
    try:
        seen(desk, case)
    finally:
        event.remove(desk.office.store.reader, "before_cursor_execute", note)
    return [one for one in asked if one[0].startswith("SELECT")]


def _plans(desk: Desk, case: str) -> list[str]:
    found = []
    with desk.office.read() as session:
        for statement, parameters in _asked(desk, case):
            rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]
            found += [str(row[3]) for row in rows]
    return found
