"""Widgets in cycles die on the window's thread, whoever makes objects by the thousand."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop.kit.collecting import Collector
from tests.desktop.helpers import soon


@pytest.fixture
def collector(dressed: QApplication) -> Iterator[Collector]:
    made = Collector()
    yield made
    made.stop()
    gc.disable()  # as for every test


class InACycle(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def test_cycles_die_on_the_windows_thread(collector: Collector) -> None:
    assert not gc.isenabled()
    threads: list[int] = []
    for _ in range(10):
        weakref.finalize(InACycle(), lambda: threads.append(threading.get_ident()))

    def makes_many() -> None:
        for _ in range(50):
            [[] for _ in range(2_000)]  # enough for Python's own collector to run here, many times

    worker = threading.Thread(target=makes_many)
    worker.start()
    worker.join()
    assert threads == []
    kept: list[list[int]] = [[] for _ in range(5_000)]
    soon(lambda: len(threads) == 10)
    assert set(threads) == {threading.get_ident()} and kept


def test_python_collects_again_once_it_is_stopped(collector: Collector) -> None:
    collector.stop()
    assert gc.isenabled()
