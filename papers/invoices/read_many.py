"""Many invoices at once: files, folders and zips, read in guarded processes on all cores.

    found = read_many([Path("发票")], progress)

Each process reads one file after the other. A file on which it takes too long, or all memory, is refused; the
files behind it are read by the next process.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from papers.invoices import together
from papers.invoices.answers import MODULE, Entry, unpacked
from papers.invoices.invoice import Refusal, Source
from papers.reading import child
from papers.reading.unreadable import Stopped, Unreadable

Progress = Callable[[int, int], object]
"""Called with how many files are done, and of how many."""
BATCH = 500
"""Files that are handed to a process at once; it may hand back what it has no more time for."""
STALLED_SECONDS = 12.0


def read_many(
    paths: Iterable[Path],
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
    workers: int | None = None,
) -> list[Entry]:
    """The invoices of all files in the order given, with what is found among them (`together.judged`).

    Args:
        paths: files, folders and zips; one that can't be read is a `Refusal` and stops nothing.
        progress: see `Progress`; called on this call's thread or on another.
        stopped: asked a few times a second; where it says so, the reading ends.
        workers: how many processes; not said: one a core.

    Raises:
        Stopped: `stopped` said so.
    """
    found = _read(list(paths), progress, stopped, workers)
    return together.judged(each for entries in found for each in entries)


def _read(
    paths: list[Path],
    progress: Progress | None,
    stopped: Callable[[], bool] | None,
    workers: int | None,
) -> list[list[Entry]]:
    found: list[list[Entry]] = []
    wanted: list[tuple[int, Source]] = []
    for number, each in enumerate(_listed(paths, stopped)):
        found.append([each] if isinstance(each, Refusal) else [])
        if isinstance(each, Source):
            wanted.append((number, each))
    cores = workers or os.cpu_count() or 1
    size = max(1, min(BATCH, -(-len(wanted) // cores)))
    batches = deque(wanted[at : at + size] for at in range(0, len(wanted), size))
    run = _Run(found, len(wanted), progress, stopped)
    with ThreadPoolExecutor(max_workers=min(cores, max(1, len(batches)))) as pool:
        try:
            for done in [pool.submit(run.batch, batch) for batch in batches]:
                done.result()
        except BaseException:  # interrupted, or a bug: the other processes end too
            run.ended.set()
            raise
    if stopped is not None and stopped():
        raise Stopped
    return found


def _listed(paths: list[Path], stopped: Callable[[], bool] | None) -> Iterable[Source | Refusal]:
    """The sources; a file that is no zip needs no process to be listed."""
    for path in paths:
        if path.is_file() and not _may_be_zip(path):
            yield Source(str(path))
            continue
        asked = ("list", [str(path)])
        try:
            with contextlib.closing(child.run(asked, STALLED_SECONDS, stopped, MODULE)) as messages:
                for kind, *parts in messages:
                    yield Source(*parts) if kind == "source" else Refusal(Source(*parts[:-1]), parts[-1])
        except Unreadable as error:
            if stopped is not None and stopped():
                raise Stopped from None
            yield Refusal(Source(str(path)), error.code)


def _may_be_zip(path: Path) -> bool:
    """Whether it begins as a zip, and not as an OFD by its name."""
    try:
        with path.open("rb") as file:
            return file.read(2) == b"PK" and path.suffix.lower() != ".ofd"
    except OSError:
        return False


class _Run:
    """One reading: what is found, and how far it is."""

    def __init__(
        self,
        found: list[list[Entry]],
        total: int,
        progress: Progress | None,
        stopped: Callable[[], bool] | None,
    ) -> None:
        self._found, self._total, self._progress = found, total, progress
        self.ended = threading.Event()
        self._asked = stopped or (lambda: False)
        self._done, self._lock = 0, threading.Lock()

    def _stopped(self) -> bool:
        return self.ended.is_set() or self._asked()

    def batch(self, batch: list[tuple[int, Source]]) -> None:
        """Read a batch, in as many processes as it takes."""
        while batch and not self._stopped():
            asked = ("read", [tuple(source) for _, source in batch])
            at = 0
            try:
                with contextlib.closing(child.run(asked, STALLED_SECONDS, self._stopped, MODULE)) as messages:
                    for _, entries in messages:
                        self._take(batch[at][0], [unpacked(entry) for entry in entries])
                        at += 1
            except Unreadable as error:
                if self._stopped():
                    return
                number, source = batch[at]
                self._take(number, [Refusal(source, error.code)])
                at += 1
            batch = batch[at:]

    def _take(self, number: int, entries: list[Entry]) -> None:
        with self._lock:
            self._found[number] = entries
            self._done += 1
            if self._progress is not None:
                self._progress(self._done, self._total)
