"""Applications entered by hand: their number, their round, and what can't be taken."""

import datetime
from typing import Any

import pytest

from casework.core.refused import Refused
from casework.intake import counter_entry, rounds
from casework.people import accounts
from models import Application as Case
from models import Finding
from tests.casework.desk import CODE, MODEL, OTHER_CODE, Desk


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
    with pytest.raises(Refused, match="case_exists") as refused:
        counter_entry.submit(desk.office, "officer", facts, case="SL2026000001", scheme=MODEL)
    assert "深圳市训力券" in refused.value.say() and "Shenzhen training" in refused.value.say("en")


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


def test_who_is_recused_enters_nothing_of_that_applicant(desk: Desk) -> None:
    case = desk.submit()
    accounts.recuse(desk.office, "officer", desk.application(case).applicant_id, "亲属任职")
    with pytest.raises(Refused, match=r"refused\.applicant_recused") as refused:
        desk.submit(contract_no="HT-9")
    assert "湾畔语言模型有限公司" in refused.value.say()
    assert len(desk.rows(Case)) == 1
    desk.submit(applicant=OTHER_CODE, applicant_name="另一家", contract_no="HT-2")
    assert len(desk.rows(Case)) == 2


def test_a_round_of_another_scheme_is_no_place_for_an_application(desk: Desk) -> None:
    facts = {"applicant": CODE, "applicant_name": "甲", "contract_amount": 1}
    with pytest.raises(Refused, match="round_of_another_scheme") as refused:
        counter_entry.submit(desk.office, "officer", facts, round_id=1, scheme="shenzhen-model-voucher")
    said = refused.value.say()
    assert "第一批" in said and "深圳市训力券" in said and "深圳市模型券" in said
    made = rounds.open_round(desk.office, "officer", "模型第一批", 2026, scheme="shenzhen-model-voucher")
    entered = counter_entry.submit(desk.office, "officer", facts, round_id=made.facts["round"])
    assert desk.application(entered.facts["case"]).scheme == "shenzhen-model-voucher"


def test_the_facts_of_a_round_are_those_of_its_scheme(desk: Desk) -> None:
    made = rounds.open_round(desk.office, "officer", "模型第一批", 2026, scheme="shenzhen-model-voucher")
    facts = {"applicant": CODE, "applicant_name": "甲", "contract_amount": 1, "model_filed": "yes"}
    counter_entry.submit(desk.office, "officer", facts, round_id=made.facts["round"])
    with pytest.raises(Refused, match="no_such_field"):
        counter_entry.submit(desk.office, "officer", facts, round_id=1)


def test_a_rule_without_a_contract_is_entered_without_its_amount(desk: Desk) -> None:
    """Loan interest has no contract of service; a training voucher has."""
    said = {"applicant": CODE, "applicant_name": "湾畔语言模型有限公司"}
    own = said | {"interest_paid": 33_333_333}
    case = counter_entry.submit(desk.office, "officer", own, scheme="shenzhen-loan-interest").facts["case"]
    assert desk.application(case).scheme == "shenzhen-loan-interest"
    with pytest.raises(Refused, match="field_missing") as refused:
        counter_entry.submit(desk.office, "officer", said)
    assert refused.value.params["field"] == "contract_amount"
