"""The page of rounds: opened, decided as a whole, published, and their vouchers and letters issued."""

from desktop.kit.desk import Desk
from desktop.kit.theme import Theme
from desktop.pages.rounds.page import RoundsPage


def make(desk: Desk, theme: Theme) -> RoundsPage:
    """The page."""
    return RoundsPage(desk, theme)
