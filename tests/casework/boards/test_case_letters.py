"""Objections of the office as a person may see them."""

from casework.boards.case_letters import known, objections
from casework.issuing import publicity
from casework.people import accounts
from tests.casework.desk import Desk


def test_nobody_and_who_is_locked_are_told_no_name(desk: Desk) -> None:
    case = desk.submit()
    desk.decide(case)
    desk.set_terms()
    publicity.publish(desk.office, "officer", 1)
    publicity.take_objection(desk.office, "officer", case, "湾畔某企业", "合同虚假")

    def told(person: str) -> str:
        with desk.office.read() as session:
            return objections(session, known(desk.office, session, person))[0].objector

    assert (told("officer"), told("")) == ("湾畔某企业", "")
    accounts.lock_person(desk.office, "system", "officer")
    assert told("officer") == ""
    accounts.recuse(desk.office, "approver", desk.application(case).applicant_id, "亲属任职")
    assert (told("approver"), told("approver2")) == ("", "湾畔某企业"), "who may not settle it"
