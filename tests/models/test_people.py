"""Roles that exclude each other are held apart by the tables themselves."""

import pytest
from sqlalchemy.exc import DatabaseError

from models.state_names import SIDE_OF_ROLE
from tests.models.filler import Filler


@pytest.mark.parametrize("role", SIDE_OF_ROLE)
@pytest.mark.parametrize("side", ["casework", "audit", "system", "rights"])
def test_a_role_goes_only_with_its_side(fill: Filler, role: str, side: str) -> None:
    person = fill("person", side=side)["id"]
    if SIDE_OF_ROLE[role] == side:
        fill("person_role", person_id=person, role=role, side=side)
        return
    with pytest.raises(DatabaseError, match="side_fits"):
        fill("person_role", person_id=person, role=role, side=side)
    with pytest.raises(DatabaseError, match="FOREIGN KEY"):
        fill("person_role", person_id=person, role=role, side=SIDE_OF_ROLE[role])


def test_a_role_is_held_once_and_can_be_given_again_after_its_end(fill: Filler) -> None:
    person = fill("person")["id"]
    fill("person_role", person_id=person)
    with pytest.raises(DatabaseError, match="UNIQUE"):
        fill("person_role", person_id=person)
    fill.connection.exec_driver_sql("UPDATE person_role SET ended_at = '2026-06-01T00:00:00.000000Z'")
    fill("person_role", person_id=person)


def test_nobody_gives_themselves_a_role(fill: Filler) -> None:
    person = fill("person")["id"]
    with pytest.raises(DatabaseError, match="not_own"):
        fill("person_role", person_id=person, given_by_id=person)


def test_sign_in_names_are_one_persons(fill: Filler) -> None:
    fill("person", name="officer")
    with pytest.raises(DatabaseError, match="UNIQUE"):
        fill("person", name="officer")


def test_a_request_is_carried_out_once(fill: Filler) -> None:
    fill("request", id="r1")
    with pytest.raises(DatabaseError, match="UNIQUE"):
        fill("request", id="r1")
