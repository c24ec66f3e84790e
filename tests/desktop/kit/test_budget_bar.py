"""The year's budget as a bar: each part as wide as its share."""

from PySide6.QtWidgets import QApplication

from desktop.kit.budget_bar import BudgetBar
from desktop.kit.theme import LIGHT


def test_each_part_has_its_share_and_the_rest_is_left(dressed: QApplication) -> None:
    bar = BudgetBar(LIGHT)
    bar.resize(100, 8)
    bar.show_figures(100_00, 20_00, 30_00, 10_00)
    image = bar.grab().toImage()
    wide = image.width() / 100
    colours = [image.pixelColor(int(at * wide), 4).name() for at in (10, 35, 55, 80)]
    assert colours == [LIGHT.done, LIGHT.accent, LIGHT.look, LIGHT.line]
    assert "40.00" in bar.toolTip() and bar.accessibleName() == bar.toolTip()


def test_a_budget_of_nothing_is_an_empty_bar(dressed: QApplication) -> None:
    bar = BudgetBar(LIGHT)
    bar.show_figures(0, 0, 0, 0)
    image = bar.grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 2).name() == LIGHT.line
