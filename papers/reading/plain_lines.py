"""The lines of a text as cells, parted by one mark, for files whose columns are told elsewhere. Runs in the
child process.

A text of commas, tabs or semicolons may have quotes; one of bars has none.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from papers.reading.unreadable import Unreadable

ASK = "plain lines"
MARKS = ("|", "\t", ",", ";", "，")
QUOTED = frozenset(",\t;")
MOST_LINES = 200_000
MOST_CELLS = 2_000
"""In one line."""
_SEARCHED = 200
_BATCH = 2_000


def of(path: str, encoding: str, separator: str) -> Iterator[tuple[Any, ...]]:
    """``("lines", [(number, cells), …])``, and once ``("open end", whether the last line has no end)``.

    Raises:
        Unreadable: ``encoding``: it is not in this one; ``csv``, ``too_many_rows``, ``too_wide``.
    """
    content = Path(path).read_bytes()
    try:
        text = content.decode(encoding).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError) as error:
        raise Unreadable("encoding") from error
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    open_end = bool(lines[-1])
    if not open_end:
        lines.pop()
    if len(lines) > MOST_LINES:
        raise Unreadable("too_many_rows", most=MOST_LINES, row=len(lines))
    batch: list[tuple[int, list[str]]] = []
    for number, cells in _parted(lines, separator or usual_mark(lines)):
        if len(cells) > MOST_CELLS:
            raise Unreadable("too_wide", most=MOST_CELLS, column=str(len(cells)))
        batch.append((number, cells))
        if len(batch) >= _BATCH:
            yield "lines", batch
            batch = []
    yield "lines", batch
    yield "open end", open_end


def usual_mark(lines: list[str]) -> str:
    """The mark that stands most often in one of the first lines; a comma where none does."""
    most = {mark: max((line.count(mark) for line in lines[:_SEARCHED]), default=0) for mark in MARKS}
    best = max(MARKS, key=lambda mark: most[mark])
    return best if most[best] else ","


def _parted(lines: list[str], mark: str) -> Iterator[tuple[int, list[str]]]:
    if mark not in QUOTED:
        yield from ((number, line.split(mark)) for number, line in enumerate(lines, 1))
        return
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=mark, strict=True)
    try:
        before = 0
        for cells in reader:
            yield before + 1, cells
            before = reader.line_num
    except csv.Error as error:
        raise Unreadable("csv", row=reader.line_num) from error
