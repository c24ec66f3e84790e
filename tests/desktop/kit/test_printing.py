"""A stored paper on a printer: every page, from its own bytes; a picture; and what can't be printed."""

from pathlib import Path

import pikepdf
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from casework.boards.case_view import Stored
from desktop.kit.printing import print_on
from tests.desktop.helpers import printer_to


def pages_of(path: Path) -> int:
    with pikepdf.open(path) as printed:
        return len(printed.pages)


def test_every_page_of_a_paper_is_printed(qapp: QApplication, tmp_path: Path) -> None:
    with pikepdf.new() as three:
        for _ in range(3):
            three.add_blank_page(page_size=(595, 842))
        three.save(tmp_path / "three.pdf")
    stored = Stored("", "application/pdf", (tmp_path / "three.pdf").read_bytes())
    assert print_on(printer_to(tmp_path / "out.pdf"), stored)
    assert pages_of(tmp_path / "out.pdf") == 3


def test_a_picture_is_one_page(qapp: QApplication, tmp_path: Path) -> None:
    image, buffer = QImage(40, 30, QImage.Format.Format_RGB32), QBuffer()
    image.fill(0)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    assert print_on(printer_to(tmp_path / "out.pdf"), Stored("", "image/png", bytes(buffer.data().data())))
    assert pages_of(tmp_path / "out.pdf") == 1


def test_a_printer_that_takes_nothing_is_told(qapp: QApplication, tmp_path: Path) -> None:
    printer = printer_to(tmp_path / "no such folder" / "out.pdf")
    assert not print_on(printer, Stored("", "application/pdf", b""))
