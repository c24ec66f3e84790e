"""What is done or not is never ended in between."""

import signal
import threading
from collections.abc import Iterator

import pytest

from models.held_signals import held_signals


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Ctrl-C is heard as in a terminal: what runs behind one may have been told to ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_being_ended_waits_for_the_end_of_the_block() -> None:
    done: list[str] = []
    handler = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), held_signals():
        signal.raise_signal(signal.SIGINT)
        done.append("all of it")
    assert done == ["all of it"] and signal.getsignal(signal.SIGINT) is handler


def test_another_thread_hears_no_signals_and_holds_none() -> None:
    held: list[object] = []

    def work() -> None:
        with held_signals():
            held.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert held == [signal.getsignal(signal.SIGINT)]
