"""A list with its foot: counts, sums of the selection, copying, and what an empty one says."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from desktop.kit.jobs import Workers
from desktop.kit.language import t
from desktop.kit.theme import LIGHT
from desktop.lists.pane import TablePane
from tests.desktop.helpers import soon
from tests.desktop.lists.conftest import Numbers, Reader


@pytest.fixture
def pane(workers: Workers, reader: Reader, settings: QSettings) -> Iterator[TablePane[Numbers]]:
    pane: TablePane[Numbers] = TablePane(workers, reader.spec(), LIGHT, settings, QLabel("nothing here"))
    pane.resize(700, 400)
    pane.show()
    pane.ask(Numbers(1234))
    soon(lambda: workers.idle() and pane.model.rowCount() == 1234)
    yield pane
    pane.deleteLater()


def test_the_foot_counts_and_sums_up_what_is_selected(pane: TablePane[Numbers], reader: Reader) -> None:
    assert pane.foot.text() == t("table.rows", rows="1,234")
    pane.view.pick([1, 2, 3])
    assert pane.foot.text() == t("table.rows.picked", picked="3", rows="1,234")
    assert pane.sums.text() == ""
    soon(lambda: pane.sums.text() == "sum of 3")
    pane.view.clearSelection()
    assert pane.sums.text() == ""
    assert pane.foot.text() == t("table.rows", rows="1,234")


def test_a_selection_that_grows_is_summed_up_once(pane: TablePane[Numbers], reader: Reader) -> None:
    for upto in range(2, 9):
        pane.view.pick(range(1, upto))
    soon(lambda: pane.sums.text() == "sum of 7")
    assert reader.told == [7]


def test_an_empty_list_says_what_would_be_here(pane: TablePane[Numbers], workers: Workers) -> None:
    assert pane.stack.currentWidget() is pane.view
    pane.ask(Numbers(0))
    soon(lambda: workers.idle() and pane.model.rowCount() == 0)
    assert pane.stack.currentWidget() is pane.empty
    pane.ask(Numbers(3))
    soon(lambda: pane.stack.currentWidget() is pane.view)


def test_the_selected_rows_are_copied_as_they_stand(pane: TablePane[Numbers], workers: Workers) -> None:
    said: list[tuple[str, str]] = []
    pane.said.connect(lambda sentence, meaning: said.append((sentence, meaning)))
    pane.view.pick([2, 3])
    pane.copy()
    soon(lambda: workers.idle() and bool(said))
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:2] == [
        t("applications.column.case_no"),
        t("applications.column.contract_amount"),
    ]
    assert [line.split("\t")[:2] for line in lines[1:]] == [["row 2", "24.68"], ["row 3", "37.02"]]
    assert said == [(t("table.copied", rows=2), "done")]


def test_without_a_selection_everything_is_copied(pane: TablePane[Numbers], workers: Workers) -> None:
    pane.copy()
    soon(workers.idle)
    assert len(QGuiApplication.clipboard().text().splitlines()) == 1234, "one row is gone, one is the heading"
