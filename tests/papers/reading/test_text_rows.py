from pathlib import Path

import pytest

from papers.reading.text_rows import is_trouble, opened
from papers.reading.unreadable import Unreadable
from tests.papers.odd_files import hide
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
