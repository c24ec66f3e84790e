"""Pages are given in full, with each value as stored and as shown."""

from array import array

from PySide6.QtCore import QObject

from desktop.kit.jobs import Workers
from desktop.lists.row_pages import PAGE, RowPages
from tests.desktop.helpers import soon
from tests.desktop.lists.conftest import Reader


def test_a_row_is_its_values_and_their_words(workers: Workers, reader: Reader) -> None:
    spec, came = reader.spec(), []
    owner = QObject()
    pages = RowPages(workers, owner, spec.columns, spec.rows, lambda first, last: came.append((first, last)))
    pages.start_anew(array("q", range(1, 100)))
    row = pages.row(2)
    assert row is not None
    values, shown = row
    assert values[1] == 3 * 1234
    assert [each.text for each in shown] == ["row 3", "37.02", "odd", "914403001234567803", ""]
    assert shown[2].meaning == "done"
    soon(workers.idle)
    assert came[0] == (0, PAGE - 1)


def test_pages_read_for_an_old_order_are_dropped(workers: Workers, reader: Reader) -> None:
    spec = reader.spec()
    owner = QObject()
    pages = RowPages(workers, owner, spec.columns, spec.rows, lambda first, last: None)
    pages.start_anew(array("q", range(1, 100)))
    old = pages._kept
    pages.row(0)
    pages.start_anew(array("q", range(100, 0, -1)))
    soon(workers.idle)
    assert pages._kept is not old
    row = pages.row(0)
    assert row is not None and row[1][0].text == "row 100"
