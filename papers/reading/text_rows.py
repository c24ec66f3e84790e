"""Files as rows of text under headings, from CSV or XLSX, for the stand-alone calculation.

A CSV file is UTF-8 (with or without a byte order mark) or GB18030, told apart by reading it once; it is then
streamed, so that a file of any length costs the memory of one row. Nothing is dropped on the way: a row keeps
its cells as they stand there, and blank lines are the only thing between rows. A workbook goes through the
guard and the reading process, as every file from outside.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

ENCODINGS = ("utf-8-sig", "gb18030")
_CHUNK = 1 << 20

Progress = Callable[[int, int], object]
"""Called now and then with how much is done, and of how much."""


class UnreadableFile(ValueError):
    """The file as a whole can't be read: a code and parameters for the sentence."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class TextRows:
    """``headings`` as they stand in the file, and the rows under them, each as wide as it is there."""

    headings: tuple[str, ...]
    rows: Iterator[list[str]]


def encoding_of(file: BinaryIO, name: str) -> str:
    """Which of the known encodings the file is written in.

    Raises:
        UnreadableFile: none of them.
    """
    for encoding in ENCODINGS:
        file.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            while chunk := file.read(_CHUNK):
                if b"\x00" in chunk:  # UTF-16, or no text at all
                    raise UnreadableFile("calculate.not_text", file=name)
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise UnreadableFile("calculate.not_text", file=name)


@contextmanager
def opened(path: Path, progress: Progress | None = None) -> Iterator[TextRows]:
    """The file at a path, open for as long as the context lasts.

    Raises:
        UnreadableFile: it is empty, no text, no workbook, or a line of it is broken.
        OSError: it can't be opened.
    """
    with path.open("rb") as file:
        start = file.read(8)
        if start.startswith(b"PK\x03\x04"):
            yield _headed(_workbook_rows(path), path.name)
            return
        if start.startswith(b"\xd0\xcf\x11\xe0"):  # .xls, or a workbook with a password
            raise UnreadableFile("calculate.old_workbook", file=path.name)
        encoding = encoding_of(file, path.name)
        file.seek(0)
        yield _headed(_csv_rows(file, encoding, path, progress), path.name)


def _headed(rows: Iterator[list[str]], name: str) -> TextRows:
    headings = next(rows, None)
    if headings is None:
        raise UnreadableFile("calculate.empty", file=name)
    return TextRows(tuple(headings), rows)


def _csv_rows(file: BinaryIO, encoding: str, path: Path, progress: Progress | None) -> Iterator[list[str]]:
    size = path.stat().st_size
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    reader = csv.reader(text, strict=True)  # a quote that is never closed must not swallow the rows after it
    try:
        for number, row in enumerate(reader):
            if row:
                yield row
            if progress is not None and not number % 2_000:
                progress(file.tell(), size)
    except csv.Error as fault:
        raise UnreadableFile("calculate.broken_line", file=path.name, line=reader.line_num) from fault


def _workbook_rows(path: Path) -> Iterator[list[str]]:
    """The rows of a workbook's first sheet that holds any, the headings first; blank rows are no rows.

    Raises:
        papers.reading.unreadable.Unreadable: it is no workbook, or it may do harm.
    """
    from papers.reading import reader  # only a workbook needs the reader's process

    for table in reader.tables(path):
        lines = [cells for _, cells in table.lines if any(cell.strip() for cell in cells)]
        if lines:
            width = max(place for place, cell in enumerate(lines[0], 1) if cell.strip())
            yield lines[0][:width]
            yield from lines[1:]
            return
