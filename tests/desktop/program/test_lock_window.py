"""What stands for the window while it is locked: waits are counted down, closing it ends the program."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from casework.core.refused import Refused
from desktop.kit.language import speak, t
from desktop.program.lock_window import LockWindow
from tests.desktop.helpers import press, soon


def test_enter_unlocks_and_a_wait_is_counted_down(dressed: QApplication) -> None:
    speak("zh")
    asked: list[str] = []
    window = LockWindow("陈知远", asked.append, lambda: None)
    window.show()
    assert window.who.text() == t("lock.says", person="陈知远")
    QTest.keyClicks(window.password, "wrong")
    press(window.password, Qt.Key.Key_Return)
    press(window.password, Qt.Key.Key_Return)
    assert asked == ["wrong"], "one question at a time"
    window.refuse(Refused("refused.sign_in_wait", seconds=1))
    assert window.fault.text() == t("refused.sign_in_wait", seconds=1) and not window.yes.isEnabled()
    assert window.password.selectedText(), "what was typed is written over"
    soon(window.yes.isEnabled)
    assert window.fault.text() == ""
    window.leave()


def test_its_own_button_ends_the_program_and_leaving_it_does_not(dressed: QApplication) -> None:
    ended: list[str] = []
    for way in ("close", "leave"):
        window = LockWindow("陈知远", lambda password: None, lambda: None)
        window.closed.connect(lambda way=way: ended.append(way))
        window.show()
        getattr(window, way)()
        assert not window.isVisible()
    assert ended == ["close"]
