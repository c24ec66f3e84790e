"""The import page: a portal's file looked at, mended in place and stored at once."""

from desktop.kit.desk import Desk
from desktop.kit.theme import Theme
from desktop.pages.import_.page import ImportPage


def make(desk: Desk, theme: Theme) -> ImportPage:
    """The page."""
    return ImportPage(desk, theme)
