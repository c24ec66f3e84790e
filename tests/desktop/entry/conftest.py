"""The entry page over an office with the shipped packs, a register and a round."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from casework.core.office import Office
from casework.people import accounts
from desktop.frame.main_window import Frame
from desktop.kit import drafts
from desktop.kit.desk import Desk as Sitting
from desktop.kit.language import speak
from desktop.kit.theme import LIGHT
from desktop.pages.entry.page import EntryPage
from desktop.program.app import makers
from tests.casework.desk import Clock, Desk
from tests.desktop.helpers import settle


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("entry") / "prepared.office"
    clock = Clock()
    with Office.create(path, name="测试", clock=clock).closing() as office:
        accounts.found(office, accounts.DEMO_PEOPLE, "demo")
        Desk.prepare(office, clock).set_terms()
    return path


OpenEntry = Callable[[], tuple[EntryPage, Desk]]


@pytest.fixture
def open_entry(
    dressed: QApplication,
    prepared: Path,
    tmp_path: Path,
    settings: QSettings,
    bugs: list[BaseException],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[OpenEntry]:
    """A window on the entry page; opened again it is another window of the same office."""
    speak("zh")
    monkeypatch.setattr(drafts, "_data_folder", lambda: tmp_path / "drafts")
    path = tmp_path / "entry.office"
    shutil.copy(prepared, path)
    frames: list[Frame] = []

    def show() -> tuple[EntryPage, Desk]:
        clock = Clock()
        office = Office.open(path, clock=clock)
        sitting = Sitting(office, settings, bugs.append)
        sitting.sign_in("officer", frozenset(("officer",)))
        frame = Frame(sitting, LIGHT, makers(), {})
        frames.append(frame)
        frame.resize(1366, 768)
        frame.show()
        frame.go("entry")
        settle(sitting)
        page = frame.pages["entry"]
        assert isinstance(page, EntryPage)
        return page, Desk(office, clock)

    yield show
    for frame in frames:
        frame.close()
        frame.deleteLater()
        frame.desk.workers.stop()
        frame.desk.office.close()
    assert not bugs, bugs
