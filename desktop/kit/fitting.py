"""Windows and dialogs that fit the screen they are on, whatever its size and scale: in pixels at 100 %, as Qt
counts them, a screen of 1366×768 at 150 % has 911×512."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStyle, QWidget

SIDES = 8
"""What a window manager may draw on each side of a window."""


def room_of(widget: QWidget) -> QRect:
    """Where on its screen a window's own contents may stand: without bars of the system and its own title."""
    screen = widget.screen() or QGuiApplication.primaryScreen()
    title = widget.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    return screen.availableGeometry().adjusted(SIDES, title, -SIDES, -SIDES)


def centred(room: QRect, width: int, height: int) -> QRect:
    """A first window's place: of a usual size, in the middle of the room."""
    place = QRect(QPoint(), QSize(width, height).boundedTo(room.size()))
    place.moveCenter(room.center())
    return place


def fitted(wanted: QRect, room: QRect) -> QRect:
    """The place wanted, made as small and moved as little as it takes to be whole within the room."""
    size = wanted.size().boundedTo(room.size())
    left = min(max(wanted.left(), room.left()), room.right() + 1 - size.width())
    top = min(max(wanted.top(), room.top()), room.bottom() + 1 - size.height())
    return QRect(left, top, size.width(), size.height())


def resized(widget: QWidget, width: int, height: int) -> None:
    """Give a dialog this size, or what of it the screen has."""
    widget.resize(QSize(width, height).boundedTo(room_of(widget).size()))


def grown(widget: QWidget) -> None:
    """Make a window as high as the words in it need at its width, or what of it the screen has."""
    layout = widget.layout()
    if layout is None:
        return
    layout.activate()
    needs = (
        layout.totalHeightForWidth(widget.width())
        if layout.hasHeightForWidth()
        else layout.sizeHint().height()
    )
    if needs > widget.height():
        resized(widget, widget.width(), needs)
