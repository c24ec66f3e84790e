"""Rejected rows go out as a workbook, are mended there and come back in."""

from pathlib import Path

import openpyxl

from papers.ledgers import rejected_rows
from papers.reading import reader
from tests.papers.portal_files import HEADINGS, application, code, table, workbook


def written(folder: Path) -> tuple[Path, int]:
    bad = application(2, contract_amount="待定", applicant="91440300MA5T000029")
    lines = [["2026年第一批申报表"], *table(application(1), bad, application(3))]
    path = workbook(folder / "portal.xlsx", lines)
    read = reader.portal(path)
    heads = {sheet.name: sheet.heading_row for sheet in read.sheets}
    return folder / "back.xlsx", rejected_rows.write(path, folder / "back.xlsx", read.rejects, heads)


def test_the_rows_go_with_their_reasons_and_marks(tmp_path: Path) -> None:
    path, count = written(tmp_path)
    assert count == 1
    sheet = openpyxl.load_workbook(path).worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert lines[0][0] == "2026年第一批申报表"
    assert lines[1] == [*HEADINGS.values(), "退回原因"]
    names = list(HEADINGS)
    row = dict(zip(names, lines[2], strict=False))
    assert (row["case"], row["account"], row["founded_on"]) == (
        "T0002", "6599188127527645161", "2024-01-13",
    )  # fmt: skip
    reasons = str(lines[2][-1]).splitlines()
    assert len(reasons) == 2 and all("第 4 行" in reason for reason in reasons)
    marked = [
        names[at]
        for at, cell in enumerate(list(sheet.iter_rows())[2][:-1])
        if cell.fill.fgColor.rgb != "00000000"
    ]
    assert marked == ["applicant", "contract_amount"]


def test_a_mended_file_comes_back_in(tmp_path: Path) -> None:
    path, _ = written(tmp_path)
    book = openpyxl.load_workbook(path)
    names = list(HEADINGS)
    sheet = book.worksheets[0]
    sheet.cell(3, 1 + names.index("applicant")).value = code(2)
    sheet.cell(3, 1 + names.index("contract_amount")).value = "12000.50"
    book.save(path)
    (row,) = reader.portal(path).rows
    assert (row.case, row.said["contract_amount"], row.extra) == ("T0002", 1_200_050, {})
