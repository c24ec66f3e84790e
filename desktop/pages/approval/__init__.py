"""The approver's page: what waits, what it is made of, what changed, and the decision about it."""

from desktop.kit.desk import Desk
from desktop.kit.theme import Theme
from desktop.pages.approval.page import ApprovalPage


def make(desk: Desk, theme: Theme) -> ApprovalPage:
    """The page."""
    return ApprovalPage(desk, theme)
