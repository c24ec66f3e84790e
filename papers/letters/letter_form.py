"""The letter form (信函格式) of GB/T 9704-2012, 10.1: the first page between two double red rules and without
page number. A letter with a table may take more pages, which are as those of every other paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from papers.drawing.fonts import FontSet
from papers.drawing.pages import ASCENT, MM, RED, Sheets
from papers.drawing.typeset import Line
from papers.letters import copies_foot, letter_head, letter_signature, letter_text
from papers.letters.letter_content import Figures, LetterContent
from papers.letters.letter_text import Item
from papers.letters.page_mark import draw_mark
from papers.letters.page_measures import (
    BODY_SIZE,
    BOTTOM,
    DEPTH,
    HEIGHT,
    PITCH,
    RIGHT,
    TITLE_PITCH,
    TOP,
    WIDTH,
)
from papers.letters.page_number import page_number

NAME_TOP = 30 * MM
NAME_SIZE = 36.0  # the standard leaves it to the office
NAME_SPREAD = 0.5
RULE_LEFT = (WIDTH - 170 * MM) / 2
RULE_RIGHT = RULE_LEFT + 170 * MM
LOWER_RULE = HEIGHT - 20 * MM
THICK, GAP, FINE = 2.2, 1.6, 0.7
NUMBER_GAP = BODY_SIZE * 7 / 8
PITCHES = (PITCH, 28.0, 27.0, 26.0)  # a line may be set a little tighter where that saves a page


class _Head(NamedTuple):
    """Name, double rule, number and title, from the top down."""

    name: letter_head.OfficeName
    rule: float
    number_top: float
    title: Sequence[Line]
    title_top: float

    def text_top(self, pitch: float) -> float:
        return self.title_top + len(self.title) * TITLE_PITCH + pitch


def draw(sheets: Sheets, content: LetterContent) -> bool:
    """Draw the letter, or do nothing and say False where the document form suits it better: where it takes
    more than a page and has no table, which would not fit below that form's high head.
    """
    head = _head(content, sheets.fonts)
    copies = copies_foot.lines(content, sheets.fonts)
    pieces = letter_text.items(content, sheets.fonts)
    for pitch in PITCHES:
        pages = _pages(content, head, pieces, pitch, copies, sheets.fonts)
        if len(pages) == 1:
            break
    else:
        if not any(isinstance(block, Figures) for block in content.body):
            return False
        pitch = PITCH
        pages = _pages(content, head, pieces, pitch, copies, sheets.fonts)
    for number, placed in enumerate(pages, 1):
        below = _draw_page(sheets, content, head if number == 1 else None, placed, pitch)
        if number > 1:
            page_number(sheets, number)
    letter_signature.draw(sheets, content, below, pitch)
    foot = LOWER_RULE - NUMBER_GAP if len(pages) == 1 else BOTTOM
    copies_foot.draw(sheets, copies, foot, ruled=False)
    return True


def _pages(
    content: LetterContent,
    head: _Head,
    pieces: Sequence[Item],
    pitch: float,
    copies: Sequence[Line],
    fonts: FontSet,
) -> list[list[tuple[float, Item]]]:
    """The text distributed over as many pages as it takes."""
    room = LOWER_RULE - NUMBER_GAP - head.text_top(pitch)
    end = letter_signature.height(content, fonts, pitch) + len(copies) * copies_foot.PITCH
    return letter_text.filled(pieces, pitch, room, DEPTH, end)


def _head(content: LetterContent, fonts: FontSet) -> _Head:
    name = letter_head.office_name(content.office, fonts, NAME_SIZE, NAME_SPREAD)
    rule = NAME_TOP + name.height + 4 * MM
    number_top = rule + THICK + GAP + FINE + NUMBER_GAP
    title_top = number_top + BODY_SIZE + 2 * BODY_SIZE
    title = letter_head.title_lines(content.title_parts or [content.title], fonts)
    return _Head(name, rule, number_top, title, title_top)


def _draw_page(
    sheets: Sheets,
    content: LetterContent,
    head: _Head | None,
    placed: Sequence[tuple[float, Item]],
    pitch: float,
) -> float:
    """Draw a page, the first with its head, and answer where its text ends."""
    sheets.page()
    draw_mark(sheets, content.notice)
    if head is None:
        return letter_text.draw(sheets, placed, TOP, pitch)
    letter_head.draw_name(sheets, head.name, NAME_TOP, WIDTH / 2)
    _double(sheets, head.rule, THICK, FINE)
    _double(sheets, LOWER_RULE, FINE, THICK)
    sheets.right(RIGHT, head.number_top + ASCENT * BODY_SIZE, "body", content.number, BODY_SIZE)
    letter_head.draw_title(sheets, head.title, head.title_top)
    return letter_text.draw(sheets, placed, head.text_top(pitch), pitch)


def _double(sheets: Sheets, top: float, first: float, second: float) -> None:
    sheets.rule(RULE_LEFT, top + first / 2, RULE_RIGHT, top + first / 2, first, RED)
    lower = top + first + GAP + second / 2
    sheets.rule(RULE_LEFT, lower, RULE_RIGHT, lower, second, RED)
