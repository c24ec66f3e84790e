"""The page of the rules: packs in words, what the office has set, and what another rule would do."""

from desktop.desk import Desk
from desktop.pages.policies.page import PoliciesPage
from desktop.theme import Theme


def make(desk: Desk, theme: Theme) -> PoliciesPage:
    """The page."""
    return PoliciesPage(desk, theme)
