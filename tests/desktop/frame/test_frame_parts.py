"""A banner is read out and can be copied; the line across is thin."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.frame.frame_parts import banner, rule


def test_a_banner_is_read_out_and_can_be_copied(dressed: QApplication) -> None:
    parent = QWidget()
    made = banner("只读", parent)
    assert (made.text(), made.accessibleName(), made.property("banner")) == ("只读", "只读", True)
    assert made.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    assert rule(parent).maximumHeight() == 1
    parent.deleteLater()
