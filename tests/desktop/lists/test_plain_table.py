"""A list over rows at hand is sorted, copied and summed like any other."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from shiboken6 import delete

from desktop.kit.desk import Desk
from desktop.kit.theme import LIGHT
from desktop.lists.plain_table import PlainTable
from desktop.pages.import_.preview_pane import ACCEPTED
from tests.desktop.helpers import settle

ROWS = [
    (3, "T0003", "丙公司", 300, 1),
    (1, "T0001", "甲公司", None, 2),
    (2, "T0002", "乙公司", 100, 1),
]


def made(desk: Desk) -> PlainTable:
    table = PlainTable(
        desk, LIGHT, "import.accepted", ACCEPTED, told=lambda rows: f"{sum(row[3] or 0 for row in rows)} fen"
    )
    table.resize(800, 300)
    table.show()
    table.put(ROWS)
    settle(desk)
    return table


def test_rows_stand_as_given_until_someone_sorts(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of()
    table = made(desk)
    assert list(table.model.ids) == [0, 1, 2]
    table.model.sort(3, Qt.SortOrder.DescendingOrder)
    settle(desk)
    assert list(table.model.ids) == [0, 2, 1], "what is not known stands last"
    table.put(ROWS[1:])
    settle(desk)
    assert list(table.model.ids) == [1, 0], "new rows come in the order chosen"
    delete(table)


def test_the_marked_rows_are_known_summed_and_copied(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of()
    table = made(desk)
    table.view.pick([0, 2])
    settle(desk)
    assert [table.rows[number][1] for number in table.view.picked_ids()] == ["T0003", "T0002"]
    assert table.rows[table.view.current_id()] == ROWS[0]
    table._sum_up()
    settle(desk)
    assert table.sums.text() == "400 fen"
    table.copy()
    settle(desk)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[1].split("\t")[1:] == ["T0003", "丙公司", "3.00", "第 1 版"]
    delete(table)
