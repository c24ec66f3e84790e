"""The office and the person of a run: the ones that are named, signed in; no office is left open behind."""

from pathlib import Path

import pytest

from casework.core.refused import Refused
from cli import offices
from cli.face import Face
from cli.trouble import Trouble
from models.faults import OfficeFault
from tests import other_hand
from tests.commandline import Desk


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOUCHER_DESK_PASSWORD", "demo")


def face(office: object = "", user: str = "officer") -> Face:
    return Face(str(office), user, as_json=False, lang="en", debug=False)


def test_the_office_that_is_named_is_opened_and_closed(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with offices.open_office(face(office)) as opened:
        assert (opened.store.path, opened.row.name) == (office, "测试")
        closed: list[bool] = []
        monkeypatch.setattr(opened, "close", lambda: closed.append(True))
    assert closed == [True]


def test_it_is_closed_too_where_the_work_breaks(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[bool] = []
    with pytest.raises(ZeroDivisionError), offices.open_office(face(office)) as opened:
        monkeypatch.setattr(opened, "close", lambda: closed.append(True))
        raise ZeroDivisionError
    assert closed == [True]


def test_where_none_is_named_it_is_the_users_own(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offices, "default_office", lambda: str(office))
    with offices.open_office(face()) as opened:
        assert opened.store.path == office


def test_where_the_user_has_none_it_says_that_none_was_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offices, "default_office", lambda: str(tmp_path / "none" / "office.sqlite"))
    with pytest.raises(Trouble, match=r"cli\.no_office"), offices.open_office(face()):
        pass


def test_an_office_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with (
        pytest.raises(OfficeFault, match=r"office\.not_found"),
        offices.open_office(face(tmp_path / "none.office")),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


def test_nobody_acts_without_a_name(office: Path) -> None:
    with pytest.raises(Trouble, match=r"cli\.no_user"), offices.open_office(face(office, "")):
        pass
    with offices.open_office(face(office)) as opened:
        assert offices.person(face(user="officer"), opened) == "officer"


def test_nobody_comes_in_with_a_wrong_password_or_none(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOUCHER_DESK_PASSWORD", "wrong")
    with pytest.raises(Refused, match=r"refused\.sign_in"), offices.open_office(face(office)):
        pass
    monkeypatch.delenv("VOUCHER_DESK_PASSWORD")
    with pytest.raises(Trouble, match=r"cli\.password\.none"), offices.open_office(face(office)):
        pass


def test_what_a_role_is_not_shown_is_not_opened_for_it(office: Path) -> None:
    with offices.open_office(face(office, "system"), "verify"):
        pass
    with (
        pytest.raises(Refused, match=r"refused\.may_not_look"),
        offices.open_office(face(office, "system"), "policies"),
    ):
        pass


@pytest.mark.parametrize(
    ("table", "column", "value", "asked"),
    [
        ("budget", "reserved_fen", "much", ("scenario",)),
        ("application", "version", "9" * 40, ("cases",)),
        ("voucher", "used_fen", None, ("ledger", "voucher", "-o", "ledger.xlsx")),
        ("voucher", "state", "2026-13-45", ("ledger", "voucher", "-o", "ledger.xlsx")),
        ("letter", "number", None, ("letters", "-o", "letters")),
        ("policy", "pack_id", -1, ("replay",)),
        ("office_setting", "key", "none of ours", ("settings",)),
    ],
)
def test_a_value_that_no_act_stored_is_told_as_that(
    desk: Desk,
    office: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    table: str,
    column: str,
    value: object,
    asked: tuple[str, ...],
) -> None:
    """Whichever line comes upon it: it is no bug of the program's."""
    other_hand.put_of_another_kind(office, table, column, value)
    monkeypatch.chdir(tmp_path)
    done = desk("--json", "--office", office, "--user", "auditor", *asked)
    assert (done.status, done.json["error"]) == (2, "office.bad_value"), done
    checked = desk("--json", "--office", office, "--user", "auditor", "verify")
    assert checked.status == 1 and "rows" in {
        each["name"] for each in checked.json["checks"] if not each["ok"]
    }
