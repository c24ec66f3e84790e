"""The document form (文件格式) of GB/T 9704-2012: the first page under the office's name and a red rule,
and as many pages after it as the text takes, numbered — 1 — below the text, right on odd pages and left on
even ones.
"""

from __future__ import annotations

from papers import closing, flow, imprint, masthead
from papers.chinese import say
from papers.content import LetterContent
from papers.measures import (
    BODY_SIZE,
    BOTTOM,
    DEPTH,
    LEFT,
    MIDDLE,
    PITCH,
    RIGHT,
    SMALL_SIZE,
    TITLE_MEASURE,
    TITLE_PITCH,
    TITLE_SIZE,
    TOP,
)
from papers.notice import draw_notice
from papers.sheets import ASCENT, MM, RED, Sheets
from papers.typeset import balanced

NAME_TOP = TOP + 35 * MM
NAME_SIZE = 44.0
RULE = 1.4
NUMBER_DROP = 7 * MM  # from the bottom of the text area to the top of the page number's dashes


def draw(sheets: Sheets, content: LetterContent) -> None:
    """Draw the letter on two pages or more (one, where it is short)."""
    name = masthead.masthead(say("letter.document_of", office=content.office), sheets.fonts, NAME_SIZE)
    number_top = NAME_TOP + name.height + 2 * PITCH
    rule = number_top + BODY_SIZE + 4 * MM
    title = balanced([("title", content.title)], sheets.fonts, TITLE_MEASURE, TITLE_SIZE)
    title_top = rule + 2 * PITCH
    text_top = title_top + len(title) * TITLE_PITCH + PITCH
    copies = imprint.lines(content, sheets.fonts)
    below = len(copies) * imprint.PITCH + (PITCH if copies else 0.0)
    end = closing.height(content, sheets.fonts, PITCH) + below
    pages = flow.filled(flow.items(content, sheets.fonts), PITCH, BOTTOM - text_top, DEPTH, end)
    for number, placed in enumerate(pages, 1):
        sheets.page()
        draw_notice(sheets, content.notice)
        top = TOP
        if number == 1:
            top = text_top
            masthead.draw(sheets, name, NAME_TOP)
            sheets.centred(MIDDLE, number_top + ASCENT * BODY_SIZE, "body", content.number, BODY_SIZE)
            sheets.rule(LEFT, rule, RIGHT, rule, RULE, RED)
            for count, line in enumerate(title):
                at = title_top + count * TITLE_PITCH + flow.baseline(TITLE_PITCH, TITLE_SIZE)
                sheets.line(MIDDLE - line.width / 2, at, line, TITLE_SIZE)
        for offset, item in placed:
            item.draw(sheets, top + offset, PITCH)
        if number == len(pages):
            offset, last = placed[-1]
            closing.draw(sheets, content, top + offset + last.height(PITCH), PITCH)
            imprint.draw(sheets, copies, BOTTOM, ruled=True)
        page_number(sheets, number)


def page_number(sheets: Sheets, number: int) -> None:
    """— 1 — in 4号, a character in from the outer edge."""
    text = f"— {number} —"
    baseline = BOTTOM + NUMBER_DROP + SMALL_SIZE / 2
    if number % 2:
        sheets.right(RIGHT - SMALL_SIZE, baseline, "body", text, SMALL_SIZE)
    else:
        sheets.text(LEFT + SMALL_SIZE, baseline, [("body", text)], SMALL_SIZE)
