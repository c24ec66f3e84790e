"""A window on a case that the tests of casework's desk have led to some state."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication

from casework.core.office import Office
from casework.people import accounts
from desktop.frame.main_window import Frame
from desktop.kit import drafts
from desktop.kit.desk import Desk as Sitting
from desktop.kit.language import speak
from desktop.kit.theme import LIGHT
from desktop.pages.case.page import CasePage
from desktop.program.app import makers
from tests.casework.desk import Clock, Desk
from tests.desktop.helpers import settle


class Opened(NamedTuple):
    """The window, its case page, the desk behind it, and the case's number."""

    frame: Frame
    page: CasePage
    desk: Desk
    case: str

    def settle(self) -> None:
        """Wait until what was asked for is shown."""
        settle(self.frame.desk)

    def again(self) -> None:
        """Read the case anew."""
        self.page.refresh()
        self.settle()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with people, packs, a register and a round."""
    path = tmp_path_factory.mktemp("cases") / "prepared.office"
    clock = Clock()
    with Office.create(path, name="测试", clock=clock).closing() as office:
        accounts.found(office, accounts.DEMO_PEOPLE, "demo")
        Desk.prepare(office, clock).set_terms()
    return path


OpenCase = Callable[..., Opened]


@pytest.fixture
def open_case(
    dressed: QApplication,
    prepared: Path,
    tmp_path: Path,
    settings: QSettings,
    bugs: list[BaseException],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[OpenCase]:
    """Open the case that ``lead`` leads to, as a person."""
    monkeypatch.setattr(drafts, "_data_folder", lambda: tmp_path / "drafts")
    speak("zh")
    opened: list[Opened] = []

    def show(lead: Callable[[Desk], str], person: str = "officer") -> Opened:
        path = tmp_path / f"{len(opened)}.office"
        shutil.copy(prepared, path)
        clock = Clock()
        office = Office.open(path, clock=clock)
        desk = Desk(office, clock)
        case = lead(desk)
        sitting = Sitting(office, settings, bugs.append)
        sitting.sign_in(person, frozenset((person.rstrip("2"),)))
        frame = Frame(sitting, LIGHT, makers(), {})
        frame.resize(1366, 768)
        frame.show()
        frame.go("case", case)
        page = frame.pages["case"]
        assert isinstance(page, CasePage)
        opened.append(Opened(frame, page, desk, case))
        settle(sitting)
        return opened[-1]

    yield show
    for one in opened:
        one.frame.close()
        one.frame.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        one.frame.desk.workers.stop()
        one.desk.office.close()
    assert not bugs, bugs
