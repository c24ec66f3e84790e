"""``letters`` and ``ledger``: what was issued leaves the office as files, by a person who is named."""

import hashlib
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

import words
from casework.core.office import Office
from models import Letter
from tests.commandline import Desk


def test_the_letters_leave_byte_for_byte(desk: Desk, office: Path, tmp_path: Path) -> None:
    out = tmp_path / "letters"
    found = desk("--json", "--office", office, "--user", "auditor", "letters", "-o", out).json
    file = out / "approval-2026-00001.pdf"
    assert found == {"letters": 1, "files": [str(file)]}
    with Office.open(office).closing() as opened, opened.read() as session:
        issued = {row.kind: row.content_sha256 for row in session.execute(select(Letter)).scalars()}
    assert hashlib.sha256(file.read_bytes()).hexdigest() == issued["approval"]
    said = desk("--lang", "en", "--office", office, "--user", "auditor", "letters", "-o", out).out
    assert said == words.say("cli.letters.done", "en", count=1, folder=out) + "\n"


def test_the_letters_of_one_decision(desk: Desk, office: Path, tmp_path: Path) -> None:
    asked = ("--json", "--office", office, "--user", "officer", "letters", "-o", tmp_path / "out", "--award")
    assert [desk(*asked, seq).json["letters"] for seq in (1, 2)] == [1, 0]


def test_the_vouchers_ledger_as_it_stood_on_a_day(desk: Desk, office: Path, tmp_path: Path) -> None:
    file = tmp_path / "ledger.xlsx"
    asked = ("--office", office, "--user", "finance", "ledger", "voucher", "-o", file)
    assert desk("--json", *asked, "--at", "2026-06-30").json == {
        "kind": "voucher",
        "rows": 1,
        "file": str(file),
    }
    cells = [cell for row in openpyxl.load_workbook(file).worksheets[0].values for cell in row]
    assert 4_000_000 in cells
    assert desk("--json", *asked, "--at", "2026年5月1日").json["rows"] == 0
    said = desk("--lang", "en", *asked).out
    assert said == words.say("cli.ledger.done", "en", rows=1, file=file) + "\n"


def test_what_can_not_be_had_is_refused(
    desk: Desk, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "ledger.xlsx"
    named = ("--json", "--office", office, "--user")
    assert desk(*named, "officer", "ledger", "money", "-o", file).json["error"] == "refused.ledger_kind"
    assert desk(*named, "system", "ledger", "voucher", "-o", file).json["error"] == "refused.not_allowed"
    odd_day = desk(*named, "officer", "ledger", "voucher", "-o", file, "--at", "soon")
    assert (odd_day.status, odd_day.json["error"]) == (2, "cli.bad_value")
    assert not file.exists()
    monkeypatch.delenv("VOUCHER_DESK_USER")
    assert desk("--json", "--office", office, "letters", "-o", tmp_path / "x").json["error"] == "cli.no_user"


def test_no_answer_is_written_over_an_office(desk: Desk, office: Path, tmp_path: Path) -> None:
    """The ledger once took the place of the office that it was made from, and all was said to be well."""
    before = office.read_bytes()
    cases = tmp_path / "cases.csv"
    cases.write_text("case,applied_at\n1,2026-05-10\n", encoding="utf-8")
    named = ("--json", "--office", office, "--user", "auditor")
    for asked in (
        (*named, "ledger", "voucher", "-o", office),
        (*named, "whatif", "--policy", "shenzhen-training-voucher@2026", "-o", office),
        ("--json", "calculate", cases, "-o", office),
    ):
        done = desk(*asked)
        assert done.status == 2, done
        assert words.say("cli.place_of_office", "zh", file=office.name) in done.json["say"].replace(
            str(office), office.name
        )
    assert office.read_bytes() == before
