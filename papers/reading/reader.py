"""Reading files from outside: guard, then a process with limits, then rows.

from papers.reading import reader
file = reader.portal(Path("round.xlsx"))
for row in file.rows: ...
for reject in file.rejects: print(reject.say("zh"))
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from papers.reading import answers, child, guard, portal_headings
from papers.reading.cell_text import unpacked
from papers.reading.portal import PortalFile, PortalRow, Reject, Repeat, SheetRead, unpack
from papers.reading.portal_headings import PortalColumn
from papers.reading.retyped import Retyped, Retyping
from papers.reading.unreadable import Stopped as Stopped
from papers.reading.unreadable import Unreadable

Progress = Callable[[int, int], bool | None]
"""Called with rows done and rows of the sheet (0: not known); an answer of False stops the reading."""


class Table(NamedTuple):
    """One visible sheet as text: (row as Excel shows it, cells from column A on), the rows that a filter or a
    hand hides, and the cells under merged ones where a heading may stand, as `cells.Sheet` has them."""

    name: str
    lines: list[tuple[int, list[str]]]
    hidden: tuple[int, ...] = ()
    covered: Mapping[int, Mapping[int, tuple[int, int]]] = {}


def portal(
    path: Path,
    taught: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    retypings: Iterable[Retyping] = (),
    stopped: Callable[[], bool] | None = None,
    needed: frozenset[str] | None = None,
    confirmed: Iterable[str] = (),
) -> PortalFile:
    """The applications of a portal's workbook or CSV.

    Args:
        path: the file.
        taught: heading to field, for headings that are not known; an empty field leaves a column as a fact.
        progress: see `Progress`.
        retypings: what to read in the place of some cells.
        stopped: asked on another thread, a few times a second, also while a large file is being parsed.
        needed: the fields that a file must have; not said: those that any scheme may ask for.
        confirmed: credit codes that a person has confirmed from the licence.

    Raises:
        Unreadable: the file is no table of applications, or may do harm.
        Stopped: `progress` or `stopped` said so.
    """
    rows: list[PortalRow] = []
    rejects: list[Reject] = []
    repeats: list[Repeat] = []
    sheets: list[SheetRead] = []
    retyped: list[Retyped] = []
    given = (path, taught, retypings, retyped, stopped, needed, confirmed)
    with contextlib.closing(portal_batches(*given)) as batches:
        for sheet, good, bad, again in batches:
            if not sheets or sheets[-1] is not sheet:
                sheets.append(sheet)
            rows += good
            rejects += bad
            repeats += again
            done = len(rows) + len(repeats) + len(rejects)
            if progress is not None and progress(done, sheet.height) is False:
                raise Stopped
    return PortalFile(tuple(rows), tuple(rejects), tuple(repeats), tuple(sheets), tuple(retyped))


def portal_batches(
    path: Path,
    taught: Mapping[str, str] | None = None,
    retypings: Iterable[Retyping] = (),
    retyped: list[Retyped] | None = None,
    stopped: Callable[[], bool] | None = None,
    needed: frozenset[str] | None = None,
    confirmed: Iterable[str] = (),
) -> Generator[tuple[SheetRead, list[PortalRow], list[Reject], list[Repeat]]]:
    """The same in batches as they are read: sheet, rows, rejects, repeats. A sheet's first batch is empty.

    Args:
        retyped: takes what was read as retyped.
        confirmed: credit codes that a person has confirmed from the licence.

    Raises:
        Unreadable: at any batch; what came before must not be kept.
        Stopped: `stopped` said so.
    """
    known = portal_headings.taught_fields(taught or {})
    sheet = SheetRead("", 0, 0, ())
    checked = guard.check(path, stopped=stopped)
    asked = answers.request("portal", path.absolute(), checked, known, retypings, needed, confirmed)
    with contextlib.closing(child.run(asked, stopped=stopped)) as messages:
        for kind, *parts in _until_stopped(messages, stopped):
            if kind == "sheet":
                name, height, heading_row, found, hidden = parts
                columns = tuple(PortalColumn(*column) for column in found)
                sheet = SheetRead(name, height, heading_row, columns, frozenset(hidden))
                yield sheet, [], [], []
            elif kind == "retyped":
                if retyped is not None:
                    retyped.extend(Retyped(*each) for each in parts[0])
            else:
                good, bad, again = parts
                yield (
                    sheet,
                    unpack(good),
                    [Reject(*reject) for reject in bad],
                    [Repeat(*repeat) for repeat in again],
                )


def _until_stopped(
    messages: Iterable[child.Message], stopped: Callable[[], bool] | None
) -> Iterator[child.Message]:
    """The messages; a process that was ended because someone stopped it is no fault of the file's."""
    try:
        yield from messages
    except Unreadable:
        if stopped is not None and stopped():
            raise Stopped from None
        raise


def tables(path: Path) -> list[Table]:
    """Every visible sheet of a workbook (or a CSV's one table) as text, for files that are no portal's.

    Numbers come with the digits that a spreadsheet shows, dates as ISO, truth values as yes and no, each with
    what it is (`papers.reading.cell_text.CellText`); an error cell as its text, a formula that was never
    calculated as ``#formula``, a cell under a merged one as ``#merged``.

    Raises:
        Unreadable: the file is no table, or may do harm.
    """
    found: list[Table] = []
    asked = answers.request("tables", path.absolute(), guard.check(path), {})
    with contextlib.closing(child.run(asked)) as messages:
        for kind, *parts in messages:
            if kind == "sheet":
                name, since_1904, hidden, covered = parts
                found.append(Table(name, [], hidden, covered))
            else:
                found[-1].lines.extend(
                    (number, [unpacked(cell, since_1904) for cell in line]) for number, line in parts[0]
                )
    return found
