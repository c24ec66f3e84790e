"""A case on one page."""

from desktop.desk import Desk
from desktop.pages.case.page import CasePage
from desktop.theme import Theme


def make(desk: Desk, theme: Theme) -> CasePage:
    """The page."""
    return CasePage(desk, theme)
