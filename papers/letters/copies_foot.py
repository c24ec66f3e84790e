"""Whether a letter is public (公开属性) and who gets copies (抄送), at the foot of the last page (版记)."""

from __future__ import annotations

from papers.chinese import say
from papers.drawing.fonts import FontSet
from papers.drawing.pages import Sheets
from papers.drawing.typeset import Line, break_lines
from papers.letters.letter_content import LetterContent
from papers.letters.page_measures import LEFT, MEASURE, RIGHT, SMALL_SIZE, baseline

PITCH = 24.0
RULE = 1.0


def lines(content: LetterContent, fonts: FontSet) -> list[Line]:
    """Both, broken into lines; none where neither is said."""
    said = []
    if content.disclosure:
        said.append(say("letter.disclosure", disclosure=content.disclosure))
    if content.copies_to:
        said.append(say("letter.copies_to", offices="，".join(content.copies_to)))
    wide = MEASURE - 2 * SMALL_SIZE
    return [line for text in said for line in break_lines([("body", text)], fonts, wide, SMALL_SIZE)]


def draw(sheets: Sheets, made: list[Line], bottom: float, *, ruled: bool) -> None:
    """Draw it with its lower edge at `bottom`; between two rules in the document form, without in the
    letter form.
    """
    if not made:
        return
    top = bottom - len(made) * PITCH
    if ruled:
        sheets.rule(LEFT, top, RIGHT, top, RULE)
        sheets.rule(LEFT, bottom, RIGHT, bottom, RULE)
    for number, line in enumerate(made):
        sheets.line(LEFT + SMALL_SIZE, top + number * PITCH + baseline(PITCH, SMALL_SIZE), line, SMALL_SIZE)
