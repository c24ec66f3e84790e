"""When the program itself is wrong: one window that says what to do, a report without personal data, and on.

An exception in a slot, a timer or a worker reaches one hook. It is shown at most once every few seconds, so
that a fault in a repaint can't bury the window under windows.
"""

import re
import sys
import time
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from desktop.kit.language import language

PAUSE = 5.0
"""Seconds in which only one bug is shown."""
_PERSONAL = r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[0-9A-HJ-NPQRTUWXY]{15,}|\d{6,}"
"""Names, codes and numbers. Compiled when a bug is told: it takes 20 ms, which a start does not have."""


def report(bug: BaseException) -> str:
    """What went wrong, for whoever mends it: where in the program, never whose case."""
    import platform

    lines = [f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"]
    for frame in traceback.extract_tb(bug.__traceback__):
        name = re.split(r"[\\/]", frame.filename)
        lines.append(f"  {'/'.join(name[-2:])}:{frame.lineno} {frame.name}")
    lines.append(f"{type(bug).__name__}: {re.sub(_PERSONAL, '…', str(bug))[:500]}")
    return "\n".join(lines)


class Hook(QObject):
    """Takes every uncaught exception, on whatever thread, and shows it on the window's."""

    broke = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last = -PAUSE
        self.shown = 0
        self.window: QWidget | None = None
        self.broke.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the process's hook."""
        sys.excepthook = self._caught

    def take(self, bug: BaseException) -> None:
        """A bug that a worker caught."""
        traceback.print_exception(bug)
        self.broke.emit(bug)

    def _caught(self, kind: type[BaseException], bug: BaseException, at: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        self.take(bug)

    def _show(self, bug: BaseException) -> None:
        if time.monotonic() - self._last < PAUSE:
            return
        self._last = time.monotonic()
        from casework.core.refused import Refused, of_the_machine
        from desktop.program.bug_window import BugWindow, FaultWindow

        known = bug if isinstance(bug, Refused) else of_the_machine(bug)
        window: QDialog
        if known is not None:  # the machine's doing, or a person's: no bug, and it has its sentence
            window = FaultWindow(known.say(language()), self._window())
        else:
            self.shown += 1
            window = BugWindow(report(bug), self._window())
        self.window = window
        window.open()

    def _window(self) -> QWidget | None:
        parent = self.parent()
        return parent if isinstance(parent, QWidget) else None
