"""A file's table as rows of text under headings, from CSV or XLSX, for the stand-alone calculation.

The file goes the way of every file from outside: the guard, the encoding and the mark between its cells, the
heading row by its words, with titles and notes above it. A text is streamed, so that a file of any length
costs the memory of one row; a workbook is read in the reading process. Nothing is dropped on the way: a row
keeps its cells as they stand there, and blank lines are the only thing between rows.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from papers.reading import cells, guard, heading_rows, portal_headings
from papers.reading.cells import Row, is_error
from papers.reading.heading_rows import Located
from papers.reading.portal_headings import PortalColumn
from papers.reading.unreadable import Unreadable

if TYPE_CHECKING:
    from papers.reading.reader import Table

_EVERY = 2_000
"""Rows between two tellings of progress."""
_MERGED = "#merged"
_NOT_THERE = frozenset(("#formula", _MERGED))
"""What `answers` says of cells whose value is not there."""

Covered = Mapping[int, Mapping[int, tuple[int, int]]]
Progress = Callable[[int, int], object]
"""Called now and then with how much is done, and of how much."""


class UnreadableFile(ValueError):
    """The file as a whole can't be calculated: a code and parameters for the sentence."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class TextRows:
    """``headings`` as they stand in the file, and the rows under them, each as wide as it is there.

    ``columns`` are those that a portal's file would have of the headings, with their fields and units;
    ``noted_unit_fen`` the unit that a note above the table names, or 0. ``hidden`` are the rows that a filter
    or a hand hides, ``hidden_sheets`` the sheets that nobody sees. ``troubled``: a cell's value may not be
    there (`is_trouble`). ``of_cells``: cells may hold something else than text (`papers.reading.cell_text`).
    ``words`` are those of the heading row, by which it is known where it stands again.
    """

    headings: tuple[str, ...]
    rows: Iterator[list[str]]
    columns: tuple[PortalColumn, ...] = ()
    noted_unit_fen: int = 0
    hidden: tuple[int, ...] = ()
    troubled: bool = False
    hidden_sheets: tuple[str, ...] = ()
    of_cells: bool = False
    words: tuple[str, ...] = ()


def is_trouble(text: str) -> bool:
    """Whether a cell says that its value is not there: ``#N/A``, or a formula that was never calculated."""
    return text[:1] == "#" and (text in _NOT_THERE or is_error(text))


@contextmanager
def opened(path: Path, progress: Progress | None = None) -> Iterator[TextRows]:
    """The file at a path, open for as long as the context lasts.

    Raises:
        Unreadable: it is no table, or may do harm; while it is read, a line of it is broken.
        UnreadableFile: it has no row.
    """
    checked = guard.check(path, streamed=True)
    if checked.kind != "csv":
        yield _of_workbook(path, checked.hidden)
        return
    with path.open("rb") as file, io.TextIOWrapper(file, checked.encoding, newline="") as text:
        size = path.stat().st_size

        def told(lines: Iterator[list[str]], progress: Progress) -> Iterator[list[str]]:
            for number, line in enumerate(lines):
                yield line
                if not number % _EVERY:
                    progress(file.tell(), size)

        every = cells.text_cells(text)
        lines = every if progress is None else told(every, progress)
        numbered = ((number, line) for number, line in enumerate(lines, 1) if line)
        yield _headed(_first(numbered), filter(None, lines), path.name, checked.has_errors, {})


def _of_workbook(path: Path, hidden: tuple[str, ...]) -> TextRows:
    """Every sheet whose headings are known, one below the other; where none are, the first that holds
    anything. Blank rows are none."""
    from papers.reading import reader  # only a workbook needs the reader's process

    tables = [table for table in reader.tables(path) if any(map(_holds, table.lines))]
    known = [table for table in tables if _located(_first(table.lines), table.covered)[1] is not None]
    if not tables and hidden:
        raise Unreadable("headings_hidden", sheets=list(hidden))
    found = [(table.name, _of_sheet(table, path.name)) for table in known or tables[:1]]
    whole = _joined(found) if found else _headed([], iter(()), path.name, True, {})
    return replace(whole, hidden_sheets=hidden, of_cells=True)


def _of_sheet(table: Table, file: str) -> TextRows:
    numbered = iter([line for line in table.lines if _holds(line)])
    found = _headed(_first(numbered), (line for _, line in numbered), file, True, table.covered)
    return replace(found, hidden=table.hidden)


