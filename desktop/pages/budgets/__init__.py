"""The page of the budgets: ceilings, allotments and what waits for the second person of finance."""

from desktop.kit.desk import Desk
from desktop.kit.theme import Theme
from desktop.pages.budgets.page import BudgetsPage


def make(desk: Desk, theme: Theme) -> BudgetsPage:
    """The page."""
    return BudgetsPage(desk, theme)
