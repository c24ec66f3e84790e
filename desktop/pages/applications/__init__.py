"""The applications' page."""

from desktop.kit.desk import Desk
from desktop.kit.theme import Theme
from desktop.pages.applications.page import ApplicationsPage


def make(desk: Desk, theme: Theme) -> ApplicationsPage:
    """The page."""
    return ApplicationsPage(desk, theme)


__all__ = ["ApplicationsPage", "make"]
