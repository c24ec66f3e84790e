"""What passes the guard, and what it says of what does not (more in test_hostile)."""

from __future__ import annotations

from pathlib import Path

import pytest

from papers.reading import guard, text_encoding
from papers.reading.unreadable import Stopped, Unreadable
from tests.papers.hostile_files import CLOSED, OPENED, package
from tests.papers.portal_files import application, table, workbook


def refused(path: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        guard.check(path)
    return caught.value.code


def test_good_files_pass(tmp_path: Path) -> None:
    checked = guard.check(workbook(tmp_path / "a.xlsx", table(application())))
    assert checked.kind == "xlsx" and "xl/worksheets/sheet1.xml" in checked.parts
    for encoding, expected in (("utf-8", "utf-8-sig"), ("gb18030", "gb18030"), ("utf-16", "utf-16")):
        (tmp_path / "a.csv").write_text("申报编号,单位\r\n1,镕\r\n", encoding=encoding)
        assert guard.check(tmp_path / "a.csv") == guard.Checked("csv", expected)


def test_the_name_says_nothing_where_the_bytes_do(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.csv", table(application()))
    assert guard.check(path).kind == "xlsx"
    (tmp_path / "b.xlsx").write_text("a,b\n1,2\n")
    assert refused(tmp_path / "b.xlsx") == "no_table"
    (tmp_path / "c.csv").write_bytes(b"%PDF-1.7 \n1,2")
    assert refused(tmp_path / "c.csv") == "no_table"
    (tmp_path / "d.csv").write_bytes(b"a,b\n\0\0\0\n")
    assert refused(tmp_path / "d.csv") == "no_table"


def test_files_that_are_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.xlsx") == "not_found"
    assert refused(tmp_path) in ("folder", "no_access"), "some systems say no more of a folder"


def test_sizes_have_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = package(tmp_path / "a.xlsx", OPENED + " " * 5000 + CLOSED)
    monkeypatch.setattr(guard, "MOST_INFLATED", 4_000)
    assert refused(path) == "harmful"
    monkeypatch.setattr(guard, "MOST_BYTES", 100)
    assert refused(path) == "too_large"


def test_a_slow_look_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_SECONDS", -1.0)
    assert refused(package(tmp_path / "a.xlsx", OPENED + CLOSED)) == "harmful"


def test_text_in_no_known_encoding_and_endless_lines(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a,b\n\xff\xff\xfe,1\n")
    assert refused(tmp_path / "a.csv") == "encoding"
    (tmp_path / "b.csv").write_bytes(b"a" * (text_encoding.LONGEST_LINE + 5))
    assert refused(tmp_path / "b.csv") == "long_text"


def test_whoever_stops_it_stops_the_guard_too(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", table(application()))
    with pytest.raises(Stopped):
        guard.check(path, stopped=lambda: True)
    assert guard.check(path, stopped=lambda: False).kind == "xlsx"


def test_a_streamed_text_may_be_of_any_length(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("a,b\n" * 100)
    monkeypatch.setattr(guard, "MOST_BYTES", 100)
    assert refused(tmp_path / "a.csv") == "too_large"
    assert guard.check(tmp_path / "a.csv", streamed=True).kind == "csv"
    with pytest.raises(Unreadable):
        guard.check(workbook(tmp_path / "b.xlsx", table(application())), streamed=True)
