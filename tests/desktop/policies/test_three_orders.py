"""Three orders of a round, side by side, in the window."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop.kit.language import t
from desktop.pages.policies.page import PoliciesPage
from desktop.pages.policies.three_orders import OrdersDialog
from tests.desktop.helpers import button, press, settle, texts, type_text

Shown = Callable[..., PoliciesPage]


def dialog_of(page: PoliciesPage) -> OrdersDialog:
    page.do_try_orders()
    settle(page.desk)
    (dialog,) = page.findChildren(OrdersDialog)
    return dialog


def test_every_case_has_its_award_in_each_order(page_of: Shown) -> None:
    page = page_of("officer")
    dialog = dialog_of(page)
    (one,) = dialog.found
    assert len(dialog.table.rows) == len(one.lines) > 20
    assert "shenzhen" not in dialog.budget.currentText() and "训力券" in dialog.budget.currentText()
    assert any(t("whatif.shown") in text for text in texts(dialog))
    assert t("policies.own_order", order=t("scenario.first_come")) in texts(dialog)


def test_a_smaller_budget_is_shared_to_the_fen(page_of: Shown) -> None:
    page = page_of("officer")
    dialog = dialog_of(page)
    dialog.left.setText("10000000")
    dialog.look()
    settle(page.desk)
    (one,) = dialog.found
    shared = one.sides[2]
    assert one.left_fen == 1_000_000_000 == shared.total_fen + shared.held_fen
    dialog.rising.setChecked(True)
    settle(page.desk)
    assert dialog.found[0].sides[1].awarded >= one.sides[1].awarded


def test_an_amount_that_can_not_be_read_is_said(page_of: Shown) -> None:
    page = page_of("officer")
    dialog = dialog_of(page)
    dialog.left.setText("很多")
    dialog.look()
    assert "很多" in dialog.fault.text()


def test_while_the_orders_are_computed_the_old_figures_do_not_stand_as_current(page_of: Shown) -> None:
    page = page_of("officer")
    dialog = dialog_of(page)
    assert dialog.table.isEnabled() and dialog.standing.isHidden()
    dialog.left.setFocus()
    type_text(dialog.left, "2亿")
    assert not dialog.table.isEnabled() and dialog.standing.text() == t("policies.not_current")
    press(dialog.left, Qt.Key.Key_Return)
    assert not dialog.sides.isEnabled() and dialog.standing.text() == t("policies.computing")
    settle(page.desk)
    assert dialog.found[0].left_fen == 20_000_000_000
    assert dialog.table.isEnabled() and dialog.sides.isEnabled() and dialog.standing.isHidden()
    dialog.left.setText("很多")
    dialog.rising.setChecked(True)
    settle(page.desk)
    assert not dialog.table.isEnabled() and dialog.standing.text() == t("policies.not_current")


def test_enter_in_the_amount_computes_and_the_button_closes(page_of: Shown) -> None:
    page = page_of("officer")
    dialog = dialog_of(page)
    dialog.left.setFocus()
    type_text(dialog.left, "1000万")
    press(dialog.left, Qt.Key.Key_Return)
    settle(page.desk)
    assert dialog.isVisible() and dialog.found[0].left_fen == 1_000_000_000
    assert not [one.text() for one in dialog.findChildren(QPushButton) if one.isDefault()]
    button(dialog, t("policies.check.close")).click()
    assert not dialog.isVisible()
