"""The applications' page."""

from desktop.desk import Desk
from desktop.pages.applications.page import ApplicationsPage
from desktop.theme import Theme


def make(desk: Desk, theme: Theme) -> ApplicationsPage:
    """The page."""
    return ApplicationsPage(desk, theme)


__all__ = ["ApplicationsPage", "make"]
