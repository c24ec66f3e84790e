"""The watch over the window's thread finds what it is there for, and nothing else."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer

from casework.money import budgets
from casework.people import accounts
from desktop.frame.main_window import Frame
from tests.desktop.helpers import settle, soon
from tests.desktop.window_thread import in_a_worker


def test_a_page_that_reads_on_the_windows_thread_is_found(
    frame_of: Callable[..., Frame], monkeypatch: pytest.MonkeyPatch, windows_thread: list[str]
) -> None:
    frame = frame_of("officer")
    settle(frame.desk)
    monkeypatch.setattr(frame.desk, "read", lambda read, then, owner=None: then(read(frame.desk.office)))
    frame.do_refresh()  # the frame's own code now asks on the thread it is on
    assert any("main_window.py" in stack for stack in windows_thread)
    windows_thread.clear()


def test_an_act_done_on_the_windows_thread_is_found(
    frame_of: Callable[..., Frame], monkeypatch: pytest.MonkeyPatch, windows_thread: list[str]
) -> None:
    frame = frame_of("system")
    settle(frame.desk)
    monkeypatch.setattr(frame.desk.workers, "start", lambda work, then, **how: work(None))
    frame.desk.act(accounts.lock_person, "officer2")
    assert any("desk.py" in stack for stack in windows_thread)
    windows_thread.clear()


def test_what_a_test_reads_and_what_a_worker_reads_is_left_alone(
    frame_of: Callable[..., Frame], windows_thread: list[str]
) -> None:
    frame = frame_of("officer")
    settle(frame.desk)
    office = frame.desk.office
    with office.read() as session:
        assert session.connection() is not None
    told: list[object] = []
    QTimer.singleShot(0, lambda: told.append(budgets.all_in_sight(office)[0]))
    soon(lambda: bool(told))
    told.append(in_a_worker(lambda: budgets.all_in_sight(office)[0]))
    frame.do_refresh()
    settle(frame.desk)
    assert told[0] == told[1] is not None
    assert windows_thread == []
