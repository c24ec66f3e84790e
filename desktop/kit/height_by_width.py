"""The inside of a scrolled page of words: exactly as tall as they need at the width there is.

Labels that wrap tell Qt their height at their narrowest; a scrolled page would be that tall for ever.
"""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget


class HeightByWidth(QWidget):
    """A widget whose height follows from its width alone."""

    def minimumSizeHint(self) -> QSize:
        """As wide as its content needs; its height asks for nothing."""
        return QSize(super().minimumSizeHint().width(), 0)
