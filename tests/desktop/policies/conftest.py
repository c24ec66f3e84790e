"""The page of the rules over the demonstration."""

from collections.abc import Callable

import pytest

from desktop.frame.main_window import Frame
from desktop.pages.policies.page import PoliciesPage
from tests.desktop.helpers import settle

TRAINING = "shenzhen-training-voucher@2026"


@pytest.fixture
def page_of(frame_of: Callable[..., Frame]) -> Callable[..., PoliciesPage]:
    """The page for a person, on the training voucher."""

    def show(person: str = "approver") -> PoliciesPage:
        frame = frame_of(person)
        frame.go("policies")
        settle(frame.desk)
        page = frame.page
        assert isinstance(page, PoliciesPage)
        page.list.setCurrentRow([one.ref for one in page.shown].index(TRAINING))
        settle(frame.desk)
        return page

    return show
