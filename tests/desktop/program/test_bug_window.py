"""The window that a bug shows: the report as it is copied for whoever mends it."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.kit.language import t
from desktop.program.bug_window import BugWindow
from tests.desktop.helpers import button


def test_the_report_is_copied_and_work_goes_on(dressed: QApplication) -> None:
    window = BugWindow("ValueError: …")
    window.show()
    assert window.text.isReadOnly()
    button(window, t("bug.copy")).click()
    assert QGuiApplication.clipboard().text() == "ValueError: …"
    assert window.isVisible()
    button(window, t("bug.go_on")).click()
    assert not window.isVisible()
    window.deleteLater()
