"""Being ended waits until something is done that is done or not, and never half."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

KINDS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def held_signals() -> Iterator[None]:
    """Ctrl-C, and being ended by the system, come at the end of the block."""
    if threading.current_thread() is not threading.main_thread():  # only that one hears them
        yield
        return
    came: list[int] = []
    before = {kind: signal.getsignal(kind) for kind in KINDS}
    before = {kind: handler for kind, handler in before.items() if callable(handler)}
    for kind in before:
        signal.signal(kind, lambda number, frame: came.append(number))
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
        if came:
            signal.raise_signal(came[0])
