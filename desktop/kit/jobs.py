"""Work away from the window's thread: acts, reading and papers, with progress and a way to stop.

A job runs on one of few threads and comes back by one signal. Whoever asked is told with the result, or with
what was refused; a bug goes to the one hook that shows bugs. A job whose asker has gone is dropped quietly.
"""

import contextlib
import threading
import time
from collections.abc import Callable
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from casework.core.refused import Refused, of_the_machine

T = TypeVar("T")


LOOK = 50
"""Milliseconds between two looks for what workers have sent, beside the signal that says so."""


class Cancelled(Exception):
    """The person asked a job to stop, and it has."""


class Job(Generic[T]):
    """A job as its function sees it: says how far it is, and hears whether to stop. `name` tells what it
    does, for whoever looks for one that hangs.

    What is done (`function`) and what came of it (`outcome`) are held here and let go on the window's thread
    alone: either may hold the last reference to a widget, and one that is destroyed on a worker's thread ends
    the whole process.
    """

    def __init__(self, name: str = "", function: "Callable[[Job[T]], T] | None" = None) -> None:
        self.name = name
        self.function = function
        self.outcome: tuple[str, Any] = ("", None)
        self._stop = threading.Event()
        self.report: Callable[[int, int], None] = lambda done, of: None

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def step(self, done: int, of: int) -> None:
        """Say how far the job is.

        Raises:
            Cancelled: it was asked to stop.
        """
        self.must_go_on()
        self.report(done, of)

    def must_go_on(self) -> None:
        """Raises Cancelled where it was asked to stop."""
        if self._stop.is_set():
            raise Cancelled


class _Mail(QObject):
    """Carries what happens on a worker's thread to the window's: through a box, with a signal that says to
    look.

    The signal carries nothing, so that a worker need not wait for Python inside Qt; while work is under
    way the window looks into the box now and then in any case.
    """

    came = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.box: SimpleQueue[tuple[str, Job[Any], tuple[Any, ...]]] = SimpleQueue()

    def send(self, kind: str, job: Job[Any], *what: Any) -> None:
        """Put something into the box, from any thread."""
        self.box.put((kind, job, what))
        if isValid(self):
            with contextlib.suppress(RuntimeError):  # it went between the two: nobody waits any more
                self.came.emit()


class _Thread(threading.Thread):
    """Runs what is put to it, one after the other. Python's own thread: Qt's pool has been seen to miss a
    job that came at the moment its thread went to sleep."""

    def __init__(self, name: str) -> None:
        super().__init__(name=f"voucher-desk-{name}", daemon=True)
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self.start()

    def put(self, run: Callable[[], None]) -> None:
        """Run this when its turn comes."""
        self._queue.put(run)

    def run(self) -> None:
        while (run := self._queue.get()) is not None:
            run()
            del run  # what a job held is let go now, not when the next one comes

    def stop(self, until: float | None) -> bool:
        """Drop what has not begun and wait for what has, until a moment of the clock that only goes on; says
        whether the thread has ended."""
        with contextlib.suppress(Empty):
            while True:
                self._queue.get_nowait()
        self._queue.put(None)
        self.join(None if until is None else max(0.0, until - time.monotonic()))
        return not self.is_alive()


Known = Callable[[Exception], Exception | None]
"""What somebody did to the office where an error comes from that; None for any other."""


def _work(job: "Job[Any]", known: Known) -> None:
    """Do a job and keep what came of it: what the machine did (a full disk, a server that is gone) as a
    refusal, for it has its sentence too; and what somebody did to the office."""
    assert job.function is not None
    try:
        job.outcome = "done", job.function(job)
    except (Cancelled, Refused) as refusal:
        job.outcome = "refused", refusal
    except Exception as bug:
        fault = of_the_machine(known(bug) or bug)
        job.outcome = ("refused", fault) if fault is not None else ("broken", bug)
    except BaseException as end:  # what ends a thread must never end it without a word to whoever waits
        job.outcome = "broken", RuntimeError(f"a job was ended by {type(end).__name__}")


def _run(mail: _Mail, job: "Job[Any]", known: Known) -> None:
    """Do a job on a worker's thread; the window's takes what came of it."""
    _work(job, known)
    mail.send("ended", job)


