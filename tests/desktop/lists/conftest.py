"""A list of made-up numbers, so that the table is tested without an office."""

import threading
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from casework.core.cursor_reads import Stop
from desktop.kit.jobs import Workers
from desktop.kit.theme import Meaning
from desktop.lists.spec import Column, TableSpec


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers 1 to ``upto``, in order."""

    upto: int = 1000
    sort: str = "name"
    descending: bool = False


def _odd(value: str) -> Meaning:
    return "done" if value == "odd" else "look"


@dataclass
class Reader:
    """Answers a table's questions and remembers them. A question of 13 waits until stopped or let go."""

    pages: list[list[int]] = field(default_factory=list)
    asked: list[Numbers] = field(default_factory=list)
    told: list[int] = field(default_factory=list)
    stopped: list[Numbers] = field(default_factory=list)
    go: threading.Event = field(default_factory=threading.Event)

    def ids(self, query: Numbers, stop: Stop) -> "array[int]":
        self.asked.append(query)
        if query.upto == 13:
            while not self.go.wait(0.005):
                if stop.stopped:
                    self.stopped.append(query)
                    stop.check()
        numbers = range(1, query.upto + 1)
        return array("q", reversed(numbers) if query.descending else numbers)

    def rows(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        self.pages.append(list(ids))
        return [
            (f"row {n}", n * 1234, "odd" if n % 2 else "even", f"9144030012345678{n % 100:02d}", None)
            if n != 7
            else ()
            for n in ids
        ]

    def said(self, ids: Sequence[int], stop: Stop) -> str:
        self.told.append(len(ids))
        return f"sum of {len(ids)}"

    def spec(self) -> TableSpec[Numbers]:
        columns = (
            Column("case_no", width=100),
            Column("contract_amount", "money", width=110),
            Column("state", "chip", width=90, meaning=_odd),
            Column("applicant_code", "number_text", width=160, hidden=True),
            Column("reasons", width=120),
        )
        return TableSpec("applications", columns, self.ids, self.rows, self.said)


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def workers(dressed: QApplication, bugs: list[BaseException]) -> Iterator[Workers]:
    workers = Workers(bugs.append)
    yield workers
    workers.stop()
    assert not bugs, bugs
