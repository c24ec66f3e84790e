"""Accounts and their roles, and who stands aside."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from casework.core.office import Office
from casework.core.refused import Refused
from casework.people import accounts, signing_in
from models import Person, PersonRole


def _roles(office: Office, name: str) -> frozenset[str]:
    with office.read() as session:
        held = select(col(PersonRole.role)).join(Person, col(Person.id) == col(PersonRole.person_id))
        active = held.where(col(Person.name) == name, col(PersonRole.ended_at).is_(None))
        return frozenset(session.execute(active).scalars())


def test_the_demonstrations_people_are_those_of_the_contract(office: Office) -> None:
    wanted = {
        "officer",
        "officer2",
        "approver",
        "approver2",
        "finance",
        "finance2",
        "auditor",
        "system",
        "rights",
    }
    with office.read() as session:
        assert set(session.execute(select(col(Person.name))).scalars()) == wanted
    for name in wanted:
        assert signing_in.sign_in(office, name, "demo") == {name.rstrip("2")}


def test_the_first_people_come_once(office: Office) -> None:
    with pytest.raises(Refused, match=r"refused\.people_exist"):
        accounts.found(office, accounts.FIRST_PEOPLE)


def test_an_account_is_made_by_one_and_its_role_given_by_another(office: Office) -> None:
    accounts.add_person(office, "system", "new", "新人", "casework")
    assert _roles(office, "new") == frozenset()
    with pytest.raises(Refused, match=r"refused\.not_allowed"):
        accounts.give_role(office, "system", "new", "officer")
    with pytest.raises(Refused, match=r"refused\.not_allowed"):
        accounts.add_person(office, "rights", "newer", "新人", "casework")
    accounts.give_role(office, "rights", "new", "officer")
    assert _roles(office, "new") == {"officer"}
    accounts.end_role(office, "rights", "new", "officer")
    assert _roles(office, "new") == frozenset()
    accounts.give_role(office, "rights", "new", "officer")
    with office.read() as session:
        given = session.execute(
            select(PersonRole)
            .join(Person, col(Person.id) == col(PersonRole.person_id))
            .where(col(Person.name) == "new")
        ).scalars()
        assert len(list(given)) == 2  # that it was taken away once stays on record


@pytest.mark.parametrize(
    ("name", "role", "code"),
    [
        ("officer", "auditor", "refused.role_side"),
        ("officer", "system", "refused.role_side"),
        ("auditor", "officer", "refused.role_side"),
        ("system", "rights", "refused.role_side"),
        ("officer", "king", "refused.no_such_role"),
        ("officer", "officer", "refused.role_held"),
        ("rights", "system", "refused.same_person"),
        ("nobody", "officer", "refused.no_such_person"),
    ],
)
def test_roles_that_can_not_be_given(office: Office, name: str, role: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        accounts.give_role(office, "rights", name, role)
    assert caught.value.code == code


def test_a_role_that_is_not_held_can_not_be_ended(office: Office) -> None:
    with pytest.raises(Refused, match=r"refused\.role_not_held"):
        accounts.end_role(office, "rights", "officer", "finance")


@pytest.mark.parametrize(("name", "side"), [("officer", "casework"), ("", "casework"), ("x", "kitchen")])
def test_accounts_that_can_not_be_made(office: Office, name: str, side: str) -> None:
    with pytest.raises(Refused, match=r"refused\.(name_taken|no_such_side)"):
        accounts.add_person(office, "system", name, "名", side)


def test_a_conflict_needs_a_reason(office: Office) -> None:
    with pytest.raises(Refused, match=r"refused\.reason_missing"):
        accounts.recuse(office, "officer", 1, "  ")