def _joined(sheets: Sequence[tuple[str, TextRows]]) -> TextRows:
    """The sheets as one table, the columns of the later ones under the headings of the first; what only a
    later one has stands behind.

    Raises:
        Unreadable: ``sheets_differ``: two of them call one field otherwise, or name another unit, so that
            one column could not hold both.
    """
    first_name, whole = sheets[0]
    headings, columns, hidden = list(whole.headings), list(whole.columns), list(whole.hidden)
    moves = [(whole.rows, list(range(len(headings))))]
    for name, sheet in sheets[1:]:
        places = [_place(headings, heading, at, sheet.headings) for at, heading in enumerate(sheet.headings)]
        moved = [column._replace(place=places[column.place]) for column in sheet.columns]
        held = {column.field: column for column in columns if column.field}
        unlike = any(column.field in held and held[column.field] != column for column in moved)
        if unlike or sheet.noted_unit_fen != whole.noted_unit_fen:
            raise Unreadable("sheets_differ", first=first_name, second=name)
        columns += [column for column in moved if column not in columns]
        moves.append((sheet.rows, places))
        hidden += sheet.hidden
    if len(sheets) == 1:
        return whole
    rows = chain.from_iterable(_moved(rows, places, len(headings)) for rows, places in moves)
    return replace(whole, headings=tuple(headings), columns=tuple(columns), rows=rows, hidden=tuple(hidden))


def _place(headings: list[str], heading: str, at: int, beside: Sequence[str]) -> int:
    """Where a later sheet's column stands: under the same heading, of several the one of the same turn."""
    turn = beside[:at].count(heading)
    same = [place for place, other in enumerate(headings) if other == heading]
    if turn < len(same):
        return same[turn]
    headings.append(heading)
    return len(headings) - 1


def _moved(rows: Iterator[list[str]], places: Sequence[int], width: int) -> Iterator[list[str]]:
    """Rows with their cells in the joined table's columns; what a row has more stays beyond them all."""
    for row in rows:
        moved = [""] * width
        for place, cell in zip(places, row, strict=False):
            moved[place] = cell
        yield moved + row[len(places) :]


def _holds(line: tuple[int, list[str]]) -> bool:
    return any(cell.strip() and cell != _MERGED for cell in line[1])


def _first(lines: Iterable[tuple[int, list[str]]]) -> list[Row]:
    return [Row(number, list(line)) for number, line in islice(lines, heading_rows.SEARCHED_ROWS)]


def _located(start: list[Row], covered: Covered) -> tuple[list[Row], Located | None]:
    """The first rows as they look, with nothing under a merged cell, and where the headings stand in them."""
    if covered:
        start = [Row(number, ["" if cell == _MERGED else cell for cell in row]) for number, row in start]
    return start, heading_rows.located(start, covered, {})


def _headed(
    start: list[Row], rest: Iterator[list[str]], name: str, troubled: bool, covered: Covered
) -> TextRows:
    """The headings among the first rows, and all rows below them."""
    if not start:
        raise UnreadableFile("calculate.empty", file=name)
    seen, found = _located(start, covered)
    at = 0 if found is None else found.at
    below = chain([row.cells for row in start[at + 1 :]], rest)
    texts = [str(cell) for cell in seen[at].cells]
    columns: tuple[PortalColumn, ...] = ()
    if found is not None:
        for place, _, heading in found.headings:
            texts += [""] * (place + 1 - len(texts))
            texts[place] = texts[place] or heading
        columns = _columns(found.headings, found.over)
    while texts and not texts[-1].strip():
        texts.pop()
    noted = found.noted_unit_fen if found else 0
    words = tuple(str(cell).strip() for cell in seen[at].cells if str(cell).strip())
    return TextRows(tuple(texts), below, columns, noted, (), troubled, words=words)  # type: ignore[arg-type]


def _columns(
    headings: list[tuple[int, str, str]], over: Mapping[int, Sequence[str]]
) -> tuple[PortalColumn, ...]:
    """What a portal's file would mean by the headings. Of two that can't be told apart neither is it: the
    names that packs give their facts are asked for first anyway."""
    left_out: dict[str, str] = {}
    for _ in headings:
        try:
            return tuple(portal_headings.assign(headings, left_out, over))
        except Unreadable as fault:
            if fault.code != "two_columns":
                raise
            left_out |= {portal_headings.taught_key(each): "" for each in fault.params["headings"]}  # type: ignore[attr-defined]
    return ()
