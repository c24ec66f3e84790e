"""Rejected rows go back to whoever filled them in, and the log knows of it."""

import csv
from pathlib import Path

import openpyxl
import pytest

from casework.core.office import Office
from casework.core.refused import Refused
from casework.intake import portal_import
from casework.outgoing import rejects_export
from models import LogEntry
from papers.reading import reader
from tests.casework.desk import Desk
from tests.papers.portal_files import HEADINGS, application, code, table, workbook


def taken_in(desk: Desk, folder: Path) -> tuple[Path, portal_import.Imported]:
    bad = application(2, contract_amount="=待定", applicant="91440300MA5T000029")
    file = workbook(folder / "portal.xlsx", table(application(1), bad, application(3)))
    return file, portal_import.import_file(desk.office, "officer", file)


def test_a_workbook_goes_out_by_the_door(desk: Desk, tmp_path: Path) -> None:
    file, imported = taken_in(desk, tmp_path)
    change = rejects_export.save_workbook(desk.office, "officer", file, imported, tmp_path / "back.xlsx")
    assert change.facts["rows"] == 1
    last = desk.rows(LogEntry)[-1]
    assert (last.act, last.subject) == ("export", "rejected rows") and imported.sha256 in last.payload
    assert openpyxl.load_workbook(tmp_path / "back.xlsx").active["A1"].value == next(iter(HEADINGS.values()))
    with pytest.raises(Refused, match="not_written"):
        rejects_export.save_workbook(desk.office, "officer", file, imported, tmp_path / "no" / "back.xlsx")
    with pytest.raises(Refused, match="not_allowed"):
        rejects_export.save_workbook(desk.office, "system", file, imported, tmp_path / "no.xlsx")
    assert not (tmp_path / "no.xlsx").exists()


def test_a_demonstration_s_is_marked_and_is_read_in_again_all_the_same(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Office, "demonstration", True)
    file, imported = taken_in(desk, tmp_path)
    path = tmp_path / "back.xlsx"
    rejects_export.save_workbook(desk.office, "officer", file, imported, path)
    book = openpyxl.load_workbook(path)
    sheet, names = book.worksheets[0], list(HEADINGS)
    assert "演示" in str(sheet["A1"].value) and sheet.freeze_panes == "A3"
    sheet.cell(3, 1 + names.index("applicant")).value = code(2)
    sheet.cell(3, 1 + names.index("contract_amount")).value = "12000.50"
    book.save(path)
    (row,) = reader.portal(path).rows
    assert (row.case, row.said["contract_amount"], row.extra) == ("T0002", 1_200_050, {})


def test_a_list_says_what_is_wrong_and_runs_nothing(desk: Desk, tmp_path: Path) -> None:
    file, imported = taken_in(desk, tmp_path)
    rejects_export.save_list(desk.office, "officer", file, imported, tmp_path / "rejects.csv")
    with (tmp_path / "rejects.csv").open(encoding="utf-8-sig", newline="") as opened:
        head, row = csv.reader(opened)
    assert head[:2] == ["行", "列"] and row[0] == "3"
    assert not any(cell.startswith("=") for cell in row)
    assert desk.rows(LogEntry)[-1].act == "export"
