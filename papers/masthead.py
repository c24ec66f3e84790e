"""The issuing office's name in red on top of a letter (发文机关标志)."""

from __future__ import annotations

from typing import NamedTuple

from papers.fonts import FontSet
from papers.measures import MEASURE, MIDDLE
from papers.sheets import ASCENT, RED, Sheets
from papers.typeset import Line, balanced

SMALLEST = 26.0  # a name that would be smaller than this takes a second line
LEADING = 1.25


class Masthead(NamedTuple):
    """The office's name as it heads a letter: its lines, their size and spacing in points."""

    lines: tuple[Line, ...]
    size: float
    spacing: float

    @property
    def height(self) -> float:
        """In points, from the top of the first line to the foot of the last."""
        return self.size * (1 + LEADING * (len(self.lines) - 1))


def masthead(name: str, fonts: FontSet, size: float, spread: float = 0.0) -> Masthead:
    """The name on one line, smaller or spread as its length asks, or on more where it is very long.

    Args:
        size: the largest size of the type.
        spread: the most space between characters, as a share of the size.
    """
    natural = max(fonts.width("title", name), 1)
    fitting = max(SMALLEST, min(size, MEASURE / natural))
    lines = balanced([("title", name)], fonts, MEASURE, fitting)
    spacing = 0.0
    if len(lines) == 1 and len(name) > 1:
        spacing = max(0.0, min(spread * fitting, (MEASURE * 0.86 - natural * fitting) / (len(name) - 1)))
    return Masthead(tuple(lines), fitting, spacing)


def draw(sheets: Sheets, made: Masthead, top: float, middle: float = MIDDLE) -> None:
    """Draw the name, its upper edge at `top`."""
    for number, line in enumerate(made.lines):
        width = line.width + made.spacing * (len(line.text) - 1)
        baseline = top + number * made.size * LEADING + ASCENT * made.size
        sheets.text(middle - width / 2, baseline, line.pieces, made.size, spacing=made.spacing, colour=RED)
