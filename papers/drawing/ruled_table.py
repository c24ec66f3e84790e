"""Ruled tables: cells wrapped to their column, rows as high as their highest cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from papers.drawing.fonts import FontSet, Role
from papers.drawing.pages import ASCENT, Sheets
from papers.drawing.typeset import Line, break_lines

Align = Literal["left", "centre", "right"]
THIN = 0.5


class Cell(NamedTuple):
    """A cell: its text, its width in points, its type and the side that it keeps to."""

    text: str
    width: float
    role: Role = "body"
    align: Align = "left"


class Row(NamedTuple):
    """A row broken into lines; `height` is known before it is drawn, so that pages can be filled."""

    cells: tuple[tuple[Cell, tuple[Line, ...]], ...]
    height: float


class Style(NamedTuple):
    """The type of a table, in points: size, leading, the space around it, the least height of a row."""

    size: float
    leading: float
    padding: float = 4.0
    least: float = 0.0


def row(cells: Sequence[Cell], fonts: FontSet, style: Style) -> Row:
    """Break the cells of a row.

    Raises:
        UncoveredCharacter: a character that no font has.
    """
    broken = tuple(
        (
            cell,
            tuple(
                break_lines(
                    [(cell.role, cell.text)],
                    fonts,
                    cell.width - 2 * style.padding,
                    style.size,
                    justified=False,
                )
            ),
        )
        for cell in cells
    )
    most = max(len(lines) for _, lines in broken)
    return Row(broken, max(style.least, max(most, 1) * style.leading + style.padding))


def draw_row(sheets: Sheets, left: float, top: float, drawn: Row, style: Style) -> None:
    """Draw a row with a rule around every cell."""
    x = left
    bottom = top + drawn.height
    for cell, lines in drawn.cells:
        first = top + (drawn.height - len(lines) * style.leading) / 2
        for number, line in enumerate(lines):
            baseline = first + number * style.leading + (style.leading - style.size) / 2 + ASCENT * style.size
            room = cell.width - 2 * style.padding - line.width
            shift = {"left": 0.0, "centre": room / 2, "right": room}[cell.align]
            sheets.line(x + style.padding + shift, baseline, line, style.size)
        sheets.rule(x, top, x, bottom, THIN)
        x += cell.width
    sheets.rule(x, top, x, bottom, THIN)
    sheets.rule(left, top, x, top, THIN)
    sheets.rule(left, bottom, x, bottom, THIN)
