"""Which cases have a letter to come: each condition against what the acts themselves still allow."""

from sqlalchemy import ColumnElement, select
from sqlmodel import col

from casework.issuing import approval, letters, letters_owed, publicity, vouchers
from casework.review import corrections
from models import Application, Letter
from tests.casework.desk import MINUTES, OTHER_CODE, Desk


def cases(desk: Desk, condition: ColumnElement[bool]) -> list[str]:
    with desk.office.read() as session:
        return list(session.execute(select(col(Application.case_no)).where(condition)).scalars())


def test_a_list_of_defects_has_a_notice_of_its_own(desk: Desk) -> None:
    desk.set("correction_days", "5")
    case, other = desk.submit(related_party=None), desk.submit(applicant=OTHER_CODE, contract_no="2")
    assert cases(desk, letters_owed.lacks_correction_notice()) == []
    desk.corrected(case)
    assert cases(desk, letters_owed.lacks_correction_notice()) == [case]
    letters.issue_correction(desk.office, "officer", case)
    assert cases(desk, letters_owed.lacks_correction_notice()) == []
    desk.days(1)
    desk.corrected(other)
    corrections.answer_correction(desk.office, "officer", case, {"related_party": False})
    corrections.ask_correction(desk.office, "officer", case, ["field:district:未填写"])
    assert cases(desk, letters_owed.lacks_correction_notice()) == [case, other]


def test_an_approval_letter_is_of_the_decision_that_stands(desk: Desk) -> None:
    desk.set_terms()
    desk.cite()
    case = desk.submit()
    desk.decide(case)
    publicity.publish(desk.office, "officer", cases=[case])
    desk.days(9)
    publicity.end_publicity(desk.office, "officer", 1)
    approval.approve(desk.office, "approver", case, MINUTES)
    vouchers.issue_voucher(desk.office, "officer", case)
    assert cases(desk, letters_owed.lacks_approval()) == [case]
    letters.issue_approval(desk.office, "officer", case)
    assert cases(desk, letters_owed.lacks_approval()) == []
    assert cases(desk, letters_owed.lacks("approval")) == []
    assert cases(desk, letters_owed.lacks("revocation")) == [case]
    letters.void_letter(desk.office, "approver", desk.rows(Letter)[-1].id, "印错")
    assert cases(desk, letters_owed.lacks_approval()) == cases(desk, letters_owed.lacks("approval")) == [case]
    assert cases(desk, letters_owed.lacks_void_notice()) == [case]
