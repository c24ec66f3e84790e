"""Corrections: asked for by a day, answered by a new version, one round after the other."""

import datetime

import pytest

from casework.award import deciding
from casework.core.refused import Refused
from casework.issuing import withdraw_suspend_revoke
from casework.review import checking, corrections
from models import Correction, CorrectionItem
from tests.casework.desk import Desk, workday
from tests.casework.said import differences


def test_a_correction_needs_the_office_s_days(desk: Desk) -> None:
    case = desk.submit(related_party=None)
    with pytest.raises(Refused) as refused:
        desk.corrected(case)
    assert refused.value.code == "refused.unset"
    assert refused.value.params["parameter"] == "correction_days"
    assert desk.state(case) == "submitted"


def test_a_correction_is_due_in_working_days_and_answered_by_a_new_version(desk: Desk) -> None:
    desk.set("correction_days", "5")
    case = desk.submit(related_party=None)
    checking.accept(desk.office, "officer", case)
    asked = desk.corrected(case)
    assert asked.facts["due_on"] == workday(datetime.date(2026, 5, 20), 5) == datetime.date(2026, 5, 27)
    assert desk.state(case) == "correction"
    desk.days(2)
    answered = corrections.answer_correction(desk.office, "officer", case, {"related_party": False})
    assert (answered.facts["version"], answered.facts["late"]) == (2, False)
    assert desk.state(case) == "accepted"
    assert desk.rows(Correction)[0].state == "answered"
    assert desk.rows(CorrectionItem)[0].settled_at is not None
    with desk.office.read() as session:
        number = desk.application(case).id
        assert differences(session, number, 1, 2) == [("related_party", None, False)]


def test_what_was_asked_for_before_it_was_accepted_is_accepted_after_the_answer(desk: Desk) -> None:
    desk.set("correction_days", "5")
    desk.corrected(case := desk.submit(related_party=None))
    corrections.answer_correction(desk.office, "officer", case, {"related_party": False})
    assert desk.state(case) == "submitted" and desk.application(case).receipt_no is None
    assert checking.accept(desk.office, "officer", case).facts["receipt_no"] == "2026-000001"


def test_a_late_answer_is_told(desk: Desk) -> None:
    desk.set("correction_days", "5")
    case = desk.submit(related_party=None)
    desk.corrected(case)
    desk.days(30)
    assert corrections.answer_correction(desk.office, "officer", case, {"related_party": False}).facts["late"]


def test_the_second_request_is_the_second_round(desk: Desk) -> None:
    desk.set("correction_days", "5")
    case = desk.submit(related_party=None)
    desk.corrected(case)
    corrections.answer_correction(desk.office, "officer", case, {"district": "南山区"})
    assert desk.corrected(case).facts["round"] == 2


def test_a_correction_is_tied_to_a_field_or_a_paper(desk: Desk) -> None:
    desk.set("correction_days", "5")
    case = desk.submit()
    with pytest.raises(Refused, match="no_defects"):
        corrections.ask_correction(desk.office, "officer", case, [])
    with pytest.raises(Refused, match="no_such_defect"):
        corrections.ask_correction(desk.office, "officer", case, [("mood", "x", "y")])


def test_a_blocked_case_is_corrected_and_decided(desk: Desk) -> None:
    desk.set("correction_days", "5")
    case = desk.submit(related_party=None)
    assert (desk.decide(case).status, desk.state(case)) == ("blocked", "suspended")
    desk.corrected(case)
    corrections.answer_correction(desk.office, "officer", case, {"related_party": False})
    decision = desk.decide(case)
    assert (decision.status, decision.version, decision.supersedes_seq) == ("awarded", 2, 1)
    assert desk.budget()[2] == 400_000_000


def states(desk: Desk) -> list[str]:
    return [row.state for row in desk.rows(Correction)]


def test_a_newer_list_takes_the_place_of_one_that_is_out(desk: Desk) -> None:
    """Two lists that were out at once made the list of work fail on PostgreSQL, and one could never close."""
    desk.set("correction_days", "5")
    case = desk.submit(related_party=None)
    desk.corrected(case)
    desk.corrected(case, "district")
    assert states(desk) == ["cancelled", "open"]
    corrections.answer_correction(desk.office, "officer", case, {"district": "南山区"})
    assert states(desk) == ["cancelled", "answered"]


def test_a_list_that_is_out_falls_away_with_its_case(desk: Desk) -> None:
    desk.set("correction_days", "5")
    withdrawn, awarded = desk.submit(), desk.submit(contract_no="HT-2")
    blocked = desk.submit(contract_no="HT-3", related_party=None)
    for case in (withdrawn, awarded, blocked):
        desk.corrected(case, "district")
    withdraw_suspend_revoke.withdraw(desk.office, "officer", withdrawn, "企业来函撤回")
    deciding.decide(desk.office, "officer", awarded, "不影响核算")
    deciding.decide(desk.office, "officer", blocked, "不影响核算")
    assert states(desk) == ["cancelled", "cancelled", "open"]
    withdraw_suspend_revoke.resume(desk.office, "officer", blocked)
    corrections.answer_correction(desk.office, "officer", blocked, {"related_party": False})
    assert states(desk)[-1] == "answered"
