"""The wait after wrong passwords, counted down beside the button, which comes back by itself."""

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QPushButton

from casework.core.refused import Refused
from desktop.kit.language import language

SECOND = 1000


class Countdown(QObject):
    """Keeps a button off while somebody has to wait, and says for how long.

    Args:
        say: shows a sentence beside the button; the empty one when the wait is over.
        clock: seconds that only go on.
    """

    def __init__(
        self,
        button: QPushButton,
        say: Callable[[str], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(button)
        self.button, self.say, self.clock = button, say, clock
        self.name = ""
        self.waits: dict[str, tuple[str, float]] = {}
        self.timer = QTimer(self)
        self.timer.setInterval(SECOND // 4)
        self.timer.timeout.connect(self.look)

    def begin(self, refusal: Refused, name: str = "") -> None:
        """Wait as a refusal says, where it does; others than this person need not."""
        seconds = refusal.params.get("seconds")
        self.name = name
        if isinstance(seconds, int):
            self.waits[name] = (refusal.code, self.clock() + seconds)
            self.look()

    def of(self, name: str) -> None:
        """Somebody else is named: go by the wait of that one."""
        if name != self.name:
            self.name = name
            self._over()
            self.look()

    def look(self) -> None:
        """Say how long it still is."""
        code, until = self.waits.get(self.name, ("", 0.0))
        left = math.ceil(until - self.clock()) if code else 0
        if left > 0:
            self.button.setEnabled(False)
            self.say(Refused(code, seconds=left).say(language()))
            self.timer.start()
        elif self.waits.pop(self.name, None) is not None:
            self._over()

    def _over(self) -> None:
        self.timer.stop()
        self.button.setEnabled(True)
        self.say("")
