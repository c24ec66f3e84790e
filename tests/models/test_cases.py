"""Applications and what is said about them."""

import pytest
from sqlalchemy.exc import DatabaseError

from models.state_names import APPLICATION
from tests.models.filler import AT, Filler


def test_an_application_is_in_a_state_that_there_is(fill: Filler) -> None:
    for state in APPLICATION:
        fill("application", state=state)
    with pytest.raises(DatabaseError, match="ck_application_state"):
        fill("application", state="Approved")


def test_a_case_number_and_a_version_stand_once(fill: Filler) -> None:
    one = fill("application", case_no="XLQ1")["id"]
    with pytest.raises(DatabaseError, match="UNIQUE"):
        fill("application", case_no="XLQ1")
    fill("application_version", application_id=one, version=1)
    fill("application_version", application_id=one, version=2)
    with pytest.raises(DatabaseError, match="UNIQUE"):
        fill("application_version", application_id=one, version=2)


def test_a_version_belongs_to_an_application(fill: Filler) -> None:
    fill("application_version")
    with pytest.raises(DatabaseError, match="FOREIGN"):
        fill("application_version", application_id=99)


@pytest.mark.parametrize("amount", [-1, 1.5, "12"])
def test_claimed_money_is_whole_and_not_below_zero(fill: Filler, amount: object) -> None:
    with pytest.raises(DatabaseError):
        fill("application_version", contract_amount_fen=amount if amount != "12" else "12a")


def test_a_contract_does_not_end_before_it_starts(fill: Filler) -> None:
    with pytest.raises(DatabaseError, match="term"):
        fill("application_version", starts_on="2026-05-02", ends_on="2026-05-01")


def test_a_judged_finding_says_who_and_why(fill: Filler) -> None:
    person = fill("person")["id"]
    with pytest.raises(DatabaseError, match="judged"):
        fill("finding", state="cleared", reason="same contract, renewed")
    with pytest.raises(DatabaseError, match="judged_why"):
        fill("finding", state="upheld", judged_by_id=person)
    fill("finding", state="cleared", judged_by_id=person, reason="renewed", judged_at=AT)


def test_a_round_closes_after_it_opens(fill: Filler) -> None:
    with pytest.raises(DatabaseError, match="window"):
        fill("round", opens_at=AT, closes_at=AT)
