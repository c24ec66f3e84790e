"""The applications page over the demonstration's office."""

from collections.abc import Callable, Iterator

import pytest

from desktop.desk import Desk
from desktop.pages.applications import ApplicationsPage
from desktop.theme import LIGHT
from tests.desktop.helpers import settle


@pytest.fixture
def page_of(desk_of: Callable[..., Desk]) -> Iterator[Callable[..., ApplicationsPage]]:
    made: list[ApplicationsPage] = []

    def show(person: str = "officer") -> ApplicationsPage:
        page = ApplicationsPage(desk_of(person), LIGHT)
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
