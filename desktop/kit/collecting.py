"""Cycles of objects are collected on the window's thread alone.

Python's collector runs on whatever thread comes to a certain count of new objects. On a worker's it would
destroy widgets there: Qt then waits for Python inside a destructor while the window's thread, in another
destructor, waits for Qt, and neither goes on. So the collector is switched off, and the window's thread looks
now and then whether there is enough to collect, by the same counts.
"""

import gc

from PySide6.QtCore import QObject, QTimer

PAUSE = 500
"""Milliseconds between two looks."""


class Collector(QObject):
    """Collects in the place of Python's own collector, from when it is made until `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._looking = QTimer(self)
        self._looking.setInterval(PAUSE)
        self._looking.timeout.connect(self.look)
        self._looking.start()

    def look(self) -> None:
        """Collect the youngest where there are enough of them, and the older where they have waited long."""
        for generation, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)):
            if count <= most:
                return
            gc.collect(generation)

    def stop(self) -> None:
        """Leave collecting to Python again."""
        self._looking.stop()
        gc.enable()
