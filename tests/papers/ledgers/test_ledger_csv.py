"""A ledger as CSV: shown in Chinese, and nothing in it runs."""

import csv
from datetime import date, datetime
from operator import itemgetter
from pathlib import Path

import pytest

from papers.ledgers.ledger_column import Column, Value
from papers.ledgers.ledger_csv import write_csv

COLUMNS: list[Column[tuple[Value, ...]]] = [
    Column("单位", itemgetter(0)),
    Column("金额", itemgetter(1), "money"),
    Column("时间", itemgetter(2), "moment"),
]


def test_values_are_written_by_their_kind(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows: list[tuple[Value, ...]] = [
        ("甲", -123456789, datetime(2026, 5, 6, 9, 30)),
        ("=1+1", None, date(2026, 5, 6)),
    ]
    assert write_csv(path, COLUMNS, rows) == 2
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["单位", "金额", "时间"],
            ["甲", "-1234567.89", "2026-05-06 09:30"],
            ["'=1+1", "", "2026-05-06"],
        ]


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠"])
def test_no_text_is_a_formula(tmp_path: Path, begins: str) -> None:
    column: Column[tuple[str]] = Column("said", itemgetter(0))
    write_csv(tmp_path / "list.csv", [column], [(f'{begins}HYPERLINK("http://x","y")',)])
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1][0].startswith("'")
