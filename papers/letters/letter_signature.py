"""The end of a letter: office and date with room for the seal, and beside them the code to verify it by."""

from __future__ import annotations

from papers.chinese import on
from papers.drawing import square_code
from papers.drawing.fonts import FontSet
from papers.drawing.pages import MM, Sheets
from papers.drawing.typeset import Line, balanced, break_lines
from papers.letters.letter_content import LetterContent
from papers.letters.page_measures import BODY_SIZE, CODE_SIZE, LEFT, MEASURE, PLACE, RIGHT, baseline

CODE_SIDE = 22 * MM
BESIDE = 4 * MM  # the white that a reader of the code needs around it
SIGNED = 17 * PLACE  # the widest that the office's name may be, so that the code stands beside it
_LEAD = CODE_SIZE * 1.45
_CODE_DROP = 0.3  # of a line, between the text and the code
_BLANK_LINES = {True: 2, False: 1}  # above the office: a seal's upper edge stays within a line of the text


def height(content: LetterContent, fonts: FontSet, pitch: float) -> float:
    """What the signature needs below the last line of text."""
    lines = _BLANK_LINES[content.sealed] + len(_office(content, fonts)) + 1 + (1 if content.note else 0)
    code = CODE_SIDE + pitch * _CODE_DROP if content.verification_code else 0.0
    return max(lines * pitch, code)


def draw(sheets: Sheets, content: LetterContent, top: float, pitch: float) -> None:
    """Draw office, date, note and code, the last line of text ending at `top`.

    The date ends four characters from the right under a seal, two without; the office is centred over it. An
    office wider than the date moves both to the left, so that it ends two characters from the right.
    """
    spacing = PLACE - BODY_SIZE
    office, date = _office(content, sheets.fonts), on(content.signed_on)
    date_width = sheets.fonts.width("body", date) * BODY_SIZE + len(date) * spacing
    wide = max(line.width for line in office)
    middle = RIGHT - (4 if content.sealed else 2) * PLACE - date_width / 2
    middle = min(middle, RIGHT - 2 * PLACE - wide / 2)
    y = top + _BLANK_LINES[content.sealed] * pitch + baseline(pitch)
    for line in office:
        sheets.line(middle - line.width / 2, y, line, BODY_SIZE)
        y += pitch
    sheets.text(middle - date_width / 2, y, [("body", date)], BODY_SIZE, spacing=spacing)
    if content.note:
        note = f"（{content.note}）"
        sheets.text(LEFT + 2 * PLACE, y + pitch, [("body", note)], BODY_SIZE, spacing=spacing)
    edge = middle - max(wide, date_width) / 2 - PLACE / 2
    _verification(sheets, content, top + pitch * _CODE_DROP, edge)


def _office(content: LetterContent, fonts: FontSet) -> list[Line]:
    lines = balanced([("body", content.signed_by)], fonts, SIGNED, BODY_SIZE)
    return [line._replace(spacing=0.0, close=0.0) for line in lines]


def _verification(sheets: Sheets, content: LetterContent, top: float, edge: float) -> None:
    """The square code at the left edge of the text, and small lines beside it up to `edge`."""
    left = LEFT
    if content.verification_code:
        square_code.draw(sheets, left, top, CODE_SIDE, content.verification_code)
        left += CODE_SIDE + BESIDE
    lines = [
        line
        for text in content.verification_lines
        for line in break_lines(
            [("body", text)], sheets.fonts, max(edge - left, MEASURE / 8), CODE_SIZE, justified=False
        )
    ]
    for number, line in enumerate(lines):
        sheets.line(left, top + number * _LEAD + CODE_SIZE, line, CODE_SIZE)
