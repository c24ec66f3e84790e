"""What-if in the window: other figures, a file, the totals and the cases; only the log remembers it."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from sqlalchemy import select
from sqlmodel import col

from casework.rulebook.shipped_packs import POLICIES
from desktop.kit.language import t
from desktop.kit.money_field import MoneyField
from desktop.pages.policies.page import PoliciesPage
from desktop.pages.policies.trying import TryDialog
from models import LogEntry
from tests.desktop.helpers import button, press, settle, texts

Shown = Callable[..., PoliciesPage]


def dialog_of(page: PoliciesPage) -> TryDialog:
    page.do_try_pack()
    settle(page.desk)
    (dialog,) = page.findChildren(TryDialog)
    return dialog


def test_a_lower_rate_shows_every_loser_and_both_totals(page_of: Shown) -> None:
    page = page_of("officer")
    dialog = dialog_of(page)
    dialog.fields["general.rate"][1].setText("0.45")
    dialog.try_it()
    settle(page.desk)
    found = dialog.found
    assert found is not None and found.losers and not found.gainers
    assert found.now.total_fen < found.then.total_fen
    assert len(dialog.table.rows) == len(found.lines)
    assert dialog.table.rows[0][5] == found.losers[0].change_fen
    said = texts(dialog)
    assert any(t("whatif.shown") in text for text in said)
    with page.desk.office.read() as session:
        newest = select(col(LogEntry.act)).order_by(col(LogEntry.seq).desc()).limit(1)
        assert session.execute(newest).scalar_one() == "whatif"


def test_a_figure_that_can_not_be_is_refused_beside_the_form(page_of: Shown) -> None:
    page = page_of("officer")
    dialog = dialog_of(page)
    dialog.fields["general.rate"][1].setText("一半")
    dialog.try_it()
    settle(page.desk)
    assert dialog.found is None and dialog.fault.text() and dialog.yes.isEnabled()


def test_a_file_is_tried_and_what_is_shown_is_exported(page_of: Shown, tmp_path: Path) -> None:
    page = page_of("officer")
    dialog = dialog_of(page)
    dialog.take(POLICIES / "henan" / "compute-voucher-2025.toml")
    settle(page.desk)
    assert dialog.found is not None and dialog.found.draft == "henan-compute-voucher@2025"
    dialog.try_it(tmp_path / "out.xlsx")
    settle(page.desk)
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert "试算" in cells[0]


def test_a_case_is_opened_from_its_line(page_of: Shown) -> None:
    page = page_of("officer")
    opened: list[str] = []
    page.opened.connect(opened.append)
    dialog = dialog_of(page)
    dialog.try_it()
    settle(page.desk)
    case = str(dialog.table.rows[0][0])
    dialog.table.opened.emit(0)
    assert opened == [case]


def test_an_amount_of_the_pack_is_typed_as_everywhere_and_old_figures_are_told_as_old(page_of: Shown) -> None:
    page = page_of("officer")
    dialog = dialog_of(page)
    figure, field = dialog.fields["budget.amount"]
    assert isinstance(field, MoneyField) and figure.value
    dialog.try_it()
    settle(page.desk)
    assert dialog.table.isEnabled() and dialog.out.isEnabled()
    field.setText("200万+3000")
    assert not dialog.table.isEnabled() and not dialog.out.isEnabled()
    assert dialog.standing.text() == t("policies.not_current")
    assert dialog._wanted() == {"budget.amount": "2003000.00"}
    dialog.try_it()
    settle(page.desk)
    assert dialog.found is not None and dialog.found.now.total_fen <= 200_300_000
    assert dialog.table.isEnabled() and dialog.standing.isHidden()
    field.setText("两百万")
    dialog.try_it()
    assert dialog.fault.text() and not dialog.table.isEnabled() and dialog.yes.isEnabled()


def test_months_to_move_are_typed_and_what_is_none_is_refused(page_of: Shown) -> None:
    dialog = dialog_of(page_of("officer"))
    assert not dialog.standing.isHidden() and dialog.standing.text() == t("policies.try_first")
    for typed, fault in (("", ""), ("-3", ""), ("121", "121"), ("-", "-")):
        dialog.months.setText(typed)
        dialog.fault.setText("")
        dialog.try_it()
        settle(dialog.desk)
        assert bool(dialog.fault.text()) == bool(fault) and fault in dialog.fault.text()


def test_enter_in_a_figure_tries_it_and_the_button_closes(page_of: Shown) -> None:
    page = page_of("officer")
    dialog = dialog_of(page)
    field = dialog.fields["general.rate"][1]
    field.setText("45%")
    field.setFocus()
    press(field, Qt.Key.Key_Return)
    settle(page.desk)
    assert dialog.isVisible() and dialog.found is not None and dialog.found.losers
    button(dialog, t("policies.check.close")).click()
    assert not dialog.isVisible()
