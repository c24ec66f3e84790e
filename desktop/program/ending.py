"""A logout or a signal ends the window as its own button does: what is typed is kept, and what runs is ended.

The system says so by a signal (SIGTERM; SIGHUP where a terminal goes, SIGINT at Ctrl-C) or through the
session (Qt's `commitDataRequest`). Python would hear a signal only at its next own step, in the midst of
whatever that is; so the system writes it into a socket that Qt's loop listens to.
"""

import contextlib
import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier

KINDS = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)


class Ending(QObject):
    """Calls ``end`` on the window's thread once the system asks the program to end, until `restore`."""

    def __init__(self, end: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._end = end
        self._asked = False
        self._read, self._write = socket.socketpair()
        self._read.setblocking(False)
        self._write.setblocking(False)
        self._wakeup = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._before = {kind: signal.signal(kind, self._heard) for kind in KINDS}
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def _heard(self, kind: int, frame: FrameType | None) -> None:
        self._asked = True

    def _woken(self) -> None:
        with contextlib.suppress(OSError):
            self._read.recv(64)
        if self._asked:
            self._asked = False
            self._end()

    def restore(self) -> None:
        """Leave signals to who had them before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup)
        for kind, before in self._before.items():
            signal.signal(kind, before)
        self._read.close()
        self._write.close()
