"""The table of who may do what."""

import pytest

import words
from casework import permissions
from models.states import APPLICATION, ROLES, SIDE_OF_ROLE, SIDES


@pytest.mark.parametrize("name", sorted(permissions.ACTS))
def test_a_line_names_roles_and_states_that_there_are(name: str) -> None:
    line = permissions.permission(name)
    assert line.roles
    assert set(line.roles) <= set(ROLES)
    assert set(line.states) | set(line.leads_to) <= set(APPLICATION)
    assert all(words.has(line.code(name), lang) for lang in words.LANGUAGES)


def test_the_separated_powers_touch_no_case() -> None:
    for role in ("system", "rights", "auditor"):
        assert not [name for name, line in permissions.ACTS.items() if role in line.roles and line.states]


def test_nobody_makes_accounts_and_gives_rights() -> None:
    makes, gives = permissions.permission("add_person").roles, permissions.permission("give_role").roles
    assert not set(makes) & set(gives)


def test_who_prepares_does_not_approve() -> None:
    assert not set(permissions.permission("decide").roles) & set(permissions.permission("approve").roles)
    assert "finance" not in permissions.permission("approve").roles


def test_what_one_may_do_now_is_asked_from_the_table() -> None:
    assert "accept" in permissions.allowed(frozenset({"officer"}), "submitted")
    assert "accept" not in permissions.allowed(frozenset({"officer"}), "issued")
    assert "approve" in permissions.allowed(frozenset({"approver"}), "publicity")
    assert permissions.allowed(frozenset({"system"}), "publicity") == ()
    assert "import" in permissions.allowed(frozenset({"officer"}))


def test_every_state_can_be_come_to_and_said() -> None:
    reached = {state for line in permissions.ACTS.values() for state in line.leads_to} | {"draft"}
    assert reached == set(APPLICATION)
    for lang in words.LANGUAGES:
        assert all(words.has(f"state.{state}", lang) for state in APPLICATION)
        assert all(words.has(f"role.{role}", lang) for role in SIDE_OF_ROLE)
        assert all(words.has(f"side.{side}", lang) for side in SIDES)
