"""The process that parses files from outside, with limits on its memory and time, and the pipe from it.

A parser that is led to take all memory, to run for ever or to abort takes only this process with it. It
gets one request on its standard input and answers with messages on its standard output, both as length and
`marshal`: numbers, texts and lists, nothing that could run. Where the system knows limits of memory (POSIX)
they are set first; everywhere it is ended when it makes no progress.

A frozen program has no interpreter to start: there the program itself is started with `FLAG`, and its first
line must be `serve_if_asked`.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import marshal
import os
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Generator
from pathlib import Path
from typing import IO, Any

from papers.reading.unreadable import Unreadable

FLAG = "--read-a-file"
MOST_MEMORY = 900 * (1 << 20)
"""Bytes of address space. 100,000 rows of 26 columns take 450 MB of it."""
MOST_CPU_SECONDS = 120
STALLED_SECONDS = 15.0
"""Without a message. The first comes once the file is parsed: 100,000 rows take three."""
_LOOK_SECONDS = 0.05
"""Between two looks at whether the child stalls or is to stop."""
TABLES = "papers.reading.answers"
"""What answers where nothing else is said."""
_LENGTH = 8
_LARGEST_MESSAGE = 1 << 28
_BOOT = "import sys; sys.path.insert(0, sys.argv[1]); from papers.reading import child; child.serve()"

Message = tuple[Any, ...]


def run(
    request: tuple[Any, ...],
    stalled: float = STALLED_SECONDS,
    stopped: Callable[[], bool] | None = None,
    answering: str = TABLES,
) -> Generator[Message]:
    """The child's messages, as they come. Closing the iterator ends the child.

    Args:
        stalled: seconds without a message after which the child is ended.
        stopped: asked while waiting; where it says so the child is ended, as if it had stalled.
        answering: the module whose `of` answers the request, there.

    Raises:
        Unreadable: the child found the file unreadable, or was ended, or ended itself (``too_heavy``).
        RuntimeError: a bug in the child, with its traceback.
    """
    process = subprocess.Popen(
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    assert process.stdin is not None and process.stdout is not None
    watch = _Watch(process, stalled, stopped)
    try:
        with contextlib.suppress(BrokenPipeError):
            _send(process.stdin, (answering, request))
            process.stdin.close()
        while message := _receive(process.stdout):
            watch.progress()
            if message[0] == "end":
                return
            if message[0] == "unreadable":
                raise Unreadable(message[1], **message[2])
            if message[0] == "bug":
                raise RuntimeError(message[1])
            yield message
            watch.progress()
        raise Unreadable("too_heavy")
    finally:
        watch.stop()
        process.kill()
        process.stdout.close()
        with contextlib.suppress(OSError):
            process.stdin.close()
        process.wait()


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    return [sys.executable, "-I", "-c", _BOOT, str(Path(__file__).resolve().parents[2])]


class _Watch:
    """Ends a process that is silent for too long."""

    def __init__(
        self, process: subprocess.Popen[bytes], stalled: float, stopped: Callable[[], bool] | None = None
    ) -> None:
        self._process, self._stalled = process, stalled
        self._stopped = stopped or (lambda: False)
        self._last = time.monotonic()
        self._done, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="reader-watch", daemon=True)
        self._thread.start()

    def progress(self) -> None:
        self._last = time.monotonic()

    def stop(self) -> None:
        self._done.set()
        self._ended.wait()  # `join` would leave an entry for a caller's thread that Python did not start

    def _run(self) -> None:
        try:
            while not self._done.wait(_LOOK_SECONDS):
                if self._stopped() or time.monotonic() - self._last > self._stalled:
                    self._process.kill()
                    return
        finally:
            self._ended.set()


def _send(pipe: IO[bytes], message: Message) -> None:
    content = marshal.dumps(message)
    pipe.write(len(content).to_bytes(_LENGTH, "little"))
    pipe.write(content)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Message:
    """The next message, or an empty one where the other end is gone."""
    length = pipe.read(_LENGTH)
    if len(length) < _LENGTH:
        return ()
    size = int.from_bytes(length, "little")
    if size > _LARGEST_MESSAGE:
        return ()
    content = pipe.read(size)
    if len(content) < size:
        return ()
    message: Message = marshal.loads(content)
    return message


# --- in the child ----------------------------------------------------------------------------------------


def serve_if_asked() -> None:
    """In a frozen program's first line: becomes the reading process where `FLAG` asks for it."""
    if sys.argv[1:2] == [FLAG]:
        serve()
        sys.exit(0)


def serve() -> None:
    """Answers one request and ends."""
    _limit()
    gc.disable()  # nothing here is circular, and the process ends with the file
    with os.fdopen(0, "rb", closefd=False) as inbox, os.fdopen(1, "wb", closefd=False) as outbox:
        request = _receive(inbox)
        _answer(request, lambda message: _send(outbox, message))


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows: the guard's sizes and the watch stand alone
        return
    for kind, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_CPU_SECONDS)):
        with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of address space
            resource.setrlimit(kind, (most, most))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(request: Message, send: Callable[[Message], None]) -> None:
    try:
        answering, asked = request
        for message in importlib.import_module(answering).of(asked):
            send(message)
        send(("end",))
    except Unreadable as error:
        send(("unreadable", error.code, error.params))
    except MemoryError:
        send(("unreadable", "too_heavy", {}))
    except BrokenPipeError:
        return
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # calamine met what its authors did not expect
            send(("unreadable", "damaged", {}))
        else:
            send(("bug", traceback.format_exc()))
