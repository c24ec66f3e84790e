"""Applications entered by hand: their number, their round, and what can't be taken."""

import datetime
from typing import Any

import pytest

from casework.core.refused import Refused
from casework.intake import counter_entry, rounds
from models import Application as Case
from models import Finding
from tests.casework.desk import CODE, Desk


def test_an_application_at_the_counter_gets_a_number_and_its_findings(desk: Desk) -> None:
    first, second = desk.submit(), desk.submit()
    assert (first, second) == ("SL2026000001", "SL2026000002")
    found = [(finding.code, finding.with_text) for finding in desk.rows(Finding)]
    assert found == [("same_contract", first)]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"applicant": "91440300MA50050231"}, "refused.credit_code"),
        ({"contract_amount": None}, "refused.field_missing"),
        ({"applicant_name": ""}, "refused.field_missing"),
        (
            {"starts_on": datetime.date(2026, 5, 2), "ends_on": datetime.date(2026, 5, 1)},
            "refused.ends_before_starts",
        ),
    ],
)
def test_what_can_t_be_taken_at_the_counter(desk: Desk, facts: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        desk.submit(**facts)
    assert desk.rows(Case) == []


def test_a_number_that_is_there_is_refused(desk: Desk) -> None:
    desk.submit()
    facts = {"applicant": CODE, "applicant_name": "甲", "contract_amount": 1}
    with pytest.raises(Refused, match="case_exists"):
        counter_entry.submit(desk.office, "officer", facts, case="SL2026000001")


def test_the_round_is_the_one_whose_window_holds_the_application(desk: Desk) -> None:
    inside, outside = (
        desk.submit(),
        desk.submit(applied_at=datetime.datetime(2026, 7, 1, 9), contract_no="HT-2"),
    )
    assert desk.application(inside).round_id == 1
    assert desk.application(outside).round_id is None


def test_a_closed_round_takes_nothing_more(desk: Desk) -> None:
    rounds.close_round(desk.office, "officer", 1)
    assert desk.application(desk.submit()).round_id is None
    with pytest.raises(Refused, match="round_closed"):
        counter_entry.submit(
            desk.office,
            "officer",
            {"applicant": CODE, "applicant_name": "甲", "contract_amount": 1},
            round_id=1,
        )


def test_a_round_has_one_name_and_an_end_after_its_start(desk: Desk) -> None:
    with pytest.raises(Refused, match="round_exists"):
        rounds.open_round(desk.office, "officer", "第一批", 2026)
    start = datetime.datetime(2026, 9, 1, tzinfo=datetime.UTC)
    with pytest.raises(Refused, match="interval"):
        rounds.open_round(desk.office, "officer", "第二批", 2026, start, start)
