"""The square code (QR) of a letter, drawn as boxes: sharp in print, and no picture in the file."""

from __future__ import annotations

import segno

from papers.sheets import Sheets

QUIET = 4  # modules left white around the code


def draw(sheets: Sheets, left: float, top: float, side: float, text: str) -> None:
    """Draw the code of a text within a square. The mask is fixed: choosing one takes longer than the letter."""
    matrix = segno.make(text, error="m", mask=4, boost_error=False, micro=False, encoding="utf-8").matrix
    module = side / (len(matrix) + 2 * QUIET)
    boxes: list[tuple[float, float, float, float]] = []
    for y, line in enumerate(matrix):
        start = None
        for x, dark in enumerate((*line, 0)):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                boxes.append((
                    left + (QUIET + start) * module, top + (QUIET + y) * module, (x - start) * module, module
                ))
                start = None
    sheets.boxes(boxes)
