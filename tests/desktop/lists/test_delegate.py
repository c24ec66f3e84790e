"""A cell asks its model once, and a long text ends in an ellipsis."""

from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop.kit.jobs import Workers
from desktop.kit.theme import LIGHT, ROW
from desktop.lists.delegate import TableDelegate, _eliding
from desktop.lists.model import TableModel
from desktop.lists.spec import Shown
from tests.desktop.helpers import soon
from tests.desktop.lists.conftest import Numbers, Reader


def test_a_cell_is_one_question(workers: Workers, reader: Reader) -> None:
    model = TableModel(workers, reader.spec())
    model.ask(Numbers(10))
    soon(workers.idle)
    delegate = TableDelegate(model, LIGHT, QFont())
    asked: list[tuple[int, int]] = []
    cell = model.cell

    def counted(row: int, column: int) -> Shown:
        asked.append((row, column))
        return cell(row, column)

    model.cell = counted  # type: ignore[method-assign]
    image = QImage(120, ROW, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    option = QStyleOptionViewItem()
    option.rect = image.rect()
    for column in range(3):
        delegate.paint(painter, option, model.index(0, column))
    painter.end()
    assert asked == [(0, 0), (0, 1), (0, 2)]
    assert delegate.sizeHint(option, model.index(0, 0)).height() == ROW


def test_long_text_ends_in_an_ellipsis(workers: Workers) -> None:
    elided = _eliding(QFontMetrics(QFont()))
    assert elided("深圳市量子智算科技有限公司", 60).endswith("…")
    assert elided("深圳", 200) == "深圳"


def test_a_chip_without_room_ends_in_an_ellipsis_too(workers: Workers, reader: Reader) -> None:
    delegate = TableDelegate(TableModel(workers, reader.spec()), LIGHT, QFont())
    assert delegate.chip_elided("▲ in eligibility review", 60).endswith("…")
    assert delegate.chip_elided("▲ 补正中", 200) == "▲ 补正中"
