"""The rows near those on screen, by pages: read in a worker, a few kept, the rest forgotten.

Who asks for a row waits a moment for its page, so that scrolling shows no gaps; where the page takes
longer (the disk is busy, an import runs), the row stays empty until it is there and the window never
stands still.
"""

import threading
from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject

from desktop.kit.jobs import Workers
from desktop.lists.spec import NOTHING, Column, Shown

PAGE, KEPT = 64, 32
"""Rows of a page, and how many pages are kept."""
WAIT = 0.02
"""Seconds that one who asks waits."""

ShownRow = tuple[tuple[Any, ...], tuple[Shown, ...]]
"""The stored values of a row, and the same as shown."""


class RowPages:
    """The pages of one order of rows at a time."""

    def __init__(
        self,
        workers: Workers,
        owner: QObject,
        columns: Sequence[Column],
        rows: Callable[[Sequence[int]], list[tuple[Any, ...]]],
        came: Callable[[int, int], None],
    ) -> None:
        self._workers, self._owner, self._columns, self._rows, self._came = (
            workers,
            owner,
            columns,
            rows,
            came,
        )
        self._gone: ShownRow = ((), (NOTHING,) * len(columns))
        self._ids = array("q")
        self._kept: OrderedDict[int, list[ShownRow]] = OrderedDict()
        self._asked: dict[int, threading.Event] = {}

    def start_anew(self, ids: "array[int]") -> None:
        """Another order, or the same after something changed: what was read is forgotten."""
        self._ids, self._kept, self._asked = ids, OrderedDict(), {}

    def row(self, number: int) -> ShownRow | None:
        """A row; None where its page is still being read."""
        page, at = divmod(number, PAGE)
        kept = self._kept.get(page)
        if kept is None:
            kept = self._wait_for(page)
            if kept is None:
                return None
        return kept[at]

    def _wait_for(self, page: int) -> list[ShownRow] | None:
        ready = self._asked.get(page)
        if ready is not None:
            return None  # it was waited for once
        self._ask(page).wait(WAIT)
        kept = self._kept.get(page)
        if kept is not None and (page + 1) * PAGE < len(self._ids) and page + 1 not in self._kept:
            self._ask(page + 1)
        return kept

    def _ask(self, page: int) -> threading.Event:
        if page in self._asked:
            return self._asked[page]
        ready = self._asked[page] = threading.Event()
        kept, ids = self._kept, self._ids[page * PAGE : (page + 1) * PAGE]

        def read(job: object) -> list[ShownRow]:
            kept[page] = rows = self.read(ids)
            ready.set()
            return rows

        def then(rows: list[ShownRow]) -> None:
            if kept is not self._kept:
                return
            self._asked.pop(page, None)
            while len(kept) > KEPT:
                kept.popitem(last=False)
            self._came(page * PAGE, page * PAGE + len(rows) - 1)

        self._workers.start(read, then, owner=self._owner, pool="rows")
        return ready

    def read(self, ids: Sequence[int]) -> list[ShownRow]:
        """Rows by their numbers, now, on the caller's thread."""
        columns = self._columns
        return [
            (values, tuple(column.shown(value) for column, value in zip(columns, values, strict=True)))
            if values
            else self._gone
            for values in self._rows(ids)
        ]
