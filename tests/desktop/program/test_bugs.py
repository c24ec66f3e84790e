"""A bug shows one window with what to do, the report names no one, and the program lives on."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.program.bug_window import BugWindow
from desktop.program.bugs import Hook, report
from tests.desktop.helpers import soon


def _fault() -> Exception:
    try:
        raise ValueError("申请单位 深圳市钧灵科技有限公司 91440300MA50050230 电话 18685343955")
    except ValueError as bug:
        return bug


def test_the_report_says_where_and_never_whose() -> None:
    text = report(_fault())
    assert "test_bugs.py" in text and "_fault" in text and "ValueError" in text
    for personal in ("钧灵", "91440300MA50050230", "18685343955"):
        assert personal not in text


def test_a_bug_in_a_timer_reaches_the_hook_and_shows_once(dressed: QApplication) -> None:
    before = sys.excepthook
    hook = Hook(dressed)
    hook.install()
    try:
        for _ in range(3):
            sys.excepthook(ValueError, _fault(), None)
        soon(lambda: hook.shown == 1)
        windows = [window for window in dressed.topLevelWidgets() if isinstance(window, BugWindow)]
        assert len([window for window in windows if window.isVisible()]) == 1
        for window in windows:
            window.close()
            window.deleteLater()
        done: list[int] = []
        QTimer.singleShot(0, lambda: done.append(1))
        soon(lambda: bool(done))  # the program lives on
    finally:
        sys.excepthook = before
