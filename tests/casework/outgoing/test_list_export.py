"""Lists leave the office whole, as text that stays text, and the log knows of it."""

import csv
import datetime
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from casework.core.cursor_reads import connected
from casework.core.office import Office
from casework.core.refused import Refused
from casework.outgoing import list_export
from papers.ledgers.ledger_column import Column

COLUMNS: list[Column[list[Any]]] = [
    Column("单位名称", itemgetter(0)),
    Column("统一社会信用代码", itemgetter(1)),
    Column("核定额度（元）", itemgetter(2), "money", total=True),
    Column("申报时间", itemgetter(3), "moment"),
    Column("等待", itemgetter(4), "number"),
]
AT = datetime.datetime(2026, 5, 6, 9, 30)
ROWS: list[list[Any]] = [
    ["深圳智算有限公司", "914403001234567890", 123456789, AT, 3],
    ["=1+1", "-", None, None, None],
]


def left(folder: Path) -> list[str]:
    """What an export left behind, its drafts too."""
    return [each.name for each in folder.iterdir() if each.suffix in (".csv", ".xlsx")]


def test_a_workbook_keeps_long_numbers_and_amounts(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    change = list_export.export(office, "officer", path, COLUMNS, iter(ROWS), title="申请清单")
    assert change.facts["rows"] == 2
    cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows()]
    row = next(row for row in cells if row[0] == "深圳智算有限公司")
    assert row[1:] == ["914403001234567890", 1234567.89, AT, 3]
    assert ["=1+1", "-", None, None, None] in cells, "text is no formula"


def test_csv_shows_chinese_and_runs_nothing(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    list_export.export(office, "officer", path, COLUMNS, iter(ROWS), title="申请清单")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == [column.heading for column in COLUMNS]
    assert rows[1] == ["深圳智算有限公司", "914403001234567890", "1234567.89", "2026-05-06 09:30", "3"]
    assert rows[2] == ["'=1+1", "'-", "", "", ""]


def test_what_leaves_the_office_is_logged(office: Office, tmp_path: Path) -> None:
    list_export.export(office, "auditor", tmp_path / "list.csv", COLUMNS, iter(ROWS), title="申请清单")
    with connected(office) as (connection, _):
        person, act, payload = connection.execute(
            "SELECT person, act, payload FROM log_entry ORDER BY seq DESC LIMIT 1"
        ).fetchone()
    assert (person, act) == ("auditor", "export")
    assert "申请清单" in payload and '"rows":2' in payload
    assert "智算" not in payload, "what was in it stays out of the log"


def test_who_may_not_take_it_out_gets_no_file(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        list_export.export(office, "system", tmp_path / "list.csv", COLUMNS, iter(ROWS), title="申请清单")
    assert left(tmp_path) == []


def test_one_that_is_stopped_leaves_the_earlier_file(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("before")

    def rows() -> Iterator[list[Any]]:
        yield ROWS[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list_export.export(office, "officer", path, COLUMNS, rows(), title="申请清单")
    assert path.read_text() == "before"
    assert left(tmp_path) == ["list.csv"]
