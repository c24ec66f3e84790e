"""What the reading process answers: a portal's rows, a table's cells, a text's lines, XML's fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from papers.reading import cells, heading_rows, plain_lines, row_reader, xml_fields
from papers.reading.cell_text import packed
from papers.reading.guard import Checked
from papers.reading.portal import PackedRow
from papers.reading.retyped import Retyper, Retyping
from papers.reading.survey import PartSurvey
from papers.reading.unreadable import Unreadable

BATCH = 1_000


def request(
    ask: str,
    path: Path,
    checked: Checked,
    taught: dict[str, str],
    retypings: Iterable[Retyping] = (),
    needed: frozenset[str] | None = None,
    confirmed: Iterable[str] = (),
) -> tuple[Any, ...]:
    """The question to `of`: ``portal`` or ``tables``. `needed` are the fields that every row must say,
    `confirmed` credit codes that a person has confirmed from the licence."""
    parts = {name: tuple(survey) for name, survey in checked.parts.items()}
    typed = [tuple(each) for each in retypings]
    known = (checked.kind, checked.encoding, checked.has_errors, parts, checked.hidden)
    return ask, str(path), *known, taught, typed, needed, list(confirmed)


def of(asked: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """The messages that answer a request."""
    if asked[0] == plain_lines.ASK:
        yield from plain_lines.of(*asked[1:])
        return
    if asked[0] == xml_fields.ASK:
        yield from xml_fields.of(*asked[1:])
        return
    ask, path, kind, encoding, has_errors, parts, hidden, taught, typed, needed, confirmed = asked
    surveys = {name: PartSurvey(*found) for name, found in parts.items()}
    checked = Checked(kind, encoding, surveys, has_errors, hidden)
    sheets = cells.sheets(Path(path), checked)
    retypings = [Retyping(*each) for each in typed]
    if ask == "portal":
        yield from _portal(sheets, hidden, taught, retypings, needed, frozenset(confirmed))
    else:
        yield from _tables(sheets)


def _portal(
    sheets: Iterator[cells.Sheet],
    hidden: tuple[str, ...],
    taught: dict[str, str],
    retypings: list[Retyping],
    needed: frozenset[str] | None,
    confirmed: frozenset[str],
) -> Iterator[tuple[Any, ...]]:
    seen, found = row_reader.Seen(), False
    for sheet in sheets:
        heading, below = row_reader.heading_of(sheet, taught, needed)
        if heading is None:
            lines = sum(1 for row in below if any(cell not in ("", None) for cell in row.cells))
            yield ("sheet", sheet.name, lines, 0, [], ())
            continue
        found = True
        row_reader.check_columns(heading)
        noted = heading.noted_unit_fen
        columns = [tuple(one._replace(unit_fen=one.unit_fen or noted)) for one in heading.columns]
        yield ("sheet", sheet.name, sheet.height, heading.last, columns, sheet.hidden)
        retyper = Retyper(sheet.name, heading.columns, retypings) if retypings else None
        yield from _batches(row_reader.read(sheet, heading, below, seen, retyper, confirmed))
        if retyper is not None:
            yield ("retyped", [tuple(each) for each in retyper.done])
    if not found:
        raise Unreadable("headings_hidden", sheets=list(hidden)) if hidden else Unreadable("no_headings")


def _batches(packed: Iterator[row_reader.Packed]) -> Iterator[tuple[Any, ...]]:
    good: list[PackedRow] = []
    bad: list[tuple[Any, ...]] = []
    again: list[tuple[Any, ...]] = []
    for row, rejects, repeat in packed:
        if row is not None:
            good.append(row)
        elif repeat is not None:
            again.append(tuple(repeat))
        else:
            bad.extend(tuple(reject) for reject in rejects)
        if len(good) + len(bad) + len(again) >= BATCH:
            yield ("rows", good, bad, again)
            good, bad, again = [], [], []
    if good or bad or again:
        yield ("rows", good, bad, again)


def _tables(sheets: Iterator[cells.Sheet]) -> Iterator[tuple[Any, ...]]:
    for sheet in sheets:
        covered = {row: under for row, under in sheet.covered.items() if row <= heading_rows.SEARCHED_ROWS}
        yield ("sheet", sheet.name, sheet.since_1904, sheet.hidden, covered)
        lines: list[tuple[int, list[Any]]] = []
        for row in sheet.rows:
            lines.append((row.number, [cell if type(cell) is str else packed(cell) for cell in row.cells]))
            if len(lines) >= BATCH:
                yield ("lines", lines)
                lines = []
        if lines:
            yield ("lines", lines)
