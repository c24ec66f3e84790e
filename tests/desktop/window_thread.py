"""Watches the window's thread: its code may not read the office there, nor act; both are jobs.

A read or an act counts where it is entered on the main thread and something of `desktop` asked for it. What a
test itself reads is its own business: no file of `desktop` stands between it and the office. A function that
the window calls in a worker is called by a test through `in_a_worker`.
"""

import sys
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from types import FrameType
from typing import TypeVar

import pytest
from sqlmodel import Session

from models.engine import Store

T = TypeVar("T")

WINDOW = Path(__file__).resolve().parents[2] / "desktop"
BEFORE_THE_WINDOW = tuple(
    WINDOW / "program" / f"{name}.py" for name in ("start_window", "signing_step", "changing_step")
)
"""An office is opened and its people sign in before there is a window that could stand still."""

Transaction = Callable[[Store], AbstractContextManager[Session]]


def in_a_worker(function: Callable[[], T]) -> T:
    """What a function gives that is called away from the window's thread."""
    with ThreadPoolExecutor(1) as worker:
        return worker.submit(function).result()


def asked_by(frame: FrameType | None) -> Path | None:
    """The file of the window that asked, the nearest one; None where none did."""
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(WINDOW):
            return path
        frame = frame.f_back
    return None


def watch(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note from now on where the office is read or written on the window's thread."""
    found: list[str] = []

    def noting(transaction: Transaction) -> Transaction:
        def noted(store: Store) -> AbstractContextManager[Session]:
            if threading.current_thread() is threading.main_thread():
                path = asked_by(sys._getframe(1))
                if path is not None and path not in BEFORE_THE_WINDOW:
                    found.append("".join(traceback.format_stack(limit=12)[:-1]))
            return transaction(store)

        return noted

    monkeypatch.setattr(Store, "read", noting(Store.read))
    monkeypatch.setattr(Store, "write", noting(Store.write))
    return found
