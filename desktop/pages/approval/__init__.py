"""The approver's page: what waits, what it is made of, what changed, and the decision about it."""

from desktop.desk import Desk
from desktop.pages.approval.page import ApprovalPage
from desktop.theme import Theme


def make(desk: Desk, theme: Theme) -> ApprovalPage:
    """The page."""
    return ApprovalPage(desk, theme)
