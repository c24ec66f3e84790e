"""``--set KEY=VALUE``: each word is read as the act declares it, or refused; a password is never said."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import words
from casework.core import stored_files
from cli import act_words
from cli.act_words import arguments_of, pair, passwords_of, read
from cli.trouble import Trouble, tell
from rules.facts import SHANGHAI
from rules.money import SignedFen


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
        ("case", "=1"), ("amount", "1,234.50"), ("at", "2026-05-06 17:00"), ("on", "2026年5月6日"),
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


@pytest.mark.parametrize("given", [[("case", "1"), ("reason", "r")], [("case", "1"), ("facts", "x")]])
def test_facts_are_given_by_their_names_and_not_by_the_word_for_all(given: list[tuple[str, str]]) -> None:
    """One was told that facts are missing, and then that there is no fact called facts."""
    with pytest.raises(Trouble, match=r"cli\.act\.by_name"):
        arguments_of("with_facts", with_facts, given)


def test_facts_are_left_to_the_act_that_knows_them() -> None:
    given = [
        ("case", "1"),
        ("contract_amount", "800万元"),
        ("founded_on", "2023-05-10"),
        ("own_fact", "x"),
        ("reason", "r"),
    ]
    assert arguments_of("with_facts", with_facts, given) == {
        "case": "1",
        "facts": {"contract_amount": "800万元", "founded_on": "2023-05-10", "own_fact": "x"},
        "reason": "r",
    }


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ([], "cli.act.missing"),
        ([("case", "1"), ("nonsense", "1")], "cli.act.no_such_setting"),
        ([("case", "1"), ("case", "2")], "cli.act.twice"),
        ([("case", "1"), ("amount", "1.234")], "cli.act.no_amount"),
        ([("case", "1"), ("amount", "-1")], "cli.act.no_amount"),
        ([("case", "1"), ("amount_fen", "1.23")], "cli.act.in_yuan"),
        ([("case", "1"), ("on", "tomorrow")], "cli.act.no_date"),
        ([("case", "1"), ("count", "1.0")], "cli.act.no_number"),
        ([("case", "1"), ("count", "1" + "0" * 30)], "cli.act.no_number"),
        ([("case", "1"), ("at", "noon")], "cli.act.no_moment"),
        ([("case", "1"), ("sure", "perhaps")], "cli.act.no_yes_no"),
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


@pytest.mark.parametrize(("said", "meant"), [("yes", True), ("No", False), ("是", True), ("否", False)])
def test_yes_and_no_are_said_in_both_languages(said: str, meant: bool) -> None:
    assert read("sure", said, (bool,)) is meant


def test_money_is_given_in_yuan_to_the_fen() -> None:
    assert read("amount_fen", "0.01", (int,)) == 1
    with pytest.raises(Trouble) as refused:
        read("amount_fen", "0.005", (int,))
    assert refused.value.params == {"option": "--set amount", "value": "0.005"}


def with_sign(office: object, by: object, /, amount_fen: SignedFen) -> Any:
    """An act in which a sign has a meaning."""


@pytest.mark.parametrize(
    ("said", "fen"),
    [
        ("-2970000.00", -297_000_000),
        ("－１，０００．５", -100_050),
        ("\N{MINUS SIGN}50万元", -50_000_000),
        ("+0.01", 1),
        ("2970000.00", 297_000_000),
    ],
)
def test_a_sign_is_read_where_it_has_a_meaning(said: str, fen: int) -> None:
    assert arguments_of("with_sign", with_sign, [("amount", said)]) == {"amount_fen": fen}


@pytest.mark.parametrize("said", ["--1", "-", "-+1", "1-", "- -1"])
def test_a_sign_stands_once_before_an_amount(said: str) -> None:
    with pytest.raises(Trouble, match=r"cli\.act\.no_signed_amount"):
        arguments_of("with_sign", with_sign, [("amount", said)])


def test_a_name_in_fen_is_refused_and_the_right_one_named() -> None:
    for act, given in ((with_sign, "amount_fen"), (with_facts, "contract_amount_fen")):
        with pytest.raises(Trouble) as refused:
            arguments_of("example", act, [(given, "1000")])
        assert refused.value.params["right"] == given.removesuffix("_fen")
        assert given.removesuffix("_fen") + "=" in words.say(refused.value.code, "zh", **refused.value.params)


def with_password(office: object, by: object, /, name: str, password: str) -> Any:
    """An act that takes a password."""


def test_a_password_is_none_of_the_words() -> None:
    given = [("name", "wu")]
    assert arguments_of("with_password", with_password, given) == {"name": "wu"}
    assert passwords_of(with_password) == ("password",) and passwords_of(example) == ()
    with pytest.raises(Trouble, match=r"cli\.act\.password_said"):
        arguments_of("with_password", with_password, [*given, ("password", "said")])


def test_a_file_is_read_to_what_an_act_takes_and_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(act_words, "MOST_BYTES", 1_000)
    (tmp_path / "large.pdf").write_bytes(b"x" * 1_001)
    with pytest.raises(OSError) as caught:
        act_words.read("body", str(tmp_path / "large.pdf"), (bytes,))
    assert tell(caught.value, "en").code == "cli.file_too_large"


def test_the_largest_file_is_that_of_the_office() -> None:
    assert act_words.MOST_BYTES == stored_files.MOST_BYTES
