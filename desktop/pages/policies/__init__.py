"""The page of the rules: packs in words, what the office has set, and what another rule would do."""

from desktop.kit.desk import Desk
from desktop.kit.theme import Theme
from desktop.pages.policies.page import PoliciesPage


def make(desk: Desk, theme: Theme) -> PoliciesPage:
    """The page."""
    return PoliciesPage(desk, theme)
