"""An office to work in: a real file, the demonstration's people, a clock that stands where it is put."""

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.core.office import Office
from casework.people import accounts
from tests.casework.desk import Clock, Desk

NOON = datetime.datetime(2026, 5, 20, 4, 0, tzinfo=datetime.UTC)


class StandingClock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime.datetime:
        return self.now


@pytest.fixture(scope="session")
def empty_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office's file with people and nothing else, made once; tests take copies."""
    path = tmp_path_factory.mktemp("office") / "empty.office"
    office = Office.create(path, name="测试", clock=StandingClock())
    accounts.found(office, accounts.DEMO_PEOPLE, "demo")
    office.close()
    return path


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def office(empty_office: Path, tmp_path: Path, clock: StandingClock) -> Iterator[Office]:
    path = tmp_path / "test.office"
    shutil.copy(empty_office, path)
    opened = Office.open(path, clock=clock)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def prepared_office(tmp_path_factory: pytest.TempPathFactory, empty_office: Path) -> Path:
    """The same with the shipped packs, one admitted provider and a round, made once; tests take copies."""
    path = tmp_path_factory.mktemp("office") / "prepared.office"
    shutil.copy(empty_office, path)
    clock = Clock()
    with Office.open(path, clock=clock).closing() as office:
        Desk.prepare(office, clock)
    return path


@pytest.fixture
def desk(prepared_office: Path, tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "desk.office"
    shutil.copy(prepared_office, path)
    clock = Clock()
    with Office.open(path, clock=clock).closing() as office:
        yield Desk(office, clock)
