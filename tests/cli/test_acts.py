"""``act``: any act of the office by its name, by the person who is named; ``--list`` tells them all."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import SessionTransaction
from sqlmodel import col

import words
from casework.core.act_table import ACTS
from casework.core.office import Office
from cli.told_facts import named
from models import LogEntry
from tests.commandline import Desk, interrupted_after


def test_list_names_every_act_with_who_may_do_it_when(desk: Desk) -> None:
    found = {row["name"]: row for row in desk("--json", "act", "--list").json["acts"]}
    assert found.keys() == ACTS.keys()
    for name, line in ACTS.items():
        assert (found[name]["roles"], found[name]["states"]) == (list(line.roles), list(line.states))
    assert "cases" in found["publish"]["takes"]
    shown = desk("--lang", "en", "act", "--list").out
    assert all(name in shown for name in ACTS)
    assert "cases+" in shown and "NAME=VALUE" in shown and "settings" not in shown


def test_an_act_is_done_by_the_person_of_user(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = tmp_path / "office.db"
    desk("init", office, "--demo-people")
    settings = ["--set", "name=new", "--set", "full_name=新人", "--set", "side=casework"]
    monkeypatch.setenv("VOUCHER_DESK_OFFICE", str(office))
    refused = desk("--json", "--user", "officer", "act", "add_person", *settings)
    assert (refused.status, refused.json["error"]) == (2, "refused.not_allowed")
    monkeypatch.setenv("VOUCHER_DESK_USER", "system")
    done = desk("--json", "act", "add_person", *settings, "--request", "r-1")
    assert done.status == 0
    assert done.json["act"] == "add_person"
    assert done.json["changed"] == {"person": [10]}
    again = desk("--json", "act", "add_person", *settings, "--request", "r-1")
    assert (again.status, again.json["log"]) == (0, done.json["log"]), "the same request does nothing twice"


def test_a_password_comes_from_the_environment_only(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = tmp_path / "office.db"
    desk("init", office, "--demo-people")
    reset = [
        "--office",
        office,
        "--user",
        "system",
        "--json",
        "act",
        "reset_password",
        "--set",
        "name=officer",
    ]
    for name in ("password", "new_password"):
        assert desk(*reset, "--set", f"{name}=ocean walk 17").json["error"] == "cli.act.password_said"
    refused = desk(*reset)
    assert (refused.status, refused.json["error"]) == (2, "cli.password.none")
    monkeypatch.setenv("VOUCHER_DESK_NEW_PASSWORD", "ocean walk 17")
    assert desk(*reset).status == 0


@pytest.mark.parametrize("moment", ["stored", "closing"])
def test_interrupted_after_it_was_stored_an_act_is_told_as_done(
    desk: Desk, tmp_path: Path, moment: str
) -> None:
    """It was said that nothing had been changed, under a trace of the connection that closed."""
    office = tmp_path / "office.db"
    desk("init", office, "--demo-people")
    settings = ["--set", "name=new", "--set", "full_name=新人", "--set", "side=casework"]
    asked = ("--office", office, "--user", "system", "act", "add_person", *settings)
    kind, name = (SessionTransaction, "commit") if moment == "stored" else (Engine, "dispose")
    with interrupted_after(kind, name, late=True):  # not a reading
        answer = desk("--lang", "en", *asked)
    told = {"act": named("act", "add_person", "en")}
    with Office.open(office).closing() as found, found.read() as session:
        last = session.execute(select(LogEntry).order_by(col(LogEntry.seq).desc())).scalars().first()
    assert last is not None and last.act == "add_person"
    assert answer.err.splitlines()[-1:] == [words.say("cli.interrupted_after", "en", seq=last.seq, **told)]
    assert (answer.status, "Traceback" in answer.err) == (1, False)
