"""The document form (文件格式) of GB/T 9704-2012: the first page under the office's name and a red rule, and as many
pages after it as the text takes, numbered — 1 — below the text, right on odd pages and left on even ones."""

from __future__ import annotations

import words
from papers import closing, flow
from papers.content import LetterContent
from papers.measures import (
    BODY_SIZE,
    BOTTOM,
    DEPTH,
    LEFT,
    MEASURE,
    MIDDLE,
    PITCH,
    PLACE,
    RIGHT,
    SMALL_SIZE,
    TITLE_MEASURE,
    TITLE_PITCH,
    TITLE_SIZE,
    TOP,
)
from papers.notice import draw_notice
from papers.sheets import ASCENT, MM, RED, Sheets
from papers.typeset import Line, balanced, break_lines

NAME_TOP = TOP + 35 * MM
NAME_SIZE = 44.0
RULE = 1.4
NUMBER_DROP = 7 * MM  # from the bottom of the text area to the top of the page number's dashes
IMPRINT_PITCH = 24.0
THICK_RULE, THIN_RULE = 1.0, 0.7


def draw(sheets: Sheets, content: LetterContent) -> None:
    """Draw the letter on two pages or more (one, where it is short)."""
    heading = words.say("letter.document_of", office=content.office)
    name_size = min(NAME_SIZE, MEASURE / max(sheets.fonts.width("title", heading), 1))
    number_top = NAME_TOP + name_size + 2 * PITCH
    rule = number_top + BODY_SIZE + 4 * MM
    title = balanced([("title", content.title)], sheets.fonts, TITLE_MEASURE, TITLE_SIZE)
    title_top = rule + 2 * PITCH
    text_top = title_top + len(title) * TITLE_PITCH + PITCH
    imprint = _imprint_lines(sheets, content)
    below = len(imprint) * IMPRINT_PITCH + (PITCH if imprint else 0.0)
    pages = flow.filled(
        flow.items(content, sheets.fonts, PITCH), BOTTOM - text_top, DEPTH, closing.height(content, PITCH) + below
    )
    for number, placed in enumerate(pages, 1):
        sheets.page()
        draw_notice(sheets, content.notice)
        top = TOP
        if number == 1:
            top = text_top
            sheets.centred(MIDDLE, NAME_TOP + ASCENT * name_size, "title", heading, name_size, colour=RED)
            sheets.centred(MIDDLE, number_top + ASCENT * BODY_SIZE, "body", content.number, BODY_SIZE)
            sheets.rule(LEFT, rule, RIGHT, rule, RULE, RED)
            for count, line in enumerate(title):
                at = title_top + count * TITLE_PITCH + flow.baseline(TITLE_PITCH, TITLE_SIZE)
                sheets.line(MIDDLE - line.width / 2, at, line, TITLE_SIZE)
        for offset, item in placed:
            item.draw(sheets, top + offset)
        if number == len(pages):
            offset, last = placed[-1]
            closing.draw(sheets, content, top + offset + last.height, PITCH)
            _imprint(sheets, imprint)
        page_number(sheets, number)


def page_number(sheets: Sheets, number: int) -> None:
    """— 1 — in 4号, a character in from the outer edge."""
    text = f"— {number} —"
    baseline = BOTTOM + NUMBER_DROP + SMALL_SIZE / 2
    if number % 2:
        sheets.right(RIGHT - SMALL_SIZE, baseline, "body", text, SMALL_SIZE)
    else:
        sheets.text(LEFT + SMALL_SIZE, baseline, [("body", text)], SMALL_SIZE)


def _imprint_lines(sheets: Sheets, content: LetterContent) -> list[Line]:
    if not content.copies_to:
        return []
    label = words.say("letter.copies_to")
    text = label + "，".join(content.copies_to) + "。"
    return break_lines([("body", text)], sheets.fonts, MEASURE - 2 * SMALL_SIZE, SMALL_SIZE)


def _imprint(sheets: Sheets, lines: list[Line]) -> None:
    """版记: at the very foot of the last page's text area, between two rules."""
    if not lines:
        return
    top = BOTTOM - len(lines) * IMPRINT_PITCH
    sheets.rule(LEFT, top, RIGHT, top, THICK_RULE)
    sheets.rule(LEFT, BOTTOM, RIGHT, BOTTOM, THICK_RULE)
    for number, line in enumerate(lines):
        at = top + number * IMPRINT_PITCH + flow.baseline(IMPRINT_PITCH, SMALL_SIZE)
        sheets.line(LEFT + SMALL_SIZE, at, line, SMALL_SIZE)
