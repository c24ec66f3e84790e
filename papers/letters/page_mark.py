"""The mark that stands on every page of a paper that is not what it looks like: a demonstration's, a void
copy's.
"""

from __future__ import annotations

from papers.drawing.pages import GREY, MM, Sheets
from papers.letters.page_measures import WIDTH

SIZE = 10.5


def draw_mark(sheets: Sheets, notice: str) -> None:
    """Print the notice at the head and at the foot of the current page, outside of the text."""
    if notice:
        for baseline in (14 * MM, 291 * MM):
            sheets.centred(WIDTH / 2, baseline, "heading", notice, SIZE, colour=GREY)
