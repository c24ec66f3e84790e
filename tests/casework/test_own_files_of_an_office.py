"""An office, its journals, copies, search words, drafts: their owner's alone from the first byte on."""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.boards import case_search
from casework.core.office import Office, files_of
from casework.founding.new_office import found_office
from casework.founding.office_upgrade import bring_up
from tests.offices.kept import unpacked

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows leaves it to the user's profile")


@pytest.fixture(autouse=True)
def no_umask() -> Iterator[None]:
    """Nothing is taken away but by the program."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    """The files in a folder that others may do something with."""
    found = []
    for path in folder.iterdir():
        try:
            if path.stat().st_mode & 0o077:
                found.append(path.name)
        except FileNotFoundError:  # gone meanwhile
            continue
    return found


def test_a_new_office_is_never_open_to_others(tmp_path: Path) -> None:
    seen: list[str] = []
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            seen.extend(open_to_others(tmp_path))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        found_office(tmp_path / "our.office", demo_people=True)
        with Office.open(tmp_path / "our.office").closing() as office:
            assert not office.lies_open
            with office.write():  # its journals lie beside it now
                assert open_to_others(tmp_path) == []
            case_search.catch_up(office)
    finally:
        done.set()
        watcher.join()
    assert seen == [] and open_to_others(tmp_path) == []


def test_what_lay_open_is_closed_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "our.office"
    found_office(path, demo_people=True)
    copy = tmp_path / "our.office.before-0007-20260101T000000Z"
    shutil.copy(path, copy)
    others = tmp_path / "our.office.txt"
    others.touch()
    for each in (path, copy, others):
        each.chmod(0o644)
    Office.open(path, read_only=True).close()
    assert path.stat().st_mode & 0o777 == 0o644, "who only reads changes nothing"
    Office.open(path).close()
    assert open_to_others(tmp_path) == ["our.office.txt"], "what is not the office's stays as it is"
    assert copy in files_of(path) and others not in files_of(path)


def test_somebody_else_s_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found_office(tmp_path / "our.office", demo_people=True)
    (tmp_path / "our.office").chmod(0o644)
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    with Office.open(tmp_path / "our.office").closing() as office:
        assert office.lies_open


def test_the_copy_of_an_older_office_is_its_owner_s_alone(tmp_path: Path) -> None:
    path = unpacked("0007/demonstration.office.xz", tmp_path)
    path.chmod(0o644)
    done = bring_up(path)
    assert done.copy is not None and done.copy.stat().st_mode & 0o777 == 0o600
