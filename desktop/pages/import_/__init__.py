"""The import page: a portal's file looked at, mended in place and stored at once."""

from desktop.desk import Desk
from desktop.pages.import_.page import ImportPage
from desktop.theme import Theme


def make(desk: Desk, theme: Theme) -> ImportPage:
    """The page."""
    return ImportPage(desk, theme)
