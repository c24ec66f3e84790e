"""The reader as others use it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from papers.reading import reader
from tests.papers.odd_files import hide, portal
from tests.papers.portal_files import application, table, workbook


def many(path: Path, rows: int = 2500) -> Path:
    return workbook(path / "a.xlsx", table(*(application(number) for number in range(1, rows + 1))))


def test_progress_is_told_and_may_stop(tmp_path: Path, started: list[subprocess.Popen[bytes]]) -> None:
    told: list[tuple[int, int]] = []
    path = many(tmp_path)
    assert len(reader.portal(path, progress=lambda done, of: told.append((done, of))).rows) == 2500
    assert told == [(0, 2501), (1000, 2501), (2000, 2501), (2500, 2501)]
    with pytest.raises(reader.Stopped):
        reader.portal(path, progress=lambda done, of: done < 1000)
    assert started and all(child.poll() is not None for child in started), "a reading process was left behind"


def test_batches_can_be_left_early(tmp_path: Path, started: list[subprocess.Popen[bytes]]) -> None:
    batches = reader.portal_batches(many(tmp_path))
    assert next(batches)[1] == []
    assert len(next(batches)[1]) == 1000
    batches.close()
    assert started and all(child.poll() is not None for child in started), "a reading process was left behind"


def test_tables_of_any_kind(tmp_path: Path) -> None:
    (found,) = reader.tables(workbook(tmp_path / "a.xlsx", [["case", "contract_amount"], ["A", 1.5]]))
    assert found == reader.Table("Sheet1", [(1, ["case", "contract_amount"]), (2, ["A", "1.5"])])
    (tmp_path / "a.csv").write_text("case;x\nA;1\n", encoding="gb18030")
    assert reader.tables(tmp_path / "a.csv")[0].lines == [(1, ["case", "x"]), (2, ["A", "1"])]


def test_paths_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many(tmp_path, 3)
    monkeypatch.chdir(tmp_path)
    assert reader.portal(Path("a.xlsx")).count == 3


def test_rows_that_a_filter_hides_are_read_and_told(tmp_path: Path) -> None:
    file = reader.portal(hide(portal(tmp_path / "a.xlsx", rows=3), 3))
    assert [row.row for row in file.rows] == [2, 3, 4] and file.sheets[0].hidden == {3}
