"""The letter form (信函格式) of GB/T 9704-2012, 10.1: one page between two double red rules, without page
number.
"""

from __future__ import annotations

from papers import closing, flow, imprint, masthead
from papers.content import LetterContent
from papers.measures import (
    BODY_SIZE,
    HEIGHT,
    MIDDLE,
    PITCH,
    RIGHT,
    TITLE_MEASURE,
    TITLE_PITCH,
    TITLE_SIZE,
    WIDTH,
)
from papers.notice import draw_notice
from papers.sheets import ASCENT, MM, RED, Sheets
from papers.typeset import balanced

NAME_TOP = 30 * MM
NAME_SIZE = 36.0  # the standard leaves it to the office
NAME_SPREAD = 0.5
RULE_LEFT = (WIDTH - 170 * MM) / 2
RULE_RIGHT = RULE_LEFT + 170 * MM
LOWER_RULE = HEIGHT - 20 * MM
THICK, GAP, FINE = 2.2, 1.6, 0.7
NUMBER_GAP = BODY_SIZE * 7 / 8
PITCHES = (PITCH, 28.0, 27.0, 26.0)  # a line may be set a little tighter where that saves a page


def draw(sheets: Sheets, content: LetterContent) -> bool:
    """Draw the letter on one page, or do nothing and say False where it takes more than one."""
    name = masthead.masthead(content.office, sheets.fonts, NAME_SIZE, NAME_SPREAD)
    upper = NAME_TOP + name.height + 4 * MM
    number_top = upper + THICK + GAP + FINE + NUMBER_GAP
    title = balanced([("title", content.title)], sheets.fonts, TITLE_MEASURE, TITLE_SIZE)
    title_top = number_top + BODY_SIZE + 2 * BODY_SIZE
    copies = imprint.lines(content, sheets.fonts)
    pieces = flow.items(content, sheets.fonts)
    for pitch in PITCHES:
        text_top = title_top + len(title) * TITLE_PITCH + pitch
        room = LOWER_RULE - NUMBER_GAP - text_top
        end = closing.height(content, sheets.fonts, pitch) + len(copies) * imprint.PITCH
        pages = flow.filled(pieces, pitch, room, room, end)
        if len(pages) == 1:
            break
    else:
        return False
    sheets.page()
    draw_notice(sheets, content.notice)
    masthead.draw(sheets, name, NAME_TOP, WIDTH / 2)
    _double(sheets, upper, THICK, FINE)
    _double(sheets, LOWER_RULE, FINE, THICK)
    sheets.right(RIGHT, number_top + ASCENT * BODY_SIZE, "body", content.number, BODY_SIZE)
    for count, line in enumerate(title):
        top = title_top + count * TITLE_PITCH
        sheets.line(MIDDLE - line.width / 2, top + flow.baseline(TITLE_PITCH, TITLE_SIZE), line, TITLE_SIZE)
    for offset, item in pages[0]:
        item.draw(sheets, text_top + offset, pitch)
    last_offset, last = pages[0][-1]
    closing.draw(sheets, content, text_top + last_offset + last.height(pitch), pitch)
    imprint.draw(sheets, copies, LOWER_RULE - NUMBER_GAP, ruled=False)
    return True


def _double(sheets: Sheets, top: float, first: float, second: float) -> None:
    sheets.rule(RULE_LEFT, top + first / 2, RULE_RIGHT, top + first / 2, first, RED)
    lower = top + first + GAP + second / 2
    sheets.rule(RULE_LEFT, lower, RULE_RIGHT, lower, second, RED)
