"""The measures of a page after GB/T 9704-2012, in points from its top left corner, and the styles of its
parts. What only one of the two forms has stands on top of `letter_form` and `document_form`.
"""

from __future__ import annotations

from papers.drawing.fonts import Role
from papers.drawing.pages import A4, ASCENT, MM

WIDTH, HEIGHT = A4
LEFT = 28 * MM
TOP = 37 * MM
MEASURE = 156 * MM  # 版心 width
DEPTH = 225 * MM  # 版心 height
RIGHT = LEFT + MEASURE
BOTTOM = TOP + DEPTH
MIDDLE = LEFT + MEASURE / 2  # of the text; of the page it is a millimetre further left

CHARACTERS = 28  # to a line
LINES = 22  # to a page
BODY_SIZE = 16.0  # 3号
TITLE_SIZE = 22.0  # 2号
SMALL_SIZE = 14.0  # 4号: page numbers and those who get copies
CODE_SIZE = 9.0  # 小5号: beside the square code
PLACE = MEASURE / CHARACTERS
PITCH = DEPTH / LINES
TITLE_PITCH = 33.0
TITLE_MEASURE = 22 * TITLE_SIZE * 0.92

LEVELS: dict[int, Role] = {0: "body", 1: "heading", 2: "kai", 3: "body"}


def baseline(pitch: float, size: float = BODY_SIZE) -> float:
    """From the top of a line to its baseline: the characters stand in the middle of their line."""
    return (pitch - size) / 2 + ASCENT * size
