"""``import``: a portal's file tried or stored, its rejected rows listed, 1 where there are any."""

import csv
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

import words
from casework.core.office import Office
from casework.core.refused import Refused
from casework.outgoing import rejects_export
from models import Application
from tests.commandline import Desk
from tests.papers.portal_files import HEADINGS, application, table, workbook

BAD = application(2, contract_amount="八百万")


def cases(office: Path) -> list[str]:
    """The cases that came by a file."""
    with Office.open(office).closing() as opened, opened.read() as session:
        wanted = select(col(Application.case_no)).where(col(Application.case_no).like("T%"))
        return sorted(session.execute(wanted).scalars())


def takes(office: Path, file: Path, *more: object) -> tuple[object, ...]:
    """The words of an import by the officer."""
    return ("--office", office, "--user", "officer", "import", file, *more)


def test_a_file_without_fault_is_stored(desk: Desk, office: Path, tmp_path: Path) -> None:
    file = workbook(tmp_path / "portal.xlsx", table(application(1), application(2)))
    answer = desk("--json", *takes(office, file))
    found = answer.json
    assert (answer.status, found["rows"], found["accepted"], found["rejected"]) == (0, 2, 2, [])
    assert cases(office) == ["T0001", "T0002"]
    again = desk("--json", *takes(office, file))
    assert (again.status, again.json["accepted"], again.json["unchanged"]) == (0, 0, 2)


def test_trying_stores_nothing_and_says_so(desk: Desk, office: Path, tmp_path: Path) -> None:
    file = workbook(tmp_path / "portal.xlsx", table(application(1)))
    answer = desk("--lang", "en", *takes(office, file, "--dry-run"))
    said = {"rows": 1, "accepted": 1, "unchanged": 0, "rejected": 0, "findings": 1}
    assert (answer.status, answer.out) == (0, words.say("cli.import.tried", "en", **said) + "\n")
    assert cases(office) == []


def test_a_rejected_row_ends_with_1_and_the_others_are_taken(
    desk: Desk, office: Path, tmp_path: Path
) -> None:
    file = workbook(tmp_path / "portal.xlsx", table(application(1), BAD))
    rejects = tmp_path / "rejects.csv"
    answer = desk("--lang", "en", *takes(office, file, "--rejects", rejects))
    assert (answer.status, cases(office)) == (1, ["T0001"])
    said = {"rows": 2, "accepted": 1, "unchanged": 0, "rejected": 1, "findings": 1}
    assert answer.out.splitlines()[-1] == words.say("cli.import.done", "en", **said)
    with rejects.open(encoding="utf-8-sig", newline="") as lines:
        listed = [row for row in csv.reader(lines) if row and row[0] == "3"]
    assert [(row[1], row[2]) for row in listed] == [("合同金额（元）", "八百万")]
    again = desk("--json", *takes(office, file)).json
    assert (again["unchanged"], len(again["rejected"])) == (1, 1)
    assert desk(*takes(office, file)).status == 0, "the very file was taken in before, and said so then"


def test_rejects_that_can_not_be_written_are_told_before_anything_is_stored(
    desk: Desk, office: Path, tmp_path: Path
) -> None:
    file = workbook(tmp_path / "portal.xlsx", table(application(1), BAD))
    answer = desk("--json", *takes(office, file, "--rejects", tmp_path / "nowhere" / "rejects.csv"))
    assert (answer.status, answer.json["error"], cases(office)) == (2, "refused.not_written", [])


def test_rejects_do_not_take_the_place_of_the_file_that_is_read(
    desk: Desk, office: Path, tmp_path: Path
) -> None:
    file = workbook(tmp_path / "portal.xlsx", table(application(1), BAD))
    before = file.read_bytes()
    answer = desk("--json", *takes(office, file, "--rejects", tmp_path / "." / "portal.xlsx"))
    assert (answer.status, answer.json["error"]) == (2, "refused.not_written")
    assert words.say("calculate.same_file", "zh", file="portal.xlsx") in answer.json["say"]
    assert file.read_bytes() == before and cases(office) == []


def test_rejects_that_fail_at_last_are_told_beside_what_is_stored(
    desk: Desk, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> None:
        full = Refused("cli.disk_full", file="rejects.csv")
        raise Refused("refused.not_written", file="rejects.csv", each=(full,))

    monkeypatch.setattr(rejects_export, "save_list", full)
    file = workbook(tmp_path / "portal.xlsx", table(application(1), BAD))
    answer = desk("--json", *takes(office, file, "--rejects", tmp_path / "rejects.csv"))
    assert (answer.status, cases(office)) == (1, ["T0001"])
    assert len(answer.json["rejected"]) == 1 and "rejects.csv" in answer.json["rejects_not_saved"]
    assert "rejects.csv" in desk(*takes(office, file, "--rejects", tmp_path / "rejects.csv")).out


def test_all_or_nothing_stores_nothing_where_a_row_is_rejected(
    desk: Desk, office: Path, tmp_path: Path
) -> None:
    file = workbook(tmp_path / "portal.xlsx", table(application(1), BAD))
    answer = desk("--lang", "en", *takes(office, file, "--all-or-nothing"))
    assert (answer.status, cases(office)) == (1, [])
    assert answer.out.splitlines()[-1].startswith("Nothing was stored.")


def test_a_heading_is_taught_by_a_map(desk: Desk, office: Path, tmp_path: Path) -> None:
    headings = {**HEADINGS, "contract_amount": "价码"}
    file = workbook(tmp_path / "portal.xlsx", table(application(1), headings=headings))
    column_map = tmp_path / "map.toml"
    column_map.write_text('"价码" = "contract_amount"\n', encoding="utf-8-sig")
    assert desk(*takes(office, file)).status == 2
    assert desk(*takes(office, file, "--map", column_map)).status == 0
    assert cases(office) == ["T0001"]


@pytest.mark.parametrize(
    "text", ['"价码" = \n', '"价码" = 3\n', b"\xff\xfe", "x." * 20 + "x = 1", "x = " + "[" * 2_000]
)
def test_a_map_that_is_none_is_refused_before_the_office_is_opened(
    desk: Desk, tmp_path: Path, text: str | bytes
) -> None:
    column_map = tmp_path / "map.toml"
    column_map.write_bytes(text if isinstance(text, bytes) else text.encode())
    answer = desk("--json", *takes(tmp_path / "none", tmp_path / "none.xlsx", "--map", column_map))
    assert (answer.status, answer.json["error"]) == (2, "cli.import.bad_map")
    assert "map.toml" in answer.err
    where = answer.err.partition("（")[2].partition("）")[0]
    assert where in ("第 1 行", "UTF-8", '"表头" = "填报项"', 'heading = "field"'), (
        "and not in a reader's English"
    )


def test_nobody_imports_without_a_name(
    desk: Desk, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VOUCHER_DESK_USER")
    answer = desk("--json", "--office", office, "import", tmp_path / "portal.xlsx")
    assert (answer.status, answer.json["error"]) == (2, "cli.no_user")
