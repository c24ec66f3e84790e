"""Where a table begins: the heading rows, found by their words, and the lines that are no rows."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from papers.reading import portal_headings
from papers.reading.cells import Row
from papers.reading.heading_units import noted_unit
from papers.reading.portal_headings import PortalColumn
from papers.reading.portal_values import Cell, Trouble

SEARCHED_ROWS = 60
"""How far down a table may begin."""
FEWEST = 4
"""Headings that must be known for a row to be the heading row."""
_DEEPEST = 3
_BLANKS = "\u200b\ufeff \t\r\n\u3000\xa0"


class Heading(NamedTuple):
    """The heading of a table. `last` is the number of its last row; `noted_unit_fen` a note's unit, or 0;
    `needed` are the fields that every row must say."""

    last: int
    columns: tuple[PortalColumn, ...]
    noted_unit_fen: int
    words: tuple[str, ...]
    needed: frozenset[str]


class Located(NamedTuple):
    """Where headings stand: the place of their last row among the rows, (column, group, heading) of each
    column, a note's unit, or 0, and what stands over each column and is no part of its heading, the nearest
    first."""

    at: int
    headings: list[tuple[int, str, str]]
    noted_unit_fen: int
    over: Mapping[int, list[str]]


def find(
    rows: Sequence[Row],
    covered: Mapping[int, Mapping[int, tuple[int, int]]],
    taught: Mapping[str, str],
    needed: frozenset[str] | None = None,
) -> Heading | None:
    """The heading among a sheet's first rows, or None where too few words are known.

    The lowest of up to three rows holds the headings, the ones above it groups of headings; a column whose
    lower cell is empty has its heading above.

    Args:
        needed: the fields that a file must have; not said: those that any scheme may ask for.

    Raises:
        papers.reading.unreadable.Unreadable: two columns claim one field, or a currency that is not yuan.
    """
    found = located(rows, covered, taught)
    if found is None:
        return None
    last = rows[found.at]
    words = tuple(cell.strip() for cell in last.cells if isinstance(cell, str) and cell.strip())
    columns = tuple(portal_headings.assign(found.headings, taught, found.over))
    must = portal_headings.needed() if needed is None else needed
    return Heading(last.number, columns, found.noted_unit_fen, words, must)


def located(
    rows: Sequence[Row], covered: Mapping[int, Mapping[int, tuple[int, int]]], taught: Mapping[str, str]
) -> Located | None:
    """Where the headings stand, before anyone says which column is what."""
    best: tuple[int, int, list[tuple[int, str, str]], int] | None = None
    for at in range(min(len(rows), SEARCHED_ROWS)):
        for depth in range(1, min(_DEEPEST, at + 1) + 1):
            block = rows[at - depth + 1 : at + 1]
            if depth > 1 and block[-1].number - block[0].number >= _DEEPEST:
                continue
            headings = _headings(block, covered)
            score = _score(headings, taught)
            if score >= FEWEST and (best is None or (score, -depth) > best[:2]):
                best = (score, -depth, headings, at)
    if best is None:
        return None
    _, depth, headings, at = best
    above = rows[: at + depth + 1]
    notes = [cell for row in above for cell in row.cells if isinstance(cell, str) and cell]
    noted = next((unit for note in notes if (unit := noted_unit(note))), 0)
    return Located(at, headings, noted, _over(above, covered, max(column for column, _, _ in headings) + 1))


def _over(
    above: Sequence[Row], covered: Mapping[int, Mapping[int, tuple[int, int]]], width: int
) -> dict[int, list[str]]:
    """What stands over each column: groups that tell no heading apart, so that they are no part of it, and
    titles, which stand over all, may still name the unit of the amounts under them."""
    over: dict[int, list[str]] = {}
    for row in reversed(above):
        said = [cell.strip() for cell in row.cells if isinstance(cell, str) and cell.strip()]
        texts = said * width if len(said) == 1 else _filled(row, covered, last=False)
        for column, text in enumerate(texts):
            if text:
                over.setdefault(column, []).append(text)
    return over


def _headings(
    block: Sequence[Row], covered: Mapping[int, Mapping[int, tuple[int, int]]]
) -> list[tuple[int, str, str]]:
    """(column, groups, heading) of each column of a block of rows."""
    found = []
    lines = [_filled(row, covered, last=row is block[-1]) for row in block]
    for column in range(max(map(len, lines))):
        texts = [line[column] for line in lines if column < len(line) and line[column]]
        own = [text for number, text in enumerate(texts) if text not in texts[:number]]
        if own:
            found.append((column, "".join(own[:-1]), own[-1]))
    return found


def _filled(row: Row, covered: Mapping[int, Mapping[int, tuple[int, int]]], *, last: bool) -> list[str]:
    """A heading row's texts, a group's text repeated over the columns that it spans."""
    texts = [cell.strip() if isinstance(cell, str) else "" for cell in row.cells]
    if last:
        return texts
    under = covered.get(row.number, {})
    filled, group, start = [], "", 0
    for column, text in enumerate(texts):
        if text:
            group, start = text, column
        elif under and under.get(column) != (row.number, start):
            group = ""
        filled.append(group)
    return filled


def _score(headings: Sequence[tuple[int, str, str]], taught: Mapping[str, str]) -> int:
    if len(headings) < FEWEST:
        return 0
    fields = set()
    for _, group, heading in headings:
        if len(heading) > 60 or len(group) > 80:
            continue
        said = taught.get(portal_headings.taught_key(heading))
        if said is not None:
            fields.add(said)
        else:
            fields.update(name for _, name in portal_headings.candidates(group, heading)[:1])
    return len(fields)


class Lines:
    """Tells the lines between and under the rows that are none: blanks, totals, remarks, headings again."""

    def __init__(self, heading: Heading, needed: Sequence[int]) -> None:
        vocabulary = portal_headings.vocabulary()
        self._words = heading.words
        self._first = heading.words[0]
        self._needed = needed
        self._field_columns = {column.place for column in heading.columns if column.field}
        self._totals, self._remarks = vocabulary.totals, vocabulary.remarks

    def is_none(self, cells: Sequence[Cell]) -> bool:
        """Whether a line is no row. Where most of what every row must have is there, it is one."""
        width, present = len(cells), 0
        for index in self._needed:
            cell = cells[index] if index < width else None
            plainly = type(cell) is str and cell.isalnum()
            if plainly or not _is_blank(cell):
                present += 1
                if present * 2 > len(self._needed):
                    return self._is_heading_again(cells)
        filled = [index for index, cell in enumerate(cells) if not _is_blank(cell)]
        if not filled:
            return True
        first = cells[filled[0]]
        if isinstance(first, str) and self._is_no_row(first):
            return True
        # A line number alone, or a note beside the columns: nothing that belongs to an application.
        return not any(index in self._field_columns for index in filled)

    def _is_no_row(self, said: str) -> bool:
        word = "".join(unicodedata.normalize("NFKC", said).casefold().split())
        if word.startswith(self._remarks) or noted_unit(said):
            return True
        return word.rstrip(":()元万0123456789户家笔") in self._totals

    def _is_heading_again(self, cells: Sequence[Cell]) -> bool:
        if self._first not in cells:
            return False
        return tuple(cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()) == self._words


def _is_blank(cell: Cell) -> bool:
    if type(cell) is str:
        return not cell or ((not cell.isprintable() or cell[0] == " ") and not cell.strip(_BLANKS))
    return cell is None or (isinstance(cell, Trouble) and cell.code == "merged")
