"""The running text of a letter, broken and measured, and its distribution over pages.

Everything between the addressee and the date becomes a row of items with a height. Items fill a page from
the top; what does not fit goes to the next. No page begins or ends with a single line of a paragraph. The
signature keeps together and takes the end of the text with it, so that no page holds the signature alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from papers.chinese import say
from papers.drawing.fonts import FontSet
from papers.drawing.pages import Sheets
from papers.drawing.ruled_table import Cell, Row, Style, draw_row, row
from papers.drawing.typeset import Line, Span, break_lines
from papers.letters.letter_content import Figures, LetterContent, Paragraph
from papers.letters.page_measures import BODY_SIZE, DEPTH, LEFT, LEVELS, MEASURE, PLACE, baseline

FIGURES = Style(size=11, leading=14.5, padding=4, least=20.5)
FIGURES_GAP = 7.0  # above and below a table
NAME_SHARE = 0.22  # of the width, for a name in a table of pairs: eight characters


class Item(NamedTuple):
    """A piece that is not split, so many lines and so many points high, drawn at a top edge and a line pitch.

    `joined` keeps it on the page of the item after it (a heading, the blank line before something).
    """

    lines: float
    points: float
    draw: Callable[[Sheets, float, float], None]
    joined: bool = False
    blank: bool = False

    def height(self, pitch: float) -> float:
        """Its height in points, where a line takes ``pitch`` points."""
        return self.lines * pitch + self.points


def items(content: LetterContent, fonts: FontSet) -> list[Item]:
    """Addressee, body and attachments as items; breaking them does not depend on the line pitch.

    Raises:
        UncoveredCharacter: a character that no font has.
    """
    made = list(_paragraph([("body", f"{content.addressee}：")], fonts, indent=0, justified=False))
    for block in content.body:
        if isinstance(block, Figures):
            made += _figures(block, fonts)
        else:
            made += _text(block, fonts)
    if content.attachments:
        made += [_BLANK, *_attachments(content.attachments, fonts)]
    return made


def filled(
    pieces: Sequence[Item], pitch: float, first: float, following: float, closing: float
) -> list[list[tuple[float, Item]]]:
    """Distribute items over pages.

    Args:
        pitch: from line to line, in points.
        first: room for text on the first page, in points.
        following: room on every other page.
        closing: what the signature needs below the last item.

    Returns:
        For each page its items with their distance from the top of the text.
    """
    pages: list[list[tuple[float, Item]]] = [[]]
    used, room = 0.0, first
    for number, piece in enumerate(pieces):
        need = _needed(pieces, number, pitch, closing)
        if used + need > room + 0.5 and pages[-1]:
            pages.append([])
            used, room = 0.0, following
            if piece.blank:
                continue
        pages[-1].append((used, piece))
        used += piece.height(pitch)
    return pages


def draw(sheets: Sheets, placed: Sequence[tuple[float, Item]], top: float, pitch: float) -> float:
    """Draw a page's items, the text beginning at `top`, and answer where the last one ends."""
    for offset, item in placed:
        item.draw(sheets, top + offset, pitch)
    offset, last = placed[-1]
    return top + offset + last.height(pitch)


def _needed(pieces: Sequence[Item], number: int, pitch: float, closing: float) -> float:
    """The room that an item needs to stand here: its own, that of what it is joined to, the signature's where
    that comes next."""
    need = 0.0
    for piece in pieces[number:]:
        need += piece.height(pitch)
        if not piece.joined:
            return need + (closing if piece is pieces[-1] else 0.0)
    return need + closing


def _text(paragraph: Paragraph, fonts: FontSet) -> Iterator[Item]:
    role = LEVELS[paragraph.level]
    parts = paragraph.text.split("\n")
    for number, part in enumerate(parts):
        spans: list[Span] = []
        if paragraph.lead and number == 0:
            spans = [(role, paragraph.lead), ("body", part)]
        else:
            spans = [("body" if paragraph.lead else role, part)]
        heading = paragraph.level in (1, 2) and not paragraph.lead
        yield from _paragraph(spans, fonts, indent=2 * PLACE, joined=heading)


def _paragraph(
    spans: Sequence[Span],
    fonts: FontSet,
    *,
    indent: float,
    justified: bool = True,
    joined: bool = False,
) -> Iterator[Item]:
    lines = break_lines(spans, fonts, MEASURE, BODY_SIZE, place=PLACE, indent=indent, justified=justified)
    for number, line in enumerate(lines):
        alone = len(lines) > 1 and number in (0, len(lines) - 2)  # neither first nor last line stands alone
        yield Item(1, 0, _line_at(line), joined or alone)


def _line_at(line: Line) -> Callable[[Sheets, float, float], None]:
    def draw(sheets: Sheets, top: float, pitch: float) -> None:
        sheets.line(LEFT, top + baseline(pitch), line, BODY_SIZE)

    return draw


_BLANK = Item(1, 0, lambda sheets, top, pitch: None, joined=True, blank=True)


def _attachments(names: Sequence[str], fonts: FontSet) -> Iterator[Item]:
    """“附件：1. …”, the names under each other, continued lines under the name's first character."""
    label = say("letter.attachment")
    several = len(names) > 1
    for number, name in enumerate(names, 1):
        count = f"{number}." if several else ""
        before = (label if number == 1 else "　" * len(label)) + count
        hanging = 2 * PLACE + (fonts.width("body", before) - len(before)) * BODY_SIZE + len(before) * PLACE
        lines = break_lines([("body", name)], fonts, MEASURE - hanging, BODY_SIZE, place=PLACE)
        for place, line in enumerate(lines):
            yield Item(1, 0, _attachment_at(before if place == 0 else "", line, hanging))


def _attachment_at(before: str, line: Line, hanging: float) -> Callable[[Sheets, float, float], None]:
    def draw(sheets: Sheets, top: float, pitch: float) -> None:
        y = top + baseline(pitch)
        if before:
            sheets.text(LEFT + 2 * PLACE, y, [("body", before)], BODY_SIZE, spacing=PLACE - BODY_SIZE)
        sheets.line(LEFT + hanging, y, line, BODY_SIZE)

    return draw


def _figures(table: Figures, fonts: FontSet) -> Iterator[Item]:
    name = MEASURE * NAME_SHARE
    rows: list[Row] = []
    for pairs in table.rows:
        value = (MEASURE - len(pairs) * name) / len(pairs)
        cells = [
            cell
            for label, text in pairs
            for cell in (Cell(label, name, "body", "centre"), Cell(text, value, "body", "left"))
        ]
        rows.append(row(cells, fonts, FIGURES))
    whole = sum(drawn.height for drawn in rows) + 2 * FIGURES_GAP <= DEPTH
    for number, drawn in enumerate(rows):
        last = number == len(rows) - 1
        above = FIGURES_GAP if number == 0 else 0.0
        below = FIGURES_GAP if last else 0.0
        joined = whole and not last  # a table that a page can hold stands on one
        yield Item(0, drawn.height + above + below, _row_at(drawn, above), joined)


def _row_at(drawn: Row, above: float) -> Callable[[Sheets, float, float], None]:
    def draw(sheets: Sheets, top: float, pitch: float) -> None:
        draw_row(sheets, LEFT, top + above, drawn, FIGURES)

    return draw
