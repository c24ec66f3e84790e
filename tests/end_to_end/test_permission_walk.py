"""Every act × role × state: what the table allows can be tried, and nothing else can."""

import inspect
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from casework.core.act import carry_out
from casework.core.act_table import ACTS, function
from casework.core.change import Change
from casework.core.office import Office
from casework.core.refused import Refused
from casework.people import accounts
from models import Application
from models.state_names import APPLICATION, ROLES
from tests.casework.desk import Clock, Desk

FUNCTIONS = {name: function(name) for name, line in ACTS.items() if line.stands}
"""What does each act, but for those that also read or write files, or store nothing."""


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    clock = Clock()
    office = Office.create(tmp_path_factory.mktemp("walk") / "walk.office", clock=clock)
    listed = [(f"{role}_{place}", role, role) for role in ROLES for place in ("a", "b")]
    accounts.found(office, [*accounts.DEMO_PEOPLE, *listed], "demo")
    desk = Desk.prepare(office, clock)
    desk.submit()
    return desk


def arguments(function: Callable[..., Change], case: str) -> dict[str, Any]:
    """Arguments of the right kind for an act, though there is nothing that they would fit."""
    hints = typing.get_type_hints(inspect.unwrap(function))
    made: dict[str, Any] = {}
    for name, parameter in list(inspect.signature(function).parameters.items())[2:]:
        kind = str(hints.get(name))
        if name == "case":
            made[name] = case
        elif parameter.default is parameter.empty:
            if kind.startswith("<class 'int'"):
                made[name] = 0
            elif "Mapping" in kind:
                made[name] = {}
            elif "Sequence" in kind:
                made[name] = []
            elif "date" in kind:
                made[name] = None
            else:
                made[name] = b"" if "bytes" in kind else ""
    return made


def put(desk: Desk, state: str) -> None:
    """The case into a state, behind the acts."""
    with desk.office.write() as session:
        session.execute(update(Application).values(state=state).where(col(Application.id) == 1))


def refused(call: Callable[[], object]) -> str:
    """The code of a refusal; `done` where the act went through, `further` where it failed later on."""
    try:
        call()
    except Refused as fault:
        return fault.code
    except Exception:
        return "further"
    return "done"


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_only_the_roles_of_the_table_can_do_an_act(walk: Desk, name: str) -> None:
    does = FUNCTIONS[name]
    for role in ROLES:
        code = refused(lambda role=role: carry_out(walk.office, f"{role}_a", name, lambda turn: None))  # type: ignore[misc]
        assert (code == "refused.not_allowed") == (role not in ACTS[name].roles), (name, role, code)
    outsider = (
        next(role for role in ROLES if role not in ACTS[name].roles)
        if len(ACTS[name].roles) < len(ROLES)
        else None
    )
    if outsider is not None:
        code = refused(lambda: does(walk.office, f"{outsider}_b", **arguments(does, "SL2026000001")))
        assert code == "refused.not_allowed"


@pytest.mark.parametrize(
    "name", sorted(name for name, line in ACTS.items() if line.states and name in FUNCTIONS)
)
def test_an_act_on_a_case_asks_its_state(walk: Desk, name: str, tmp_path: Path) -> None:
    does = FUNCTIONS[name]
    if "case" not in inspect.signature(does).parameters:
        pytest.skip("finds its cases by itself; see its own tests")
    person = f"{ACTS[name].roles[0]}_a"
    for state in APPLICATION:
        if state in ACTS[name].states:
            continue
        put(walk, state)
        code = refused(lambda: does(walk.office, person, **arguments(does, "SL2026000001")))
        assert code == "refused.state", (name, state, code)
    for state in ACTS[name].states:
        put(walk, state)
        code = refused(lambda: does(walk.office, person, **arguments(does, "SL2026000001")))
        assert code not in ("refused.state", "refused.not_allowed"), (name, state, code)


def test_a_case_that_there_is_not(walk: Desk) -> None:
    for name, does in FUNCTIONS.items():
        if "case" in inspect.signature(does).parameters and ACTS[name].states:
            person = f"{ACTS[name].roles[0]}_a"
            code = refused(lambda f=does, p=person: f(walk.office, p, **arguments(f, "没有")))  # type: ignore[misc]
            assert code == "refused.no_such_case", name


def test_nobody_acts_who_is_not_known_or_is_locked(walk: Desk) -> None:
    with pytest.raises(Refused, match="no_such_person"):
        carry_out(walk.office, "nobody", "accept", lambda turn: None)
    accounts.lock_person(walk.office, "rights", "officer_b")
    with pytest.raises(Refused, match=r"refused\.locked"):
        carry_out(walk.office, "officer_b", "accept", lambda turn: None)
