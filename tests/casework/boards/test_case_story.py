"""What happened, in order, and how far the case has come."""

import datetime
from pathlib import Path

import pytest

from casework.boards.case_story import WAY
from casework.boards.case_view import CaseView, view
from casework.intake import portal_import
from casework.issuing import approval, withdraw_suspend_revoke
from casework.review import checking
from models.state_names import APPLICATION
from tests.casework.desk import Desk
from tests.papers.portal_files import application, table, workbook


def seen(desk: Desk, case: str) -> CaseView:
    found = view(desk.office, "officer", case)
    assert found is not None
    return found


def standing(found: CaseView) -> dict[str, str]:
    return {step.state: step.standing for step in found.steps}


def test_the_story_of_an_issued_case_is_whole_and_in_order(desk: Desk) -> None:
    case = desk.issued()
    events = seen(desk, case).events
    acts = [event.act for event in events]
    assert acts == ["submit", "decide", "publish", "end_publicity", "approve", "issue_voucher"]
    assert [event.at for event in events] == sorted(event.at for event in events)
    decided = events[1]
    assert (decided.details["status"], decided.details["award_fen"]) == ("awarded", 400_000_000)
    assert events[4].person == "周明轩"
    steps = seen(desk, case).steps
    assert [step.state for step in steps] == list(WAY)
    never = dict.fromkeys(("accepted", "review"), "passed")  # nobody accepted or reviewed it: no tick
    assert standing(seen(desk, case)) == {**dict.fromkeys(WAY, "done"), **never, "issued": "here"}
    assert steps[0].on == datetime.date(2026, 5, 20)


def test_decisions_of_a_whole_round_are_in_each_case_s_story(desk: Desk) -> None:
    from casework.award import deciding

    case = desk.submit()
    deciding.decide_round(desk.office, "officer")
    events = seen(desk, case).events
    assert [(event.act, event.seq > 0) for event in events] == [("submit", True), ("decide", False)]


def test_a_returned_case_goes_back_on_its_way(desk: Desk) -> None:
    case = desk.published()
    approval.send_back(desk.office, "approver", case, "合同期限待核")
    found = seen(desk, case)
    assert standing(found)["review"] == "here"
    assert standing(found)["calculated"] == "ahead"
    assert found.steps[3].on is None
    assert found.events[-1].details["reason"] == "合同期限待核"


def test_a_refusal_stops_and_a_blocked_case_waits(desk: Desk) -> None:
    refused = desk.submit(contract_amount=49_999_999)
    desk.decide(refused)
    assert standing(seen(desk, refused))["calculated"] == "stopped"
    blocked = desk.submit(contract_no="HT-2", related_party=None)
    desk.decide(blocked)
    found = seen(desk, blocked)
    assert standing(found)["calculated"] == "here"
    assert found.steps[3].on is None


def test_withdrawn_after_a_decision_stops_where_it_was(desk: Desk) -> None:
    case = desk.submit()
    desk.decide(case)
    withdraw_suspend_revoke.withdraw(desk.office, "officer", case, "来函")
    assert standing(seen(desk, case))["calculated"] == "stopped"


def test_personal_numbers_and_hashes_are_no_part_of_the_story(desk: Desk) -> None:
    case = desk.submit()
    checking.accept(desk.office, "officer", case)
    details = [name for event in seen(desk, case).events for name in event.details]
    assert not {"ids", "rows", "sha256", "facts"} & set(details)


@pytest.mark.parametrize("state", APPLICATION)
def test_every_state_has_its_place_on_the_way(state: str) -> None:
    from casework.boards.case_story import PLACE

    assert state in WAY or PLACE[state] in WAY


def test_what_a_second_import_changed_is_told(desk: Desk, tmp_path: Path) -> None:
    for at, amount in enumerate((8_000_000, 9_000_000)):
        file = workbook(tmp_path / f"{at}.xlsx", table(application(1, contract_amount=amount)))
        portal_import.import_file(desk.office, "officer", file)
    imported = [event for event in seen(desk, "T0001").events if event.act == "import"]
    assert [event.details.get("fields") for event in imported] == [None, ["contract_amount"]]
    assert [event.details["version"] for event in imported] == [1, 2]
