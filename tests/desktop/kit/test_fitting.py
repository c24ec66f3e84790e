"""A window fits its screen: small ones, large ones, scaled ones, and one that is not there any more."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from desktop.kit.fitting import fitted, grown, resized, room_of

ROOMS = {
    "1366x768 at 150 %": QRect(8, 30, 895, 474),
    "1366x768": QRect(8, 30, 1350, 730),
    "1920x1080": QRect(8, 30, 1904, 1042),
    "the right one of two": QRect(1928, 30, 1904, 1042),
    "800x600": QRect(8, 30, 784, 562),
}


@pytest.mark.parametrize("name", ROOMS)
@pytest.mark.parametrize(
    "wanted", [QRect(0, 0, 1366, 768), QRect(3000, 2000, 1000, 500), QRect(-50, -90, 700, 400)]
)
def test_a_place_is_whole_within_every_room(name: str, wanted: QRect) -> None:
    room = ROOMS[name]
    found = fitted(wanted, room)
    assert room.contains(found)
    assert (found.width(), found.height()) == (
        min(wanted.width(), room.width()), min(wanted.height(), room.height()),
    )  # fmt: skip


def test_what_fits_stays_where_it_is() -> None:
    wanted = QRect(300, 200, 1366, 768)
    assert fitted(wanted, ROOMS["1920x1080"]) == wanted


def test_a_dialog_is_no_larger_than_its_screen(dressed: QApplication) -> None:
    dialog = QWidget()
    resized(dialog, 5_000, 400)
    assert dialog.width() == room_of(dialog).width() and dialog.height() == 400
    dialog.deleteLater()


def test_a_window_grows_with_its_words_and_not_over_the_screen(dressed: QApplication) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    label = QLabel("一句话")
    label.setWordWrap(True)
    column.addWidget(label)
    window.resize(300, 60)
    window.show()
    grown(window)
    assert window.height() == 60, "it has room"
    label.setText("很长的一句话，" * 40)
    grown(window)
    assert window.height() >= column.totalHeightForWidth(300) > 60
    label.setText("很长的一句话，" * 4000)
    grown(window)
    assert window.height() <= room_of(window).height()
    window.close()
    window.deleteLater()
