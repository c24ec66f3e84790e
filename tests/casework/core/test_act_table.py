"""The table of who may do what."""

import inspect
import re
from pathlib import Path

import pytest

import words
from casework.core import act_table
from models.state_names import APPLICATION, ROLES, SIDE_OF_ROLE, SIDES


@pytest.mark.parametrize("name", sorted(act_table.ACTS))
def test_a_line_names_roles_and_states_that_there_are(name: str) -> None:
    line = act_table.line(name)
    assert line.roles
    assert set(line.roles) <= set(ROLES)
    assert set(line.states) | set(line.leads_to) <= set(APPLICATION)
    assert all(words.has(f"act.{name}", lang) for lang in words.LANGUAGES)


@pytest.mark.parametrize("name", sorted(name for name, line in act_table.ACTS.items() if line.stands))
def test_every_line_stands_where_it_says(name: str) -> None:
    function = act_table.function(name)
    assert list(inspect.signature(function).parameters)[:2] == ["office", "by"]
    body = inspect.unwrap(function)
    assert act_table.line(name).stands == f"{body.__module__}:{body.__name__}".removeprefix("casework.")
    assert function.act == name  # type: ignore[attr-defined]


def test_no_act_stands_without_its_line() -> None:
    """Every `@act` of the source is named by the table, and nothing else is."""
    source = Path(act_table.__file__).parents[1]
    written = {
        (name, f"{path.parent.name}.{path.stem}:{function}")
        for path in source.rglob("*.py")
        for name, function in re.findall(
            r'^@act\("(\w+)".*\)\ndef (\w+)\(', path.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    assert written == {(name, line.stands) for name, line in act_table.ACTS.items() if line.stands}


def test_what_stands_nowhere_is_carried_out_by_others() -> None:
    nowhere = [name for name, line in act_table.ACTS.items() if not line.stands]
    assert nowhere == ["import", "export", "whatif", "scenario"]


def test_the_separated_powers_touch_no_case() -> None:
    for role in ("system", "rights", "auditor"):
        assert not [name for name, line in act_table.ACTS.items() if role in line.roles and line.states]


def test_nobody_makes_accounts_and_gives_rights() -> None:
    makes, gives = act_table.line("add_person").roles, act_table.line("give_role").roles
    assert not set(makes) & set(gives)


def test_who_prepares_does_not_approve() -> None:
    assert not set(act_table.line("decide").roles) & set(act_table.line("approve").roles)
    assert "finance" not in act_table.line("approve").roles


def test_every_state_can_be_come_to_and_said() -> None:
    reached = {state for line in act_table.ACTS.values() for state in line.leads_to} | {"draft"}
    assert reached == set(APPLICATION)
    for lang in words.LANGUAGES:
        assert all(words.has(f"state.{state}", lang) for state in APPLICATION)
        assert all(words.has(f"role.{role}", lang) for role in SIDE_OF_ROLE)
        assert all(words.has(f"side.{side}", lang) for side in SIDES)
