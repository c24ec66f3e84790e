"""A case on one page."""

from desktop.kit.desk import Desk
from desktop.kit.theme import Theme
from desktop.pages.case.page import CasePage


def make(desk: Desk, theme: Theme) -> CasePage:
    """The page."""
    return CasePage(desk, theme)
