"""All examples of a pack in the window, each decided again."""

from collections.abc import Callable

from desktop.pages.policies.examples import ExamplesDialog
from desktop.pages.policies.page import PoliciesPage
from tests.desktop.helpers import settle


def test_every_example_is_a_row(page_of: Callable[..., PoliciesPage]) -> None:
    page = page_of("auditor")
    page.show_examples()
    settle(page.desk)
    (dialog,) = page.findChildren(ExamplesDialog)
    assert len(dialog.table.rows) == len(page.examples) > 10
    assert all(row[-1] is True for row in dialog.table.rows)
