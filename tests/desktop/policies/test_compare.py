"""Two versions of the rules side by side."""

from collections.abc import Callable

from desktop.kit.language import t
from desktop.pages.policies.compare import CompareDialog
from desktop.pages.policies.page import PoliciesPage
from tests.desktop.helpers import settle, texts


def test_only_what_differs_is_shown(page_of: Callable[..., PoliciesPage]) -> None:
    page = page_of("auditor")
    page.do_compare_packs()
    (dialog,) = page.findChildren(CompareDialog)
    assert dialog.before.currentText() == "深圳市训力券（措施本身）（2025 版）"
    assert any("500,000" in text for text in texts(dialog))
    dialog.before.setCurrentText(dialog.after.currentText())
    settle(page.desk)
    assert t("policies.no_difference") in texts(dialog)
