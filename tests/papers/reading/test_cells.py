"""Sheets as rows under Excel's numbers, with what a fast parser hides brought back."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from papers.reading import cells, guard
from papers.reading.portal_values import Trouble
from papers.reading.unreadable import Unreadable
from tests.papers.hostile_files import CLOSED, OPENED, package


def rows(path: Path) -> list[tuple[int, list[object]]]:
    (sheet,) = cells.sheets(path, guard.check(path))
    return [(row.number, list(row.cells)) for row in sheet.rows]


def test_rows_and_columns_begin_where_excel_begins(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", f'{OPENED}<row r="3"><c r="C3"><v>7</v></c></row>{CLOSED}')
    found = rows(path)
    assert found[-1] == (3, ["", "", 7.0]) and [number for number, _ in found] == [1, 2, 3]


def test_errors_uncalculated_formulas_and_covered_cells_are_not_empty(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    book.calc_on_load = False  # as a program that calculates leaves it
    page = book.add_worksheet()
    page.write_formula("A2", "=NA()", None, "#N/A")
    page.write_formula("B2", "=A1", None, "")
    page.write_formula("C2", "=1+1", None, 2)
    page.write_string("D2", "x")
    page.write_formula("F2", '=""', None, "")
    page.merge_range("D3:E4", "m")
    page.write_string("F4", "y")
    book.close()
    found = dict(rows(tmp_path / "a.xlsx"))
    assert found[2][:4] == [Trouble("cell_error", "#N/A"), Trouble("formula", ""), 2.0, "x"]
    merged = Trouble("merged", "")
    assert found[3][3:5] == ["m", merged] and found[4][3:6] == [merged, merged, "y"]


def test_a_formula_that_gives_no_text_is_empty(tmp_path: Path) -> None:
    cell = '<c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>1</v></c>'
    path = package(tmp_path / "a.xlsx", f'{OPENED}<row r="1">{cell}</row>{CLOSED}')
    assert rows(path) == [(1, ["", 1.0])]


def test_the_files_own_digits_of_numbers(tmp_path: Path) -> None:
    line = '<c r="A1"><v>6710895647149976123</v></c><c r="B1" s="0"><f>1+1</f><v>20260001</v></c>'
    path = package(tmp_path / "a.xlsx", f'{OPENED}<row r="1">{line}<c r="C1"><v>3</v></c></row>{CLOSED}')
    (sheet,) = cells.sheets(path, guard.check(path))
    assert sheet.stored_digits({0, 1}) == {(1, 0): "6710895647149976123", (1, 1): "20260001"}


def test_hidden_sheets_are_left_out_and_parts_are_found(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"), {"date_1904": True})
    for name, hide in (("甲", False), ("乙", True), ("丙", False)):
        page = book.add_worksheet(name)
        page.write_string(0, 0, name)
        if hide:
            page.hide()
    book.close()
    checked = guard.check(tmp_path / "a.xlsx")
    found = list(cells.sheets(tmp_path / "a.xlsx", checked))
    assert [(sheet.name, sheet.part) for sheet in found] == [
        ("甲", "xl/worksheets/sheet1.xml"),
        ("丙", "xl/worksheets/sheet3.xml"),
    ]
    assert all(sheet.since_1904 for sheet in found)


def test_a_workbook_whose_parts_are_named_from_the_root(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", f'{OPENED}<row r="1"><c r="A1"><v>1</v></c></row>{CLOSED}')
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    links = "xl/_rels/workbook.xml.rels"
    parts[links] = parts[links].replace(b'Target="worksheets', b'Target="/xl/worksheets')
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert rows(path) == [(1, [1.0])]


def test_text_tables_have_limits_too(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(",".join("x" * 800), encoding="utf-8")
    with pytest.raises(Unreadable) as caught:
        rows(path)
    assert caught.value.code == "too_wide"


def test_lines_without_a_value_below_a_text_table_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("甲,乙\n1,2\n" + ", \n" * 200_000)
    assert [row for row in rows(path) if any(map(str.strip, map(str, row[1])))] == [
        (1, ["甲", "乙"]), (2, ["1", "2"]),
    ]  # fmt: skip
    path.write_text("甲,乙\n1,2\n" + ",\n" * 200_000 + "3,\n")
    with pytest.raises(Unreadable) as refused:
        rows(path)
    assert refused.value.params["row"] == 200_003


def test_a_text_that_a_system_calls_xls_is_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_text("单位名称\t合同编号\n甲\tHT-1\n", encoding="gb18030")
    assert rows(tmp_path / "a.xls")[1] == (2, ["甲", "HT-1"])
    (tmp_path / "b.xls").write_bytes(b"\xff\x81\xff,\n")
    with pytest.raises(Unreadable, match="no_table"):
        rows(tmp_path / "b.xls")


def test_a_workbook_that_nobody_calculated_has_no_results(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    page = book.add_worksheet()
    page.write_formula("A1", "=1+1")
    page.write_formula("B1", "=1+1", None, 2)
    page.write_formula("C1", '="甲"&B1', None, "甲2")
    page.write_array_formula("A2:B2", "{=A1:B1*2}", None, 4)
    page.write_number("C2", 0)
    book.close()
    formula = Trouble("formula", "")
    assert rows(tmp_path / "a.xlsx") == [(1, [formula] * 3), (2, [formula, formula, 0.0])]


def test_a_text_keeps_a_spreadsheet_s_errors_as_errors(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b,c\n1,#N/A,#SPILL!\n2,#3,# N/A\n", encoding="utf-8")
    assert rows(tmp_path / "a.csv")[1:] == [
        (2, ["1", Trouble("cell_error", "#N/A"), Trouble("cell_error", "#SPILL!")]),
        (3, ["2", "#3", "# N/A"]),
    ]
