"""A window over a real office: the demonstration's, made once and copied for each test."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYSIDE6_OPTION_PYTHON_ENUM", "0x10")

import datetime
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from casework.core.office import Office
from casework.founding.demonstration import demo
from casework.people import signing_in
from desktop.frame.main_window import Frame
from desktop.kit import theme
from desktop.kit.desk import Desk
from desktop.kit.language import speak
from desktop.kit.theme import LIGHT
from tests.desktop.stages import at_stage as at_stage
from tests.desktop.stages import beside as beside
from tests.desktop.stages import founded as founded
from tests.desktop.stages import unset as unset
from tests.desktop.window_thread import watch

AFTER = datetime.datetime(2026, 7, 20, 4, 0, tzinfo=datetime.UTC)
"""A week after the demonstration's last act."""


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["voucher-desk"]


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    theme.load_fonts()
    theme.apply(qapp, LIGHT)
    return qapp


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration office with 30 cases."""
    folder = tmp_path_factory.mktemp("demonstration")
    demo(folder / "demo.office", cases=30, out=folder / "papers")
    return folder / "demo.office"


@pytest.fixture(autouse=True)
def windows_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Where the window's thread read the office or acted; every test ends by looking that it never did."""
    found = watch(monkeypatch)
    yield found
    assert not found, found[0]


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def bugs() -> list[BaseException]:
    """What broke; every test ends by looking here."""
    return []


@pytest.fixture
def desk_of(
    dressed: QApplication, demonstration: Path, tmp_path: Path, settings: QSettings, bugs: list[BaseException]
) -> Iterator[Callable[..., Desk]]:
    """A desk for a person at a copy of the demonstration (or at another office)."""
    speak("zh")
    desks: list[Desk] = []
    before = set(threading.enumerate())

    def sit(person: str = "officer", path: Path | None = None) -> Desk:
        where = tmp_path / f"{len(desks)}.office"
        shutil.copy(path or demonstration, where)
        office = Office.open(where, clock=lambda: AFTER)
        desk = Desk(office, settings, bugs.append)
        desk.sign_in(person, signing_in.sign_in(office, person, "demo"))
        desks.append(desk)
        return desk

    yield sit
    for desk in desks:
        desk.workers.stop()
        desk.office.close()
    assert not bugs, bugs
    assert set(threading.enumerate()) <= before, "a thread was left behind"


@pytest.fixture
def frame_of(desk_of: Callable[..., Desk]) -> Iterator[Callable[..., Frame]]:
    """The window's frame for a person, with its pages."""
    from desktop.program.app import makers

    frames: list[Frame] = []

    def show(person: str = "officer", path: Path | None = None) -> Frame:
        frame = Frame(desk_of(person, path), LIGHT, makers(), {})
        frames.append(frame)
        frame.resize(1366, 768)
        frame.show()
        return frame

    yield show
    for frame in frames:
        frame.close()
        frame.deleteLater()
