"""A table of texts, as CSV and as a workbook: what is a text stays one."""

import csv
import io
import itertools
from pathlib import Path

import openpyxl

from papers.ledgers import text_table

ROWS = [["001", "", "=1+1"], ["甲,乙", "x", ""]]


def test_csv_is_plain(tmp_path: Path) -> None:
    text_table.write(tmp_path / "a.csv", ["一", "二", "三"], ROWS)
    assert (tmp_path / "a.csv").read_bytes().decode() == '一,二,三\n001,,=1+1\n"甲,乙",x,\n'


def test_lines_are_those_of_csv(tmp_path: Path) -> None:
    cells = ("", "甲", "a,b", ",", 'he said "x"', '"', "one\ntwo", "one\rtwo", " x ", "a;b\\", "'=1")
    rows = [[], *(list(row) for wide in (1, 2, 3) for row in itertools.product(cells, repeat=wide))]
    text_table.write(tmp_path / "a.csv", rows[0], rows[1:])
    plain = io.StringIO(newline="")
    csv.writer(plain, lineterminator="\n").writerows(rows)
    assert (tmp_path / "a.csv").read_bytes().decode() == plain.getvalue()


def test_a_workbook_holds_the_same_texts(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.XLSX"):
        text_table.write(tmp_path / name, ["一", "二", "三"], ROWS)
    page = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [[cell or "" for cell in row] for row in page.iter_rows(values_only=True)] == [
        ["一", "二", "三"],
        *ROWS,
    ]
    assert page.freeze_panes == "A2" and page["A2"].data_type == "s"
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.XLSX").read_bytes()
