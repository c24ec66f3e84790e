"""The number of a page, below the text on its outer side: right on odd pages, left on even ones."""

from __future__ import annotations

from papers.drawing.pages import MM, Sheets
from papers.letters.page_measures import BOTTOM, LEFT, RIGHT, SMALL_SIZE

NUMBER_DROP = 7 * MM  # from the bottom of the text area to the top of the page number's dashes


def page_number(sheets: Sheets, number: int) -> None:
    """— 1 — in 4号, a character in from the outer edge."""
    text = f"— {number} —"
    baseline = BOTTOM + NUMBER_DROP + SMALL_SIZE / 2
    if number % 2:
        sheets.right(RIGHT - SMALL_SIZE, baseline, "body", text, SMALL_SIZE)
    else:
        sheets.text(LEFT + SMALL_SIZE, baseline, [("body", text)], SMALL_SIZE)
