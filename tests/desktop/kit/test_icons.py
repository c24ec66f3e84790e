"""Icons are drawn in the theme's colour, sharp on a fine screen too."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from desktop.frame.places import PLACES
from desktop.kit.icons import FOLDER, icon


def test_every_page_of_the_rail_has_its_icon() -> None:
    assert [place.name for place in PLACES if not (FOLDER / f"{place.name}.svg").is_file()] == []


def test_an_icon_has_the_colour_it_is_asked_in(dressed: QApplication) -> None:
    image = icon("home", "#ff0000", 20).pixmap(QSize(20, 20)).toImage()
    drawn = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    strong = [colour for colour in drawn if colour.alpha() == 255]
    assert strong and set(map(QColor.name, strong)) == {"#ff0000"}
    assert icon("home", "#ff0000", 20) is icon("home", "#ff0000", 20)
