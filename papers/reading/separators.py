"""The mark that parts the cells of a text: the one that gives the heading row its columns.

The mark that stands most often is not it: one long sentence may have more commas than a line has tabs. Nor
can the first line be asked, for titles and notes stand above tables.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from papers.reading import portal_headings

MARKS = ",\t;|，；"
SEARCHED_LINES = 60
_SAID = re.compile(r'\ufeff?"?sep=(.)"?\s*', re.IGNORECASE)


def separator(lines: Sequence[str]) -> str:
    """The mark, for the first lines of a text: as a line ``sep=;`` says, or else by the headings; where none
    is known, the one that stands most often in one line."""
    if lines and (said := _SAID.fullmatch(lines[0])):
        return said[1]
    present = [mark for mark in MARKS if any(mark in line for line in lines)]
    scores = {mark: _headings(lines, mark) for mark in present}
    best = max(present, key=lambda mark: scores[mark], default=",")
    if scores.get(best):
        return best
    return max(",\t;", key=lambda mark: max((line.count(mark) for line in lines), default=0))


def is_said(line: str) -> bool:
    """Whether a first line only says the mark."""
    return _SAID.fullmatch(line) is not None


def _headings(lines: Sequence[str], mark: str) -> int:
    """How many fields the row of most headings has, where this mark parts it; one alone is none."""
    most = 0
    try:
        for cells in csv.reader(lines, delimiter=mark):
            known = {found[0][1] for cell in cells if (found := _candidates(cell))}
            most = max(most, len(known))
    except csv.Error:
        return 0
    return most if most > 1 else 0


def _candidates(cell: str) -> list[tuple[int, str]]:
    return portal_headings.candidates("", cell.strip()) if 0 < len(cell) <= 60 else []
