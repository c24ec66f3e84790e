"""The head of a letter: the issuing office's name in red on top (发文机关标志), and the title.

Where number, rules and title stand below the name is the form's: see `letter_form` and `document_form`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from papers.drawing.fonts import FontSet
from papers.drawing.pages import ASCENT, RED, Sheets
from papers.drawing.typeset import Line, balanced
from papers.letters.page_measures import MEASURE, MIDDLE, TITLE_MEASURE, TITLE_PITCH, TITLE_SIZE, baseline

SMALLEST = 26.0  # a name that would be smaller than this takes a second line
LEADING = 1.25


class OfficeName(NamedTuple):
    """The name broken into lines, the size of its type, and the space between its characters."""

    lines: tuple[Line, ...]
    size: float
    spacing: float

    @property
    def height(self) -> float:
        """In points, from the top of the first line to the foot of the last."""
        return self.size * (1 + LEADING * (len(self.lines) - 1))


def office_name(name: str, fonts: FontSet, size: float, spread: float = 0.0) -> OfficeName:
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
    return OfficeName(tuple(lines), fitting, spacing)


def draw_name(sheets: Sheets, made: OfficeName, top: float, middle: float = MIDDLE) -> None:
    """Draw the name, its upper edge at `top`."""
    for number, line in enumerate(made.lines):
        width = line.width + made.spacing * (len(line.text) - 1)
        at = top + number * made.size * LEADING + ASCENT * made.size
        sheets.text(middle - width / 2, at, line.pieces, made.size, spacing=made.spacing, colour=RED)


def title_lines(parts: Sequence[str], fonts: FontSet, measure: float = TITLE_MEASURE) -> list[Line]:
    """The title on as few lines as fit, of about the same length.

    Args:
        parts: its text cut where it may be broken (beside the scheme's name); one that does not fit a line
            is broken anywhere.
    """
    return balanced([("title", part) for part in parts], fonts, measure, TITLE_SIZE, whole=True)


def draw_title(sheets: Sheets, lines: Sequence[Line], top: float) -> None:
    """Draw the title in the middle of the text, its first line at `top`."""
    for number, line in enumerate(lines):
        at = top + number * TITLE_PITCH + baseline(TITLE_PITCH, TITLE_SIZE)
        sheets.line(MIDDLE - line.width / 2, at, line, TITLE_SIZE)
