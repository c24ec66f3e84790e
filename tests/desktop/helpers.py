"""What tests of the window need: typing as an input method does, waiting for workers, finding by name."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.kit.desk import Desk

W = TypeVar("W", bound=QWidget)


def type_text(widget: QWidget, text: str) -> None:
    """Type text as an input method commits it. Never `keyClicks`: Chinese aborts the process there."""
    widget.setFocus()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)


def compose(widget: QWidget, text: str) -> None:
    """Text still being composed: the input method has not committed it."""
    widget.setFocus()
    QCoreApplication.sendEvent(widget, QInputMethodEvent(text, []))


def press(
    widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key in a widget."""
    QTest.keyClick(widget, key, modifier)


QUIET_TURNS, TURN = 6, 5
"""How many turns of the event loop, of so many milliseconds each, nothing may be under way in a row."""


def settle(desk: Desk, most: float = 120.0) -> None:
    """Wait until no job has been under way for several turns: what one brought may start the next.

    Args:
        most: seconds after which a job that has not ended is a fault, told by its name.
    """
    until = time.monotonic() + most
    quiet = 0
    while quiet < QUIET_TURNS:
        hanging = desk.workers.under_way()
        quiet = 0 if hanging else quiet + 1
        names = ", ".join(hanging) or "ever new jobs"
        assert time.monotonic() < until, f"still under way after {most} s: {names}"
        QTest.qWait(TURN)


def texts(widget: QWidget) -> list[str]:
    """The words of every label in a widget that is shown."""
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden() and label.text()]


def button(widget: QWidget, text: str) -> QPushButton:
    """The button with these words."""
    found = [one for one in widget.findChildren(QPushButton) if one.text() == text and not one.isHidden()]
    assert len(found) == 1, f"{len(found)} buttons say {text!r}"
    return found[0]


def soon(holds: Callable[[], bool], most: int = 60_000) -> None:
    """Wait until something holds, `most` milliseconds of real time at the longest."""
    until = time.monotonic() + most / 1000
    while not holds():
        assert time.monotonic() < until, "it never came to hold"
        QTest.qWait(10)


def printer_to(path: Path) -> QPrinter:
    """A printer that writes a PDF."""
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer
