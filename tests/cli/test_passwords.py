"""A password comes from the environment, or is typed at a terminal without echo; nowhere else."""

import sys

import pytest

from cli import passwords
from cli.face import Face
from cli.trouble import Trouble

FACE = Face("", "wu", as_json=False, lang="en", debug=False)


def test_it_is_asked_for_only_where_someone_sits(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return "typed unseen"

    monkeypatch.setattr("getpass.getpass", typed)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    with pytest.raises(Trouble, match=r"cli\.password\.none"):
        passwords.said(FACE, passwords.OWN, "cli.password.own", user="wu")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    assert passwords.said(FACE, passwords.OWN, "cli.password.own", user="wu") == "typed unseen"
    assert asked == ["Password of wu: "]
    monkeypatch.setenv("VOUCHER_DESK_PASSWORD", "from outside")
    assert passwords.said(FACE, passwords.OWN, "cli.password.own", user="wu") == "from outside"
    assert len(asked) == 1


def test_without_any_input_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(Trouble, match=r"cli\.password\.none"):
        passwords.said(FACE, passwords.NEW, "cli.password.new")


def test_a_new_one_is_typed_twice_and_one_s_own_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one typing that nobody sees, the first keeper of an office could be locked out of it for good."""
    typed = ["blue tin gate 42", "blue tin gaet 42", "blue tin gate 42", "blue tin gate 42", "own"]
    asked: list[str] = []

    def type_next(prompt: str) -> str:
        asked.append(prompt)
        return typed[len(asked) - 1]

    monkeypatch.setattr("getpass.getpass", type_next)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    face = Face("", "wu", as_json=False, lang="en", debug=False)
    with pytest.raises(Trouble, match=r"cli\.password\.differ"):
        passwords.said(face, f"{passwords.NEW}_SYSTEM", "cli.password.new")
    assert passwords.said(face, f"{passwords.NEW}_SYSTEM", "cli.password.new") == "blue tin gate 42"
    for _ in range(2):
        assert passwords.said(face, passwords.OWN, "cli.password.own", user="wu") == "own"
    assert len(asked) == 5
