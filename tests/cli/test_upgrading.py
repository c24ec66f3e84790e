"""`upgrade OFFICE`: what it answers, and one sentence where it can't be done."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection

import words
from models import migrate, sqlite
from tests.commandline import Desk, interrupted_after
from tests.models.later import NEXT, with_later_step

NOW = migrate.NEWEST


@pytest.fixture
def office(desk: Desk, tmp_path: Path) -> Path:
    path = tmp_path / "our.office"
    assert desk("init", path, "--demo-people").status == 0
    return path


def test_an_office_of_today_is_up_to_date(desk: Desk, office: Path) -> None:
    done = desk("--json", "upgrade", office)
    assert done.status == 0
    said = done.json
    assert 0 <= said.pop("seconds") < 60
    assert said == {"office": str(office), "from": NOW, "to": NOW, "copy": None}
    assert "up to date" in desk("--lang", "en", "upgrade", office).out


def test_an_older_office_is_brought_up_and_opens(
    desk: Desk, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_later_step(monkeypatch, tmp_path)
    refused = desk("--lang", "en", "--office", office, "verify")
    assert refused.status == 2
    assert f'voucher-desk --user NAME upgrade "{office}"' in refused.err
    done = desk("--json", "upgrade", office).json
    assert (done["from"], done["to"]) == (NOW, NEXT)
    assert Path(done["copy"]).is_file()
    assert desk("--json", "--office", office, "verify").status == 0
    again = desk("--lang", "en", "upgrade", done["copy"])
    assert (again.status, again.out.count("\n")) == (0, 2)
    assert f"{NOW} to {NEXT}" in again.out and f"{done['copy']}.before-{NEXT}" in again.out


def test_what_cannot_be_brought_up_is_said_in_one_sentence(desk: Desk, office: Path, tmp_path: Path) -> None:
    newer, other = tmp_path / "newer.office", tmp_path / "letter.docx"
    newer.write_bytes(office.read_bytes())
    with sqlite3.connect(newer) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    other.write_bytes(b"PK")
    for where, code, *options in (
        (tmp_path / "none", "office.not_found"),
        (tmp_path / "no" / "none", "office.no_folder"),
        (newer, "office.newer"),
        (other, "office.not_an_office"),
        ("mysql://a/b", "office.bad_url"),
        (office, "cli.upgrade.always_copied", "--without-copy"),
    ):
        answer = desk("--json", "upgrade", where, *options)
        assert (answer.status, answer.json["error"]) == (2, code)
        assert answer.err == answer.json["say"] + "\n"


def test_one_of_its_people_brings_it_up(
    desk: Desk, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CONTRACT: every door that opens an office signs in; where nobody can be asked, it says so."""
    with_later_step(monkeypatch, tmp_path)
    before = office.read_bytes()
    for user, password, code in (
        ("", "demo", "cli.no_user"),
        ("auditor", "", "cli.password.none"),
        ("auditor", "wrong", "refused.sign_in"),
        ("nobody", "demo", "refused.sign_in"),
    ):
        monkeypatch.setenv("VOUCHER_DESK_USER", user)
        monkeypatch.setenv("VOUCHER_DESK_PASSWORD", password)
        refused = desk("--json", "upgrade", office)
        assert (refused.status, refused.json["error"]) == (2, code)
    assert office.read_bytes() == before
    monkeypatch.setenv("VOUCHER_DESK_USER", "auditor")
    monkeypatch.setenv("VOUCHER_DESK_PASSWORD", "demo")
    done = desk("--json", "upgrade", office)
    assert done.status == 0 and "notices" not in done.json


@pytest.mark.parametrize(("kind", "name"), [(Connection, "commit"), (sqlite, "copy")])
def test_interrupted_an_office_is_told_as_brought_up_where_it_is(
    desk: Desk, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: object, name: str
) -> None:
    """An office that was brought up was said not to have been changed."""
    with_later_step(monkeypatch, tmp_path)
    with interrupted_after(kind, name):
        answer = desk("--lang", "en", "upgrade", office)
    done = name == "commit"
    code = "cli.interrupted_made" if done else "cli.interrupted"
    assert answer.err == words.say(code, "en", office=office) + "\n"
    assert answer.status == (1 if done else 2)
    again = desk("--json", "upgrade", office)
    assert (again.status, again.json["from"]) == (0, NEXT if done else NOW)
