"""Entry of a new application by keyboard, with its award before it is stored."""

from desktop.desk import Desk
from desktop.pages.entry.page import EntryPage
from desktop.theme import Theme


def make(desk: Desk, theme: Theme) -> EntryPage:
    """The page."""
    return EntryPage(desk, theme)
