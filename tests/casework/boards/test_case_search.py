"""Searching: with the words beside the office, without them, and while they are behind."""

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casework.boards import case_search
from casework.core.cursor_reads import Stop, Stopped
from casework.core.office import Office
from casework.review import checking
from models import sqlite, sqlite_search
from tests.casework.listed import enter

Found = Callable[[str], set[int]]


@pytest.fixture
def three(office: Office) -> Office:
    enter(office, "深圳量子智算科技有限公司", "YS2026000001")
    enter(office, "深圳睿灵智能有限公司", "YS2026000002")
    enter(office, "湾畔大学", "YS2026000003")
    return office


def found(office: Office, typed: str) -> set[int]:
    answer = case_search.matches(office, typed)
    assert answer is not None
    return set(answer)


def test_two_characters_find_every_name_that_holds_them(three: Office) -> None:
    assert case_search.catch_up(three) == 3
    assert found(three, "智算") == {1}
    assert found(three, "深圳") == {1, 2}
    assert found(three, "量子智算") == {1}
    assert found(three, "子量") == set()
    assert found(three, "学") == {3}


def test_initials_numbers_and_codes_find_too(three: Office) -> None:
    case_search.catch_up(three)
    assert found(three, "lzzs") == {1}
    assert found(three, "szlzzskj") == {1}
    assert found(three, "WPDX") == {3}
    assert found(three, "2026000002") == {2}
    assert found(three, "2 深圳 rl") == {2}
    assert case_search.matches(three, "  ") is None


def test_what_the_words_lack_is_looked_through(three: Office) -> None:
    assert case_search.behind(three) == 3
    assert found(three, "智算") == {1}
    case_search.catch_up(three)
    enter(three, "梧岭智算有限公司", "YS2026000004")
    assert case_search.behind(three) == 1
    assert found(three, "智算") == {1, 4}
    assert case_search.catch_up(three) == 1
    assert found(three, "wlzs") == {4}


def test_a_new_version_is_found_by_its_new_words_only(three: Office) -> None:
    case_search.catch_up(three)
    checking.verify_facts(
        three, "officer", "YS2026000001", {"applicant_name": "深圳光子科技有限公司"}, "更名"
    )
    case_search.catch_up(three)
    assert found(three, "光子") == {1}
    assert found(three, "量子") == set()
    assert found(three, "深圳") == {1, 2}


def test_two_versions_within_one_slice(three: Office) -> None:
    checking.verify_facts(
        three, "officer", "YS2026000001", {"applicant_name": "深圳光子科技有限公司"}, "更名"
    )
    checking.verify_facts(
        three, "officer", "YS2026000001", {"applicant_name": "深圳中子科技有限公司"}, "更名"
    )
    case_search.catch_up(three)
    assert (found(three, "中子"), found(three, "光子"), found(three, "量子")) == ({1}, set(), set())


def test_words_of_another_day_are_made_anew(three: Office, tmp_path: Path) -> None:
    assert three.store.path is not None
    earlier = tmp_path / "earlier"
    with contextlib.closing(sqlite.driver().connect(str(three.store.path), isolation_level=None)) as other:
        sqlite.copy(other, earlier)
    case_search.catch_up(three)
    enter(three, "梧岭智算有限公司", "YS2026000004")
    case_search.catch_up(three)
    restored = Office.open(earlier, clock=three.clock)
    shutil.copy(sqlite_search.path_beside(three.store.path), sqlite_search.path_beside(earlier))
    enter(restored, "鹏湾光子有限公司", "YS2026000005")
    assert case_search.behind(restored) == 4
    assert found(restored, "光子") == {4}
    case_search.catch_up(restored)
    assert found(restored, "智算") == {1}
    restored.close()


def test_a_damaged_file_is_thrown_away(three: Office) -> None:
    assert three.store.path is not None
    case_search.catch_up(three)
    sqlite_search.path_beside(three.store.path).write_bytes(b"no database" * 1000)
    assert found(three, "智算") == {1}
    assert case_search.catch_up(three) == 3
    assert found(three, "lzzs") == {1}


def test_finding_stops_when_asked(three: Office) -> None:
    stop = Stop()
    stop.stop()
    with pytest.raises(Stopped):
        case_search.matches(three, "智算", stop)


def test_catching_up_stops_between_slices(three: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_search, "SLICE", 1)

    def tick(done: int, of: int) -> None:
        assert of == 3
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        case_search.catch_up(three, tick)
    assert case_search.behind(three) == 1


def test_a_folder_that_cannot_be_written_does_without_words(
    three: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_search, "path_beside", lambda office: office / "nowhere" / "words")
    assert case_search.catch_up(three) == 0
    assert found(three, "智算") == {1}
    assert found(three, "ys2026000002") == {2}


@pytest.mark.parametrize("indexed", [True, False])
def test_a_number_is_found_with_any_of_its_zeros(office: Office, indexed: bool) -> None:
    enter(office, "湾畔大学", "YS2026000109")
    enter(office, "深圳睿灵智能有限公司", "000209")
    if indexed:
        case_search.catch_up(office)
    for typed in ("109", "0109", "00109", "000109", "2026000109"):
        assert found(office, typed) == {1}, typed
    for typed in ("209", "0209", "000209"):
        assert found(office, typed) == {2}, typed


def test_who_is_called_is_found_by_name_and_number_and_no_words_of_it_are_kept(office: Office) -> None:
    enter(office, "湾畔大学", "YS2026000001", contact="欧阳询", phone="0755-8123 4567")
    enter(office, "深圳睿灵智能有限公司", "YS2026000002", contact="颜真", phone="13800138000")
    case_search.catch_up(office)
    assert found(office, "欧阳") == {1}
    assert found(office, "81234567") == {1}
    assert found(office, "0138000") == {2}
    assert found(office, "颜真 138001") == {2}
    assert found(office, "颜真 8123") == set()
    assert office.store.path is not None
    beside = sqlite_search.path_beside(office.store.path).read_bytes()
    assert b"81234567" not in beside and "欧阳".encode() not in beside
