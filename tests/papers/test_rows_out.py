"""Rows of text go out whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from papers import rows_out

HEADINGS, ROWS = ("case", "award"), [["A", "1.00"], ["B", ""]]


def test_a_file_and_a_workbook_of_texts(tmp_path: Path) -> None:
    rows_out.write(tmp_path / "a.csv", HEADINGS, ROWS)
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "case,award\nA,1.00\nB,\n"
    rows_out.write(tmp_path / "a.xlsx", HEADINGS, ROWS)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["case", "award"], ["A", "1.00"], ["B", None],
    ]  # fmt: skip


def test_what_is_broken_off_leaves_what_was_there(tmp_path: Path) -> None:
    def broken() -> Iterator[list[str]]:
        yield ["A", "1.00"]
        raise KeyboardInterrupt

    target = tmp_path / "a.csv"
    target.write_text("before", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        rows_out.write(target, HEADINGS, broken())
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]
    assert target.read_text(encoding="utf-8") == "before"
    with pytest.raises(FileNotFoundError):
        rows_out.write(tmp_path / "nowhere" / "a.csv", HEADINGS, ROWS)
