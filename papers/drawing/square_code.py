"""The square code (QR) of a letter, drawn as boxes: sharp in print, and no picture in the file."""

from __future__ import annotations

import segno

from papers.drawing.pages import Sheets

MASK = 4  # fixed: choosing the best of eight takes longer than the letter, and no reader minds


def draw(sheets: Sheets, left: float, top: float, side: float, text: str) -> None:
    """Draw the code of a text within a square. Whoever draws leaves four modules white around it."""
    matrix = modules(text)
    module = side / len(matrix)
    boxes: list[tuple[float, float, float, float]] = []
    for y, line in enumerate(matrix):
        start = None
        for x, dark in enumerate((*line, 0)):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                boxes.append((left + start * module, top + y * module, (x - start) * module, module))
                start = None
    sheets.boxes(boxes)


def modules(text: str) -> tuple[bytearray, ...]:
    """The code's modules by lines, 1 for a dark one."""
    code = segno.make(text, error="m", mask=MASK, boost_error=False, micro=False)
    return tuple(code.matrix)
