"""The page of rounds: opened, decided as a whole, published, and their vouchers and letters issued."""

from desktop.desk import Desk
from desktop.pages.rounds.page import RoundsPage
from desktop.theme import Theme


def make(desk: Desk, theme: Theme) -> RoundsPage:
    """The page."""
    return RoundsPage(desk, theme)
