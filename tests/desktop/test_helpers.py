"""The tests' own waiting: it goes on while one job starts the next, and names the one that hangs."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer

from desktop.kit.desk import Desk
from desktop.kit.jobs import Job
from tests.desktop.helpers import settle


def test_settled_is_when_no_job_starts_the_next(desk_of: Callable[..., Desk]) -> None:
    """A page starts its next job a turn after the last one came back, as a page may."""
    desk = desk_of()
    done: list[int] = []

    def again(left: int) -> None:
        done.append(left)
        if left:
            QTimer.singleShot(0, lambda: desk.workers.start(lambda job: left - 1, again))

    desk.workers.start(lambda job: 5, again)
    settle(desk)
    assert done == [5, 4, 3, 2, 1, 0]


def test_a_job_that_hangs_is_named(desk_of: Callable[..., Desk]) -> None:
    desk, go_on = desk_of(), threading.Event()

    def hangs(job: Job[None]) -> None:
        go_on.wait(60)

    desk.workers.start(hangs, lambda done: None)
    with pytest.raises(AssertionError, match="hangs"):
        settle(desk, 0.2)
    go_on.set()
    settle(desk)
