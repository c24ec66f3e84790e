"""The model: numbers of all rows, pages of some, old rows until the new ones are there."""

from PySide6.QtCore import Qt

from desktop.kit.jobs import Workers
from desktop.kit.language import t
from desktop.lists.model import ACCESSIBLE, ALIGNMENT, DISPLAY, RIGHT, TableModel
from desktop.lists.row_pages import KEPT, PAGE
from tests.desktop.helpers import soon
from tests.desktop.lists.conftest import Numbers, Reader

ACROSS = Qt.Orientation.Horizontal


def shown(workers: Workers, reader: Reader, query: Numbers) -> TableModel[Numbers]:
    model = TableModel(workers, reader.spec())
    model.ask(query)
    soon(workers.idle)
    return model


def test_rows_are_read_by_pages_and_only_where_someone_looks(workers: Workers, reader: Reader) -> None:
    model = shown(workers, reader, Numbers(100_000))
    assert model.rowCount() == 100_000
    assert reader.pages == []
    assert model.cell(50_000, 0).text == "row 50001"
    soon(workers.idle)
    first = 50_000 // PAGE * PAGE
    assert reader.pages[0] == list(range(first + 1, first + PAGE + 1))
    assert len(reader.pages) <= 2, "its page and the next"


def test_few_pages_are_kept(workers: Workers, reader: Reader) -> None:
    model = shown(workers, reader, Numbers(100_000))
    for row in range(0, 100_000, PAGE * 35):
        model.cell(row, 0)
        soon(workers.idle)
    assert len(model.pages._kept) <= KEPT


def test_old_rows_stay_until_the_new_ones_are_there(workers: Workers, reader: Reader) -> None:
    model = shown(workers, reader, Numbers(20))
    model.ask(Numbers(13))
    soon(lambda: len(reader.asked) == 2)
    assert model.rowCount() == 20
    assert model.cell(0, 0).text == "row 1"
    reader.go.set()
    soon(workers.idle)
    assert model.rowCount() == 13


def test_a_new_question_stops_the_one_under_way(workers: Workers, reader: Reader) -> None:
    model = shown(workers, reader, Numbers(20))
    model.ask(Numbers(13))
    soon(lambda: len(reader.asked) == 2)
    model.ask(Numbers(5))
    soon(workers.idle)
    assert reader.stopped == [Numbers(13)]
    assert model.rowCount() == 5


def test_pages_of_an_old_order_never_show_in_a_new_one(workers: Workers, reader: Reader) -> None:
    model = shown(workers, reader, Numbers(1000))
    model.cell(0, 0)
    model.sort(0, Qt.SortOrder.DescendingOrder)
    soon(workers.idle)
    assert model.query == Numbers(1000, "case_no", True)
    assert model.cell(0, 0).text == "row 1000"


def test_a_row_that_is_gone_is_empty(workers: Workers, reader: Reader) -> None:
    model = shown(workers, reader, Numbers(20))
    assert model.cell(6, 0).text == ""
    assert model.values(6) == ()
    assert model.cell(7, 0).text == "row 8"


def test_a_page_that_takes_long_leaves_the_window_alone(workers: Workers, reader: Reader) -> None:
    model = shown(workers, reader, Numbers(200))
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    reader.go.clear()
    plain = model.pages._rows

    def slow(ids):  # type: ignore[no-untyped-def]
        reader.go.wait(5)
        return plain(ids)

    model.pages._rows = slow
    assert model.cell(0, 0).text == ""
    assert model.cell(1, 0).text == "", "it is waited for once"
    reader.go.set()
    soon(workers.idle)
    assert (0, PAGE - 1) in told
    assert model.cell(0, 0).text == "row 1"


def test_what_qt_asks(workers: Workers, reader: Reader) -> None:
    model = shown(workers, reader, Numbers(20))
    index = model.index(0, 1)
    assert model.data(index, DISPLAY) == "12.34"
    assert model.data(index, ALIGNMENT) == RIGHT
    heading = t("applications.column.contract_amount")
    assert model.data(index, ACCESSIBLE) == f"{heading} 12.34"
    assert model.data(index, int(Qt.ItemDataRole.DecorationRole)) is None
    assert model.rowCount(index) == model.columnCount(index) == 0


def test_the_sorted_column_says_which_way(workers: Workers, reader: Reader) -> None:
    model = shown(workers, reader, Numbers(20, "contract_amount"))
    heading = t("applications.column.contract_amount")
    assert model.headerData(1, ACROSS, DISPLAY) == f"{heading} ↑"
    assert model.headerData(1, ACROSS, ACCESSIBLE) == heading
    assert model.headerData(0, ACROSS, DISPLAY) == t("applications.column.case_no")
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert model.headerData(1, ACROSS, DISPLAY) == f"{heading} ↓"
