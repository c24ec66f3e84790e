"""What tests of the window need: typing as an input method does, waiting for workers, finding by name."""

import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
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


def settle(desk: Desk, most: float = 60.0) -> None:
    """Wait until no job is under way and what they brought is shown; what is shown may ask for more.

    Args:
        most: seconds after which a job that has not ended is a fault.
    """
    until = time.monotonic() + most
    quiet = False
    while not quiet and time.monotonic() < until:
        quiet = desk.workers.idle()
        QTest.qWait(5)
        quiet = quiet and desk.workers.idle()
    assert desk.workers.idle(), "a job did not end"


def texts(widget: QWidget) -> list[str]:
    """The words of every label in a widget that is shown."""
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden() and label.text()]


def button(widget: QWidget, text: str) -> QPushButton:
    """The button with these words."""
    found = [one for one in widget.findChildren(QPushButton) if one.text() == text and not one.isHidden()]
    assert len(found) == 1, f"{len(found)} buttons say {text!r}"
    return found[0]


def soon(holds: Callable[[], bool], most: int = 30_000) -> None:
    """Wait until something holds."""
    waited = 0
    while not holds() and waited < most:
        QTest.qWait(10)
        waited += 10
    assert holds()
