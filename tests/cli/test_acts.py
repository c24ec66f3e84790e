from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import words
from casework.core.act_table import ACTS
from cli.act_words import arguments_of, pair
from cli.trouble import Trouble
from rules.facts import SHANGHAI
from tests.commandline import Desk


def example(
    office: object,
    by: object,
    /,
    case: str,
    amount_fen: int = 0,
    at: datetime | None = None,
    on: date | None = None,
    count: int = 0,
    sure: bool = False,
    body: bytes = b"",
    cases: Sequence[str] = (),
    defects: Sequence[tuple[str, str, str]] = (),
) -> Any:
    """An act of every type of argument."""


def with_facts(office: object, by: object, /, case: str, facts: Mapping[str, Any], reason: str) -> Any:
    """An act that takes facts."""


def test_each_word_is_read_as_the_act_declares(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    given = [
        ("case", "=1"), ("amount_fen", "1,234.50"), ("at", "2026-05-06 17:00"), ("on", "2026年5月6日"),
        ("count", "3"), ("sure", "是"), ("body", str(tmp_path / "a.pdf")), ("cases", "1"), ("cases", "2"),
        ("defects", "field:x:y: z"),
    ]  # fmt: skip
    assert arguments_of("example", example, given) == {
        "case": "=1",
        "amount_fen": 123_450,
        "at": datetime(2026, 5, 6, 17, tzinfo=SHANGHAI),
        "on": date(2026, 5, 6),
        "count": 3,
        "sure": True,
        "body": b"%PDF",
        "cases": ["1", "2"],
        "defects": [("field", "x", "y: z")],
    }


def test_facts_are_read_by_their_own_type() -> None:
    given = [
        ("case", "1"),
        ("contract_amount", "800万元"),
        ("founded_on", "2023-05-10"),
        ("own_fact", "x"),
        ("reason", "r"),
    ]
    assert arguments_of("with_facts", with_facts, given) == {
        "case": "1",
        "facts": {"contract_amount": 800_000_000, "founded_on": date(2023, 5, 10), "own_fact": "x"},
        "reason": "r",
    }


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ([], "cli.act.missing"),
        ([("case", "1"), ("nonsense", "1")], "cli.act.no_such_setting"),
        ([("case", "1"), ("case", "2")], "cli.act.twice"),
        ([("case", "1"), ("amount_fen", "1.234")], "cli.bad_value"),
        ([("case", "1"), ("on", "tomorrow")], "cli.bad_value"),
        ([("case", "1"), ("count", "1.0")], "cli.bad_value"),
        ([("case", "1"), ("sure", "perhaps")], "cli.bad_value"),
        ([("case", "1"), ("password", "secret")], "cli.act.password_said"),
    ],
)
def test_words_that_do_not_fit_are_refused(given: list[tuple[str, str]], code: str) -> None:
    with pytest.raises(Trouble) as refused:
        arguments_of("example", example, given)
    assert refused.value.code == code
    assert words.has(code)


def test_a_pair_has_a_key_and_a_value() -> None:
    assert pair("a=b=c") == ("a", "b=c")
    for text in ("a", "=b", ""):
        with pytest.raises(Trouble):
            pair(text)


def test_list_names_every_act_with_who_may_do_it_when(desk: Desk) -> None:
    found = {row["name"]: row for row in desk("--json", "act", "--list").json["acts"]}
    assert found.keys() == ACTS.keys()
    for name, line in ACTS.items():
        assert (found[name]["roles"], found[name]["states"]) == (list(line.roles), list(line.states))
    shown = desk("--lang", "en", "act", "--list").out
    assert all(name in shown for name in ACTS)


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
    assert desk(*reset, "--set", "password=long-enough").json["error"] == "cli.act.password_said"
    assert desk(*reset).json["error"] == "cli.act.no_password"
    monkeypatch.setenv("VOUCHER_DESK_PASSWORD", "long-enough")
    assert desk(*reset).status == 0
