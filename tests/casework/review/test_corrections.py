"""Corrections: asked for by a day, answered by a new version, one round after the other."""

import datetime

import pytest

from casework.core.refused import Refused
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
