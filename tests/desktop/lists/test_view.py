"""The view: keys, a selection by number that outlives sorting, and what is drawn."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from desktop.kit.jobs import Workers
from desktop.kit.theme import DARK, LIGHT, ROW
from desktop.lists.delegate import TableDelegate
from desktop.lists.model import TableModel
from desktop.lists.view import TableView
from tests.desktop.helpers import press, soon
from tests.desktop.lists.conftest import Numbers, Reader

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(workers: Workers, reader: Reader, settings: QSettings) -> Iterator[TableView[Numbers]]:
    model = TableModel(workers, reader.spec())
    view = TableView(model, LIGHT, settings)
    view.resize(700, 400)
    view.show()
    model.ask(Numbers(1000))
    soon(lambda: workers.idle() and model.rowCount() == 1000)
    yield view
    view.deleteLater()


def test_rows_have_one_height(view: TableView[Numbers]) -> None:
    assert view.rowHeight(0) == view.rowHeight(999) == ROW


def test_enter_and_double_click_open_the_row(view: TableView[Numbers]) -> None:
    opened: list[int] = []
    view.opened.connect(opened.append)
    view.selectRow(4)
    press(view, Qt.Key.Key_Return)
    press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_Enter)
    at = view.visualRect(view.list.index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened == [5, 6, 2]


def test_home_and_end_go_to_the_first_and_last_row(view: TableView[Numbers]) -> None:
    press(view, Qt.Key.Key_End)
    assert view.current_id() == 1000
    press(view, Qt.Key.Key_Home)
    assert view.current_id() == 1
    assert list(view.picked_ids()) == [1]


def test_everything_can_be_selected(view: TableView[Numbers]) -> None:
    press(view, Qt.Key.Key_A, CONTROL)
    assert view.picked_count() == 1000
    assert list(view.picked_ids()) == list(range(1, 1001))


def test_a_selection_is_by_number_and_outlives_sorting(view: TableView[Numbers], workers: Workers) -> None:
    view.pick([10, 11, 20], current=11)
    assert list(view.picked_ids()) == [10, 11, 20]
    view.sort_by(1)
    soon(lambda: workers.idle() and view.list.ids[0] == 1000)
    assert list(view.picked_ids()) == [20, 11, 10]
    assert view.current_id() == 11


def test_what_is_no_longer_listed_is_no_longer_selected(view: TableView[Numbers], workers: Workers) -> None:
    view.pick([10, 500])
    view.list.ask(Numbers(100))
    soon(lambda: workers.idle() and view.list.rowCount() == 100)
    assert list(view.picked_ids()) == [10]
    view.list.ask(Numbers(5))
    soon(lambda: workers.idle() and view.list.rowCount() == 5)
    assert view.picked_count() == 0


def test_a_heading_sorts_and_turns_round(view: TableView[Numbers], workers: Workers) -> None:
    view.sort_by(1)
    assert view.list.query == Numbers(1000, "contract_amount", True)
    view.sort_by(1)
    assert view.list.query == Numbers(1000, "contract_amount", False)
    view.sort_by(0)
    assert view.list.query == Numbers(1000, "case_no", False)
    soon(workers.idle)


def test_typing_does_not_walk_through_the_list(view: TableView[Numbers], reader: Reader) -> None:
    before = len(reader.pages)
    view.keyboardSearch("row 9")
    assert len(reader.pages) == before


def test_selected_rows_stand_out_and_chips_have_their_colour(
    view: TableView[Numbers], workers: Workers
) -> None:
    view.selectRow(0)
    soon(workers.idle)
    picture = view.grab().toImage()
    assert LIGHT.selection in _colours(picture)
    assert LIGHT.done in _colours(picture)
    view.setItemDelegate(TableDelegate(view.list, DARK, view.font()))
    assert DARK.selection in _colours(view.grab().toImage())


def _colours(picture: QImage) -> set[str]:
    width, height = picture.width(), picture.height()
    return {picture.pixelColor(x, y).name() for x in range(0, width, 1) for y in range(30, min(height, 120))}
