"""Decisions and approvals: what can't be stored at all."""

from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError

from tests.models.filler import Filler


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"status": "awarded", "award_fen": None}, "awarded"),
        ({"status": "refused", "award_fen": 5, "holds_fen": 5}, "awarded"),
        ({"status": "blocked", "award_fen": 5, "holds_fen": 5}, "awarded"),
        ({"award_fen": 0, "holds_fen": 0}, "award_above_zero"),
        ({"award_fen": 5, "holds_fen": 4}, "holds_award"),
        ({"status": "refused", "award_fen": None, "holds_fen": 4}, "holds_nothing"),
        ({"budget_id": None}, "budgeted"),
        ({"status": "paid", "award_fen": None}, "status"),
        ({"seq": 0}, "counts"),
    ],
    ids=repr,
)
def test_a_decision_that_contradicts_itself_is_refused(
    fill: Filler, given: dict[str, Any], rule: str
) -> None:
    with pytest.raises(DatabaseError, match=f"ck_decision_{rule}"):
        fill("decision", **given)


def test_a_blocked_case_holds_its_largest_reading(fill: Filler) -> None:
    fill("decision", status="blocked", award_fen=None, holds_fen=700)


def test_a_decision_rests_on_a_version_that_is_there(fill: Filler) -> None:
    with pytest.raises(DatabaseError, match="FOREIGN"):
        fill("decision", version=2)


def test_a_decision_is_superseded_once_and_by_a_later_one(fill: Filler) -> None:
    first = fill("decision", seq=1)
    same = {name: first[name] for name in ("application_id", "decided_by_id", "budget_id")}
    fill("decision", seq=2, supersedes_seq=1, **same)
    with pytest.raises(DatabaseError, match="UNIQUE"):
        fill("decision", seq=3, supersedes_seq=1, **same)
    with pytest.raises(DatabaseError, match="later"):
        fill("decision", seq=4, supersedes_seq=4, **same)


def test_nobody_approves_what_they_prepared(fill: Filler) -> None:
    decision = fill("decision")
    preparer = decision["decided_by_id"]
    with pytest.raises(DatabaseError, match="other_person"):
        fill("approval", decision_seq=decision["seq"], prepared_by_id=preparer, person_id=preparer)
    other = fill("person")["id"]
    with pytest.raises(DatabaseError, match="FOREIGN"):  # nor by saying that someone else prepared it
        fill("approval", decision_seq=decision["seq"], prepared_by_id=other, person_id=preparer)
    fill("approval", decision_seq=decision["seq"], prepared_by_id=preparer, person_id=other)
    with pytest.raises(DatabaseError, match="UNIQUE"):
        fill("approval", decision_seq=decision["seq"], prepared_by_id=preparer, person_id=other)


def test_what_is_returned_says_why(fill: Filler) -> None:
    with pytest.raises(DatabaseError, match="returned_why"):
        fill("approval", outcome="returned")
