from pathlib import Path

import pytest
import xlsxwriter

from papers.reading.text_rows import is_trouble, opened
from papers.reading.unreadable import Unreadable
from tests.papers.odd_files import BOOK, behind, hide, remade
from tests.papers.portal_files import workbook


def read(path: Path) -> list[list[str]]:
    with opened(path) as cases:
        return [list(cases.headings), *cases.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_usual_encodings_are_told_apart(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('申请编号,名称\r\n1,"深圳，""某""\r\n公司"\r\n'.encode(encoding))
    assert read(path) == [["申请编号", "名称"], ["1", '深圳，"某"\r\n公司']]


def test_a_character_across_two_pieces_is_still_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("papers.reading.text_encoding.MEGABYTE", 1)
    path = tmp_path / "a.csv"
    path.write_bytes("编号\n甲".encode())
    assert read(path) == [["编号"], ["甲"]]


@pytest.mark.parametrize("end", [b"\xff", b"\x81", "甲".encode()[:1]])
def test_bytes_that_are_text_in_no_encoding_are_refused(tmp_path: Path, end: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("编号,名称\n1,甲".encode("gb18030") + end)
    with pytest.raises(Unreadable):
        read(path)


@pytest.mark.parametrize("mark", ["\t", ";", "|", ","])
def test_the_mark_is_the_one_of_the_headings(tmp_path: Path, mark: str) -> None:
    other = ";" if mark == "," else ","
    path = tmp_path / "a.txt"
    path.write_text(
        f"case{mark}applied_at{mark}note\n1{mark}2026-05-10{mark}{other * 20}\n", encoding="utf-16"
    )
    assert read(path) == [["case", "applied_at", "note"], ["1", "2026-05-10", other * 20]]


def test_titles_and_notes_above_the_headings_are_no_rows(tmp_path: Path) -> None:
    headings = "case,applied_at,applicant,founded_on,contract_amount"
    lines = f"2026年测算\n金额单位：万元\n\n{headings}\nC1,2026-05-10,x,,5\n"
    (tmp_path / "a.csv").write_text(lines, encoding="utf-8")
    with opened(tmp_path / "a.csv") as cases:
        assert cases.headings == ("case", "applied_at", "applicant", "founded_on", "contract_amount")
        assert list(cases.rows) == [["C1", "2026-05-10", "x", "", "5"]]
        assert cases.noted_unit_fen == 1_000_000


def test_a_workbook_goes_the_same_way(tmp_path: Path) -> None:
    lines: list[list[object]] = [
        ["说明"],
        ["申报", "", "合同", ""],
        ["申报编号", "申报时间", "合同编号", "金额（万元）"],
        ["1", "2026-05-10", "x", 5],
    ]
    path = hide(workbook(tmp_path / "a.xlsx", [["封面"]], lines), 9)
    with opened(path) as cases:
        assert cases.headings == ("申报编号", "申报时间", "合同编号", "金额（万元）")
        assert list(cases.rows) == [["1", "2026-05-10", "x", "5"]] and cases.troubled
        amount = cases.columns[-1]
    assert (amount.field, amount.unit_fen) == ("contract_amount", 1_000_000)


def test_a_group_that_only_names_the_unit_gives_it_to_its_columns(tmp_path: Path) -> None:
    lines: list[list[object]] = [
        ["申报", "", "", "金额（万元）", "其他"],
        ["申报编号", "申报时间", "合同编号", "合同金额", "备注"],
        ["1", "2026-05-10", "x", 5, "y"],
    ]
    with opened(workbook(tmp_path / "a.xlsx", lines)) as cases:
        assert [column.unit_fen for column in cases.columns] == [0, 0, 0, 1_000_000, 0]


def test_headings_over_merged_cells_are_those_of_a_portal_s_file(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    page = book.add_worksheet()
    for column, heading in enumerate(("申报编号", "申报时间", "合同编号", "合同金额（元）")):
        page.merge_range(0, column, 2, column, heading)
    page.merge_range(0, 4, 1, 5, "同一合同已获其他财政资金（元）")
    page.write_row(2, 4, ("其中：市级", "其中：区级", "备注"))
    page.write_row(3, 0, ("1", "2026-05-10", "x", 5, 1, 2))
    page.merge_range(4, 2, 5, 2, "y")
    page.write_row(4, 0, ("2", "2026-05-11"))
    page.write_row(5, 0, ("3", "2026-05-12"))
    book.close()
    with opened(tmp_path / "a.xlsx") as cases:
        rows = list(cases.rows)
        fields = [column.field for column in cases.columns]
    assert [row[:4] for row in rows] == [
        ["1", "2026-05-10", "x", "5"],
        ["2", "2026-05-11", "y", ""],
        ["3", "2026-05-12", "#merged", ""],
    ]
    assert cases.headings[:6] == (
        "申报编号", "申报时间", "合同编号", "合同金额（元）", "其中：市级", "其中：区级",
    )  # fmt: skip
    assert fields[3:6] == ["contract_amount", "other_city", "other_district"]


def test_a_hidden_sheet_is_named_where_nothing_else_is_there(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [], [["case", "applied_at"], ["1", "2026-05-10"]], hidden=(1,))
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert (caught.value.code, caught.value.params) == ("headings_hidden", {"sheets": ["Sheet2"]})
    remade(path, change={BOOK: lambda text: text.replace('state="hidden"', "")})
    assert len(read(path)) == 2, "what the sentence advises"


def test_a_workbook_behind_an_empty_line_is_one(tmp_path: Path) -> None:
    path = behind(workbook(tmp_path / "a.csv", [["case"], ["1"]]), b"\r\n")
    assert read(path) == [["case"], ["1"]]


def test_an_error_of_a_spreadsheet_is_no_text() -> None:
    for text in ("#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#SPILL!", "#GETTING_DATA", "#formula", "#merged"):
        assert is_trouble(text)
    for text in ("", "#", "#1", "A#N/A", "#号楼", "# N/A", "N/A", "#标签!"):
        assert not is_trouble(text)


def test_progress_ends_within_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,2\n" * 10_000, encoding="utf-8")
    seen: list[tuple[int, int]] = []
    with opened(path, lambda done, total: seen.append((done, total))) as cases:
        assert sum(1 for _ in cases.rows) == 10_000
    assert len(seen) > 3
    assert all(0 <= done <= total == path.stat().st_size for done, total in seen)


def test_sheets_that_call_one_thing_otherwise_cant_be_joined(tmp_path: Path) -> None:
    headings = ["申报编号", "申报时间", "统一社会信用代码", "成立日期", "合同金额"]
    other = [*headings[:-1], "合同金额（万元）"]
    row = ["1", "2026-05-10", "A", "2020-01-01", 5]
    with pytest.raises(Unreadable) as caught:
        read(workbook(tmp_path / "a.xlsx", [headings, row], [other, row]))
    assert (caught.value.code, caught.value.params) == (
        "sheets_differ",
        {"first": "Sheet1", "second": "Sheet2"},
    )
    assert "Sheet2" in caught.value.say()


def test_what_only_a_later_sheet_has_stands_behind(tmp_path: Path) -> None:
    headings = ["申报编号", "申报时间", "统一社会信用代码", "成立日期", "合同金额"]
    row = ["1", "2026-05-10", "A", "2020-01-01", "5"]
    path = workbook(tmp_path / "a.xlsx", [headings, [*row, "多"]], [["备注", *headings], ["x", *row]])
    assert read(path) == [[*headings, "备注"], [*row, "", "多"], [*row, "x"]]
