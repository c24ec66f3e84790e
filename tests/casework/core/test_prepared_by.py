"""Whoever prepared a case may not approve it, whichever part of the preparing they did."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from casework.award import deciding
from casework.boards import approval_board
from casework.core.prepared_by import prepared_by
from casework.core.refused import Refused
from casework.intake import portal_import
from casework.issuing import approval, letters
from casework.people import accounts
from casework.review import checking, corrections
from models import Finding, Person
from tests.casework.desk import MINUTES, OTHER_CODE, Desk, write_portal

BOTH = "approver2"
"""Who is officer and approver at once here."""
Part = Callable[[Desk, str], Any]


def people(desk: Desk, case: str) -> set[str]:
    with desk.office.read() as session:
        numbers = prepared_by(session, desk.application(case))
        return {session.get_one(Person, number).name for number in numbers}


def answered(desk: Desk, case: str) -> None:
    desk.set_terms()
    corrections.ask_correction(desk.office, "officer", case, [("paper", "contract", "缺页")])
    corrections.answer_correction(desk.office, BOTH, case, {})


def asked(desk: Desk, case: str) -> None:
    desk.set_terms()
    corrections.ask_correction(desk.office, BOTH, case, [("field", "related_party", "未填")])
    corrections.answer_correction(desk.office, "officer", case, {"district": "南山区"})


def judged(desk: Desk, case: str) -> None:
    number = next(one.id for one in desk.rows(Finding) if one.code == "same_contract")
    checking.judge_finding(desk.office, BOTH, number, "upheld", "系同一合同")
    checking.judge_finding(desk.office, "officer", number, "cleared", "补充协议")


PARTS: dict[str, Part] = {
    "verified": lambda desk, case: checking.verify_facts(
        desk.office, BOTH, case, {"contract_amount": 600_000_000}, "按发票"
    ),
    "asked": asked,
    "answered": answered,
    "reviewed": lambda desk, case: checking.review(desk.office, BOTH, case, "eligibility"),
    "judged, and somebody else after that": judged,
    "decided first": lambda desk, case: (
        deciding.decide(desk.office, BOTH, case),
        deciding.decide_again(desk.office, "officer", case, "复核"),
    ),
}


@pytest.mark.parametrize("part", PARTS)
def test_whoever_did_a_part_of_the_preparing_may_not_approve(desk: Desk, part: str) -> None:
    accounts.give_role(desk.office, "rights", BOTH, "officer")
    desk.submit(contract_no="HT-9")
    case = desk.submit(contract_no="HT9", applicant=OTHER_CODE)
    if not part.startswith("judged"):
        number = next(one.id for one in desk.rows(Finding) if one.code == "same_contract")
        checking.judge_finding(desk.office, "officer", number, "cleared", "补充协议")
    PARTS[part](desk, case)
    if desk.state(case) != "calculated":
        desk.decide(case)
    desk.publish_and_end(case)
    assert people(desk, case) == {"officer", BOTH}
    for does, said in ((approval.approve, MINUTES), (approval.send_back, "退回")):
        with pytest.raises(Refused, match="same_person"):
            does(desk.office, BOTH, case, said)
    assert approval_board.queue(desk.office, BOTH).cases[0].bar is not None
    approval.approve(desk.office, "approver", case, MINUTES)
    assert desk.state(case) == "approved"


def test_a_check_by_an_approver_is_not_preparing(desk: Desk) -> None:
    case = desk.submit()
    checking.check(desk.office, "approver", case)
    desk.decide(case)
    desk.publish_and_end(case)
    checking.check(desk.office, "approver", case)
    assert people(desk, case) == {"officer"}
    approval.approve(desk.office, "approver", case, MINUTES)


def test_whoever_imported_a_refused_case_does_not_sign_its_notice(desk: Desk, tmp_path: Any) -> None:
    accounts.give_role(desk.office, "rights", BOTH, "officer")
    desk.cite()
    write_portal(tmp_path / "portal.xlsx", 12)
    portal_import.import_file(desk.office, BOTH, tmp_path / "portal.xlsx")
    deciding.decide_round(desk.office, "officer")
    case = approval_board.queue(desk.office, "approver").refusals[0]
    with pytest.raises(Refused, match="same_person"):
        letters.issue_refusal(desk.office, BOTH, case)
    letters.issue_refusal(desk.office, "approver", case)


def test_asking_is_one_look_by_the_indexes_of_the_case(desk: Desk) -> None:
    application = desk.application(desk.published())
    said: list[tuple[str, Any]] = []
    with desk.office.read() as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda *args: said.append((args[2], args[3])))
        prepared_by(session, application)
        (asked,) = said
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[0]}", asked[1]).all()
    assert [row[3] for row in plan if row[3].startswith("SCAN")] == []
