"""Work away from the window's thread comes back to it, can be stopped, and never takes the window down."""

import gc
import threading
from functools import partial

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from casework.core.refused import Refused
from desktop.kit.jobs import Cancelled, Job, Workers
from models.faults import OfficeFault
from tests.desktop.helpers import soon


@pytest.fixture
def workers(dressed: QApplication) -> Workers:
    return Workers(lambda bug: pytest.fail(repr(bug)))


def test_the_result_comes_back_on_the_windows_thread(workers: Workers) -> None:
    seen: list[tuple[int, bool]] = []
    workers.start(
        lambda job: threading.get_ident(),
        lambda ident: seen.append((ident, threading.current_thread() is threading.main_thread())),
    )
    soon(workers.idle)
    assert len(seen) == 1
    assert seen[0][0] != threading.get_ident()
    assert seen[0][1]
    workers.stop()


def test_a_refusal_is_told_apart_from_a_bug(dressed: QApplication) -> None:
    bugs: list[Exception] = []
    refusals: list[Exception] = []
    workers = Workers(bugs.append)

    def refuse(job: Job[None]) -> None:
        raise Refused("refused.no_such_case", case="1")

    def break_(job: Job[None]) -> None:
        raise ZeroDivisionError

    workers.start(refuse, lambda result: None, refused=refusals.append)
    workers.start(break_, lambda result: None, refused=refusals.append)
    soon(workers.idle)
    assert [type(one) for one in refusals] == [Refused]
    assert [type(one) for one in bugs] == [ZeroDivisionError]
    workers.stop()


def test_a_job_stops_at_its_next_step(workers: Workers) -> None:
    told: list[Exception] = []
    steps: list[tuple[int, int]] = []

    def count(job: Job[int]) -> int:
        done = 0
        while True:
            done += 1
            job.step(done, 0)
            threading.Event().wait(0.001)

    workers.moved.connect(lambda job, done, of: steps.append((done, of)))
    job = workers.start(count, lambda result: pytest.fail("it was stopped"), refused=told.append)
    QTest.qWait(30)
    job.cancel()
    soon(workers.idle)
    assert [type(one) for one in told] == [Cancelled]
    assert steps
    workers.stop()


def test_nobody_is_called_who_has_gone(workers: Workers) -> None:
    from shiboken6 import delete

    owner = QObject()
    gate = threading.Event()
    workers.start(lambda job: gate.wait(5), lambda result: pytest.fail("it has gone"), owner=owner)
    delete(owner)
    gate.set()
    soon(workers.idle)
    workers.stop()


def test_reading_goes_on_while_an_act_takes_long(workers: Workers) -> None:
    gate = threading.Event()
    read: list[int] = []
    workers.start(lambda job: gate.wait(5), lambda result: None, pool="act")
    workers.start(lambda job: 7, read.append)
    soon(lambda: read == [7])
    assert not workers.idle()
    gate.set()
    soon(workers.idle)
    workers.stop()


def test_nothing_starts_once_stopped(workers: Workers) -> None:
    before = set(threading.enumerate())
    workers.start(lambda job: 1, lambda one: None)
    soon(workers.idle)
    workers.stop()
    job = workers.start(lambda job: 1, lambda one: pytest.fail("it ran"))
    QTest.qWait(20)
    assert job.cancelled and workers.idle()
    assert set(threading.enumerate()) <= before


def _given(number: int, job: Job[int]) -> int:
    return number


def test_every_job_of_many_threads_comes_back(workers: Workers) -> None:
    done: list[int] = []
    for number in range(3000):
        workers.start(partial(_given, number), done.append, pool=("list", "rows", "read")[number % 3])
    soon(workers.idle, 20_000)
    assert len(done) == 3000
    workers.stop()


def test_what_is_under_way_is_told_by_its_name(workers: Workers) -> None:
    go_on = threading.Event()
    workers.start(partial(_waits, go_on), lambda done: None)
    assert workers.under_way() == (f"{__name__}._waits",)
    go_on.set()
    soon(workers.idle)
    assert workers.under_way() == ()


def _waits(go_on: threading.Event, job: Job[None]) -> None:
    go_on.wait(60)


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (OfficeFault("office.no_server"), "office.no_server"),
        (OfficeFault("office.full", path="x"), "office.full"),
        (OSError(28, "No space left on device", "a.pdf"), "cli.disk_full"),
    ],
)
def test_what_the_machine_did_is_told_to_who_asked_and_is_no_bug(
    workers: Workers, raised: Exception, code: str
) -> None:
    def fails(job: Job[None]) -> None:
        raise raised

    told: list[Exception] = []
    workers.start(fails, lambda done: None, refused=told.append)
    workers.told = told.append
    workers.start(fails, lambda done: None)
    soon(lambda: len(told) == 2)
    assert [getattr(each, "code", "") for each in told] == [code, code]
    workers.stop()


def test_what_would_end_a_thread_is_told_and_the_thread_goes_on(dressed: QApplication) -> None:
    def ends(job: Job[None]) -> None:
        raise SystemExit(3)

    done: list[int] = []
    bugs: list[Exception] = []
    workers = Workers(bugs.append)
    workers.start(ends, lambda none: None)
    workers.start(lambda job: 7, done.append)
    soon(lambda: done == [7])
    assert ["SystemExit" in str(bug) for bug in bugs] == [True]
    workers.stop()


def test_what_a_job_held_is_let_go_on_the_windows_thread(workers: Workers) -> None:
    """A dialog's last reference may be in the job's function, its result or a bug's frames."""
    gone: list[bool] = []

    class Held:
        def __del__(self) -> None:
            gone.append(threading.current_thread() is threading.main_thread())

    def start(fails: bool) -> None:
        held = Held()

        def work(job: Job[object]) -> object:
            if fails:
                raise Refused("refused.no_such_case", case=str(held))
            return held

        workers.start(work, lambda result: None)

    for number in range(200):
        start(fails=number % 2 == 0)
    soon(workers.idle)
    gc.collect()
    assert len(gone) == 200 and all(gone)
    workers.stop()
