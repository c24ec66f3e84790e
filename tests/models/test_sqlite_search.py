"""The file of words: made, followed, emptied, and thrown away where it is of no use."""

from pathlib import Path

import pytest

from models import sqlite_search as search
from models.sqlite_search import Marker, Unusable

MARK = Marker("uid", 7, "0" * 64)


def test_words_go_in_and_are_found(tmp_path: Path) -> None:
    office = tmp_path / "a.office"
    with search.words(office, make=True) as connection:
        assert search.marker(connection) is None
        search.begin(connection)
        search.take_in(connection, [], [(1, "智算 算力"), (2, "量子")], MARK)
        assert search.marker(connection) == MARK
        assert search.found(connection, '"智算"', 16) == f"{1:016x}"
        assert search.found(connection, '"光子"', 16) == ""
    assert search.path_beside(office).is_file()


def test_old_words_leave_no_trace(tmp_path: Path) -> None:
    with search.words(tmp_path / "a.office", make=True) as connection:
        search.begin(connection)
        search.take_in(connection, [], [(1, "智算 算力")], MARK)
        search.begin(connection)
        search.take_in(connection, [(1, "智算 算力")], [(1, "光子")], MARK)
        assert search.found(connection, '"智算"', 16) == ""
        assert search.found(connection, '"光子"', 16) == f"{1:016x}"
        search.forget(connection)
        assert search.marker(connection) is None
        assert search.found(connection, '"光子"', 16) == ""


def test_without_a_file_there_are_no_words_unless_they_are_to_be_made(tmp_path: Path) -> None:
    with pytest.raises(Unusable), search.words(tmp_path / "a.office"):
        raise AssertionError("not reached")
    assert list(tmp_path.iterdir()) == []


def test_another_form_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = tmp_path / "a.office"
    with search.words(office, make=True) as connection:
        search.begin(connection)
        search.take_in(connection, [], [(1, "智算")], MARK)
    monkeypatch.setattr(search, "FORM", 99)
    with pytest.raises(Unusable), search.words(office):
        raise AssertionError("not reached")
    with search.words(office, make=True) as connection:
        assert search.marker(connection) is None


def test_what_is_no_database_is_removed(tmp_path: Path) -> None:
    office = tmp_path / "a.office"
    search.path_beside(office).write_bytes(b"something else" * 999)
    with pytest.raises(Unusable), search.words(office, make=True):
        raise AssertionError("not reached")
    assert not search.path_beside(office).exists()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unusable), search.words(tmp_path / "nowhere" / "a.office", make=True):
        raise AssertionError("not reached")
