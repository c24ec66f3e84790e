"""The document form (文件格式) of GB/T 9704-2012: the first page under the office's name and a red rule,
and as many pages after it as the text takes, numbered — 1 — below the text, right on odd pages and left on
even ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from papers.chinese import say
from papers.drawing.fonts import FontSet
from papers.drawing.pages import ASCENT, MM, RED, Sheets
from papers.drawing.typeset import Line
from papers.letters import copies_foot, letter_head, letter_signature, letter_text
from papers.letters.letter_content import LetterContent
from papers.letters.page_mark import draw_mark
from papers.letters.page_measures import (
    BODY_SIZE,
    BOTTOM,
    DEPTH,
    LEFT,
    MIDDLE,
    PITCH,
    RIGHT,
    TITLE_PITCH,
    TOP,
)
from papers.letters.page_number import page_number

NAME_TOP = TOP + 35 * MM
NAME_SIZE = 44.0
RULE = 1.4


class _Head(NamedTuple):
    """Name, number, rule and title of the first page, from the top down."""

    name: letter_head.OfficeName
    number_top: float
    rule: float
    title: Sequence[Line]

    @property
    def title_top(self) -> float:
        return self.rule + 2 * PITCH

    @property
    def text_top(self) -> float:
        return self.title_top + len(self.title) * TITLE_PITCH + PITCH


def draw(sheets: Sheets, content: LetterContent) -> None:
    """Draw the letter on two pages or more (one, where it is short)."""
    head = _head(content, sheets.fonts)
    copies = copies_foot.lines(content, sheets.fonts)
    below = len(copies) * copies_foot.PITCH + (PITCH if copies else 0.0)
    end = letter_signature.height(content, sheets.fonts, PITCH) + below
    pieces = letter_text.items(content, sheets.fonts)
    pages = letter_text.filled(pieces, PITCH, BOTTOM - head.text_top, DEPTH, end)
    for number, placed in enumerate(pages, 1):
        sheets.page()
        draw_mark(sheets, content.notice)
        if number == 1:
            _draw_head(sheets, content, head)
        under = letter_text.draw(sheets, placed, head.text_top if number == 1 else TOP, PITCH)
        if number == len(pages):
            letter_signature.draw(sheets, content, under, PITCH)
            copies_foot.draw(sheets, copies, BOTTOM, ruled=True)
        page_number(sheets, number)


def _head(content: LetterContent, fonts: FontSet) -> _Head:
    name = letter_head.office_name(say("letter.document_of", office=content.office), fonts, NAME_SIZE)
    number_top = NAME_TOP + name.height + 2 * PITCH
    rule = number_top + BODY_SIZE + 4 * MM
    title = letter_head.title_lines(content.title_parts or [content.title], fonts)
    return _Head(name, number_top, rule, title)


def _draw_head(sheets: Sheets, content: LetterContent, head: _Head) -> None:
    letter_head.draw_name(sheets, head.name, NAME_TOP)
    sheets.centred(MIDDLE, head.number_top + ASCENT * BODY_SIZE, "body", content.number, BODY_SIZE)
    sheets.rule(LEFT, head.rule, RIGHT, head.rule, RULE, RED)
    letter_head.draw_title(sheets, head.title, head.title_top)
