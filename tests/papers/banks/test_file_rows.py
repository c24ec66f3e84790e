from pathlib import Path

import openpyxl
import pytest

from papers.banks import file_rows
from papers.reading.unreadable import Unreadable


def test_a_text_with_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("查询\r\n甲|819,000.00元|\r\n乙|1,2".encode("gbk"))
    found = file_rows.read(path)
    assert found.sheets[0].lines == [(1, ["查询"]), (2, ["甲", "819,000.00元", ""]), (3, ["乙", "1,2"])]
    assert (found.open_end, found.is_text) == (True, True)


def test_a_workbook_by_its_visible_sheets(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["账号", 755900000020202])
    book.create_sheet("隐").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    (rows,) = file_rows.read(tmp_path / "a.xlsx").sheets
    assert rows.lines == [(1, ["账号", "755900000020202"])]


@pytest.mark.parametrize(
    "cell",
    ['="4000020009200111111"', "'4000020009200111111", "4000020009200111111\t", " 4000020009200111111\u200b"],
)
def test_what_protects_a_long_number_comes_off(cell: str) -> None:
    assert file_rows.bare(cell) == "4000020009200111111"


def test_a_number_that_lost_its_digits_is_seen(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([4000020009200111111, 755900000020202, "4000020009200111111"])
    book.save(tmp_path / "a.xlsx")
    ((_, cells),) = file_rows.read(tmp_path / "a.xlsx").sheets[0].lines
    assert [file_rows.is_rounded(cell) for cell in cells] == [True, False, False]
    assert file_rows.is_rounded("4.00002E+18")


def test_a_web_page_is_no_answer(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_text("<html><table></table></html>")
    with pytest.raises(Unreadable, match="html"):
        file_rows.read(tmp_path / "a.xls")
