"""Columns are chosen, moved and widened once, and stay so."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QHeaderView

from desktop.kit.jobs import Workers
from desktop.kit.language import t
from desktop.kit.theme import LIGHT
from desktop.lists.column_layout import ColumnLayout, ColumnsMenu
from desktop.lists.model import TableModel
from desktop.lists.view import TableView
from tests.desktop.helpers import press
from tests.desktop.lists.conftest import Numbers, Reader


@pytest.fixture
def make(workers: Workers, reader: Reader, settings: QSettings) -> Iterator[object]:
    made: list[TableView[Numbers]] = []

    def one() -> TableView[Numbers]:
        view = TableView(TableModel(workers, reader.spec()), LIGHT, settings)
        view.resize(900, 300)
        made.append(view)
        return view

    yield one
    for view in made:
        view.deleteLater()


def names(view: TableView[Numbers]) -> list[str]:
    return [view.list.spec.columns[section].name for section in view.shown_columns()]


def test_a_list_begins_as_it_says(make) -> None:  # type: ignore[no-untyped-def]
    view = make()
    assert names(view) == ["case_no", "contract_amount", "state", "reasons"]
    assert view.columnWidth(0) == 100


def test_what_was_chosen_is_there_again(make) -> None:  # type: ignore[no-untyped-def]
    view = make()
    header = view.horizontalHeader()
    view.layout_kept.show_column(3, True)
    view.layout_kept.show_column(1, False)
    header.moveSection(header.visualIndex(2), 0)
    header.resizeSection(2, 133)
    view.layout_kept.keep()
    again = make()
    assert names(again) == ["state", "case_no", "applicant_code", "reasons"]
    assert again.columnWidth(2) == 133
    again.layout_kept.as_first()
    assert names(again) == ["case_no", "contract_amount", "state", "reasons"]
    assert names(make()) == ["case_no", "contract_amount", "state", "reasons"]


def test_a_hidden_column_comes_back_as_wide_as_it_was(make) -> None:  # type: ignore[no-untyped-def]
    view = make()
    view.horizontalHeader().resizeSection(1, 177)
    view.layout_kept.keep()
    view.layout_kept.show_column(1, False)
    again = make()
    again.layout_kept.show_column(1, True)
    assert again.columnWidth(1) == 177


def test_the_last_column_stays(make) -> None:  # type: ignore[no-untyped-def]
    view = make()
    for section in range(5):
        view.layout_kept.show_column(section, False)
    assert len(names(view)) == 1


def test_settings_that_cannot_be_read_are_no_harm(make, settings: QSettings) -> None:  # type: ignore[no-untyped-def]
    for kept in ("{", "[1]", '{"case_no": 5}', '{"nobody": [100, true]}'):
        settings.setValue("table/applications", kept)
        assert "reasons" in names(make())


def test_the_menu_ticks_columns_and_stays(make) -> None:  # type: ignore[no-untyped-def]
    view = make()
    menu = ColumnsMenu(view.layout_kept, view)
    menu.popup(view.mapToGlobal(view.rect().center()))
    actions = {action.text(): action for action in menu.actions()}
    code = actions[t("applications.column.applicant_code")]
    assert not code.isChecked()
    menu.setActiveAction(code)
    press(menu, Qt.Key.Key_Space)
    assert code.isChecked() and menu.isVisible()
    assert "applicant_code" in names(view)
    actions[t("table.columns.as_first")].trigger()
    assert "applicant_code" not in names(view)
    menu.close()
    assert isinstance(view.layout_kept, ColumnLayout) and isinstance(view.horizontalHeader(), QHeaderView)
