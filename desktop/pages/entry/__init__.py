"""Entry of a new application by keyboard, with its award before it is stored."""

from desktop.kit.desk import Desk
from desktop.kit.theme import Theme
from desktop.pages.entry.page import EntryPage


def make(desk: Desk, theme: Theme) -> EntryPage:
    """The page."""
    return EntryPage(desk, theme)
