"""A stored paper on a printer: painted from its own bytes, whatever the pane shows meanwhile."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from casework.boards.case_view import Stored
from desktop.kit.desk import Desk
from desktop.kit.language import t
from desktop.kit.paper_viewer import Shown

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DPI = 200
"""Dots an inch of a page that is printed."""


def print_out(desk: Desk, shown: Shown, printer: "QPrinter") -> None:
    """Print a paper whose line stands in the log, and say so."""
    done = print_on(printer, shown.stored)
    code, meaning = ("case.printed", "done") if done else ("case.not_printed", "stopped")
    desk.say(t(code, name=shown.name, printer=printer.printerName()), meaning)


def print_on(printer: "QPrinter", stored: Stored) -> bool:
    """Paint every page of a paper on a printer, one after the other; whether the printer took it."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    for number, image in enumerate(_pages(stored)):
        if number:
            printer.newPage()
        place = painter.viewport()
        size = image.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRect(place.topLeft(), size), image)
    return painter.end()


def _pages(stored: Stored) -> Iterator[QImage]:
    """The pages as pictures; none of what can't be shown either."""
    if stored.media.startswith("image/"):
        image = QImage.fromData(QByteArray(stored.body))
        if not image.isNull():
            yield image
    if stored.media != "application/pdf":
        return
    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(stored.body))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    for page in range(document.pageCount()):
        points = document.pagePointSize(page)
        size = QSize(round(points.width() * DPI / 72), round(points.height() * DPI / 72))
        yield document.render(page, size)
    document.close()
