"""Offices for tests of the window: one just founded, and the demonstration's round at a stage of its way."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QDialog
from sqlalchemy import select

from casework.core.office import SHANGHAI, Office
from casework.founding.demonstration import Story, workbook
from casework.founding.made_up_office import NAME, Clock, entropy
from casework.people import accounts, signing_in
from desktop.frame.main_window import Frame
from desktop.kit.desk import Desk
from desktop.kit.theme import LIGHT
from tests.casework.desk import Clock as StandingClock
from tests.casework.desk import Desk as CaseDesk

STAGES = ("found", "take_in", "check", "decide", "publish")
CASES, SEED = 30, 7


@pytest.fixture(scope="session")
def at_stage(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The demonstration's round, taken as far as a stage; made once each."""
    folder = tmp_path_factory.mktemp("stages")

    def made(stage: str) -> Path:
        path = folder / f"{stage}.office"
        if not path.exists():
            clock = Clock(datetime.datetime(2026, 4, 20, 9, tzinfo=SHANGHAI))
            office = Office.create(path, name=NAME, seed=str(SEED), clock=clock, entropy=entropy(str(SEED)))
            with office.closing():
                story = Story(office, clock, lambda name, done, of: None)
                for name in STAGES[: STAGES.index(stage) + 1]:
                    if name == "take_in":
                        story.take_in(workbook(CASES, SEED), None, SEED)
                    else:
                        getattr(story, name)()
        return path

    return made


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with people and packs and nothing else: no round, no term set."""
    from casework.rulebook import packs

    path = tmp_path_factory.mktemp("founded") / "founded.office"
    with Office.create(path, name="测试", clock=StandingClock()).closing() as office:
        accounts.found(office, accounts.DEMO_PEOPLE, "demo")
        packs.put_in_force(office)
    return path


@pytest.fixture(scope="session")
def unset(tmp_path_factory: pytest.TempPathFactory, founded: Path) -> Path:
    """The same with a round and one award that waits to be published, and no term set."""
    import shutil

    path = tmp_path_factory.mktemp("unset") / "unset.office"
    shutil.copy(founded, path)
    clock = StandingClock()
    with Office.open(path, clock=clock).closing() as office:
        desk = CaseDesk.prepare(office, clock)
        desk.decide(desk.submit())
    return path


@pytest.fixture
def beside(
    settings: QSettings, bugs: list[BaseException], dressed: QApplication
) -> Iterator[Callable[[Frame, str], Frame]]:
    """A window of another person at the very same office."""
    from desktop.program.app import makers

    made: list[Frame] = []

    def sit(first: Frame, person: str) -> Frame:
        desk = Desk(first.desk.office, settings, bugs.append)
        desk.sign_in(person, signing_in.sign_in(desk.office, person, "demo"))
        frame = Frame(desk, LIGHT, makers(), {})
        frame.resize(1366, 768)
        frame.show()
        made.append(frame)
        return frame

    yield sit
    for frame in made:
        frame.desk.workers.stop()
        frame.close()
        frame.deleteLater()


def dialog(parent: Frame) -> QDialog:
    """The dialog that is open over a window."""
    found = [one for one in parent.findChildren(QDialog) if one.isVisible()]
    assert len(found) == 1, [type(one).__name__ for one in found]
    return found[0]


def standing_at(frame: Frame, year: int, month: int, day: int) -> None:
    """It is ten in the morning of a day."""
    at = datetime.datetime(year, month, day, 10, tzinfo=SHANGHAI)
    frame.desk.office.clock = lambda: at


def rows(frame: Frame, model: type[Any]) -> list[Any]:
    """What is stored of a kind."""
    with frame.desk.office.read() as session:
        return list(session.execute(select(model)).scalars())
