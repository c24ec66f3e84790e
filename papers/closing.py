"""The end of a letter: office and date with room for the seal, and beside them the code to verify it by."""

from __future__ import annotations

import words
from papers import square_code
from papers.content import LetterContent
from papers.flow import baseline
from papers.measures import BODY_SIZE, CODE_SIZE, LEFT, MEASURE, PLACE, RIGHT
from papers.sheets import MM, Sheets
from papers.typeset import break_lines

CODE_SIDE = 25 * MM
_LEAD = CODE_SIZE * 1.45
_BLANK_LINES = {True: 2, False: 1}  # above the office's name: a seal's upper edge stays within a line of the text


def long_date(sheets_date: object) -> str:
    """2026年5月6日: Arabic figures, no leading zeros."""
    year, month, day = (getattr(sheets_date, part) for part in ("year", "month", "day"))
    return words.say("letter.date", year=year, month=month, day=day)


def height(content: LetterContent, pitch: float) -> float:
    """What the closing needs below the last line of text."""
    lines = _BLANK_LINES[content.sealed] + 2 + (1 if content.note else 0)
    code = CODE_SIDE + pitch * 0.3 if content.verification_code else 0.0
    return max(lines * pitch, code)


def draw(sheets: Sheets, content: LetterContent, top: float, pitch: float) -> None:
    """Draw office, date, note and code, the last line of text ending at `top`."""
    fonts = sheets.fonts
    spacing = PLACE - BODY_SIZE
    date = long_date(content.signed_on)
    date_width = fonts.width("body", date) * BODY_SIZE + len(date) * spacing
    office_width = fonts.width("body", content.signed_by) * BODY_SIZE + len(content.signed_by) * spacing
    date_left = RIGHT - (4 if content.sealed else 2) * PLACE - date_width
    # centred on the date; an office wider than that lets the date move in, as the standard says
    office_left = min(date_left + (date_width - office_width) / 2, RIGHT - office_width)
    if content.sealed and office_left + office_width > RIGHT - 2 * PLACE:
        office_left = RIGHT - 2 * PLACE - office_width
        date_left = office_left + (office_width - date_width) / 2
    first = top + _BLANK_LINES[content.sealed] * pitch
    sheets.text(max(office_left, LEFT), first + baseline(pitch), [("body", content.signed_by)], BODY_SIZE,
                spacing=spacing)
    sheets.text(date_left, first + pitch + baseline(pitch), [("body", date)], BODY_SIZE, spacing=spacing)
    if content.note:
        sheets.text(LEFT + 2 * PLACE, first + 2 * pitch + baseline(pitch), [("body", f"（{content.note}）")],
                    BODY_SIZE, spacing=spacing)
    _verification(sheets, content, top + pitch * 0.3, min(office_left, date_left) - 6)


def _verification(sheets: Sheets, content: LetterContent, top: float, edge: float) -> None:
    left = LEFT
    if content.verification_code:
        quiet = 2.5 * MM
        square_code.draw(sheets, left - quiet, top - quiet, CODE_SIDE + 2 * quiet,
                         f"{content.number} {content.verification_code}")
        left += CODE_SIDE + 2 * MM
    handlers = [f"{handler.step}：{handler.name}" for handler in content.handlers]
    lines = [
        line
        for text in (*content.verification_lines, *handlers)
        for line in break_lines([("body", text)], sheets.fonts, max(edge - left, MEASURE / 5), CODE_SIZE,
                                justified=False)
    ]
    for number, line in enumerate(lines):
        sheets.line(left, top + number * _LEAD + CODE_SIZE, line, CODE_SIZE)
