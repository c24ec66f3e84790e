"""The wait after wrong passwords counts down, and the button comes back by itself; others need not wait."""

from PySide6.QtWidgets import QApplication, QPushButton

from casework.core.refused import Refused
from desktop.kit.countdown import Countdown
from desktop.kit.language import speak
from tests.desktop.helpers import soon


class Seconds:
    """A clock that tests move."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_button_is_off_while_one_waits_and_comes_back_by_itself(dressed: QApplication) -> None:
    speak("zh")
    button, said, clock = QPushButton(), [""], Seconds()
    counting = Countdown(button, said.append, clock)
    counting.begin(Refused("refused.sign_in_wait", seconds=5))
    for at, left in ((100.0, 5), (101.2, 4), (104.9, 1)):
        clock.now = at
        soon(lambda left=left: said[-1] == Refused("refused.sign_in_wait", seconds=left).say("zh"))  # type: ignore[misc]
        assert not button.isEnabled()
    clock.now = 105.0
    soon(button.isEnabled)
    assert said[-1] == "" and not counting.timer.isActive()
    button.deleteLater()


def test_a_refusal_without_a_wait_leaves_the_button(dressed: QApplication) -> None:
    button, said = QPushButton(), [""]
    Countdown(button, said.append).begin(Refused("refused.sign_in"))
    assert button.isEnabled() and said == [""]
    button.deleteLater()


def test_another_person_need_not_wait_and_the_first_still_does(dressed: QApplication) -> None:
    button, said, clock = QPushButton(), [""], Seconds()
    counting = Countdown(button, said.append, clock)
    counting.begin(Refused("refused.wait", seconds=60), "officer")
    counting.of("approver")
    assert button.isEnabled() and said[-1] == ""
    clock.now = 110.0
    counting.of("officer")
    assert not button.isEnabled()
    assert said[-1] == Refused("refused.wait", seconds=50).say("zh")
    button.deleteLater()
