"""The parts of the window that hold for every page: a banner above it, a line across."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLabel, QWidget


def banner(sentence: str, parent: QWidget) -> QLabel:
    """What holds for all that is done in this window, above every page."""
    label = QLabel(sentence, parent)
    label.setProperty("banner", True)
    label.setWordWrap(True)
    label.setAccessibleName(sentence)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def rule(parent: QWidget) -> QFrame:
    """A thin line across."""
    line = QFrame(parent)
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(QPalette.ColorRole.Mid)
    line.setFixedHeight(1)
    return line
