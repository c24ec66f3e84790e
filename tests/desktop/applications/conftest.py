"""The applications page over the demonstration's office."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casework.core.office import Office
from casework.people import accounts
from desktop.kit.desk import Desk
from desktop.kit.theme import LIGHT
from desktop.pages.applications import ApplicationsPage
from tests.desktop.helpers import settle


@pytest.fixture
def empty_file(tmp_path: Path) -> Path:
    """An office with people and nothing else."""
    path = tmp_path / "empty.office"
    office = Office.create(path)
    accounts.found(office, accounts.DEMO_PEOPLE, "demo")
    office.close()
    return path


@pytest.fixture
def page_of(desk_of: Callable[..., Desk]) -> Iterator[Callable[..., ApplicationsPage]]:
    made: list[ApplicationsPage] = []

    def show(person: str = "officer", path: Path | None = None) -> ApplicationsPage:
        page = ApplicationsPage(desk_of(person, path), LIGHT)
        made.append(page)
        page.resize(1250, 660)
        page.show()
        page.come()
        settle(page.desk)
        return page

    yield show
    for page in made:
        page.close()
        page.deleteLater()