def _name(function: Callable[..., object]) -> str:
    """Where a job's function stands: `desktop.pages.case.page.CasePage.refresh.<locals>.read`."""
    while isinstance(function, partial):
        function = function.func
    return f"{function.__module__}.{getattr(function, '__qualname__', type(function).__qualname__)}"


class Workers(QObject):
    """The threads that jobs run on: one to read, one to act, a few of lists' own, so that nothing long
    holds up a page.

    Signals:
        busy: a job has begun or ended; says how many are under way.
    """

    busy = Signal(int)
    moved = Signal(object, int, int)

    def __init__(self, broken: Callable[[Exception], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._broken = broken
        self.told: Callable[[Exception], None] = lambda refusal: None
        """Told what was refused to those who asked without a place of their own to say it."""
        self.known: Known = lambda bug: None
        self._asked: dict[
            Job[Any], tuple[QObject | None, Callable[[Any], None], Callable[[Exception], None]]
        ] = {}
        self._mail = _Mail(self)
        self._mail.came.connect(self._look)
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK)
        self._looking.timeout.connect(self._look)
        self._threads: dict[str, _Thread] = {}
        self._stopped = False

    def start(
        self,
        function: Callable[[Job[T]], T],
        then: Callable[[T], None],
        *,
        refused: Callable[[Exception], None] | None = None,
        owner: QObject | None = None,
        pool: str = "read",
    ) -> Job[T]:
        """Run a function of its job; ``then`` or ``refused`` is called on the window's thread.

        Args:
            owner: who asked; once it is gone, nothing is called.
            pool: ``read`` or ``act``, or one of a long list's own: ``list``, ``rows``, ``index``.
        """
        job: Job[T] = Job(_name(function), function)
        if self._stopped:  # a timer of a page that is about to go: the office is closed
            job.cancel()
            return job
        job.report = lambda done, of: self._mail.send("moved", job, done, of)
        self._asked[job] = (owner, cast(Callable[[Any], None], then), refused or self.told)
        self.busy.emit(len(self._asked))
        if not self._looking.isActive():
            self._looking.start()
        if pool not in self._threads:
            self._threads[pool] = _Thread(pool)
        self._threads[pool].put(partial(_run, self._mail, job, self.known))
        return job

    def idle(self) -> bool:
        """Whether nothing is under way."""
        return not self.under_way()

    def under_way(self) -> tuple[str, ...]:
        """The names of the jobs that have not ended."""
        return tuple(job.name for job in self._asked)

    def stop(self, within: float | None = None) -> bool:
        """Ask every job to stop and wait until the threads have ended, for so many seconds at most. Nothing
        is started any more. Says whether all have ended."""
        self._stopped = True
        self._looking.stop()
        for job in self._asked:
            job.cancel()
        until = None if within is None else time.monotonic() + within
        ended = [thread.stop(until) for thread in self._threads.values()]
        self._threads.clear()
        if all(ended):
            self._asked.clear()
        return all(ended)

    def _look(self) -> None:
        """Empty the box."""
        deliver = {"done": self._on_done, "refused": self._on_refused, "broken": self._on_broken}
        with contextlib.suppress(Empty):
            while True:
                kind, job, what = self._mail.box.get_nowait()
                if kind == "moved":
                    self.moved.emit(job, *what)
                else:
                    kind, came = job.outcome
                    deliver[kind](job, came)
                    job.function, job.outcome = None, ("", None)

    def _take(self, job: Job[Any]) -> tuple[Callable[[Any], None], Callable[[Exception], None]] | None:
        asked = self._asked.pop(job, None)
        if not self._asked:
            self._looking.stop()
        self.busy.emit(len(self._asked))
        if asked is None or (asked[0] is not None and not isValid(asked[0])):
            return None
        return asked[1], asked[2]

    def _on_done(self, job: Job[Any], result: object) -> None:
        if (asked := self._take(job)) is not None:
            asked[0](result)

    def _on_refused(self, job: Job[Any], refusal: Exception) -> None:
        if (asked := self._take(job)) is not None:
            asked[1](refusal)

    def _on_broken(self, job: Job[Any], bug: Exception) -> None:
        self._take(job)
        self._broken(bug)
