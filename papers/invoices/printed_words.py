"""The words that stand on a page, with their boxes, in the order in which a person reads them.

Issuers draw a line as one text, as a text a word or as a text a letter, and draw labels first and values
after them. So nothing goes by the order in the file: words are put into rows by where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from papers.invoices.invoice import Box, Place

_BLANKS = re.compile(r"[\s\u3000]+")
_SPLIT = {("合", "计"), ("名", "称"), ("备", "注"), ("金", "额"), ("税", "额")}
"""Labels that are set wide; their letters belong together however far apart they stand."""
MOST = 20_000
"""Words of a page that are looked at."""


class Word(NamedTuple):
    """A text without blanks, its page and its box in points from the page's top left corner."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half-way down."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


Row = list[Word]


def words_of(text: str, page: int, box: Box) -> list[Word]:
    """The words of a text that is drawn in one go, each with its share of the box."""
    left, top, right, bottom = box
    if text and _BLANKS.search(text) is None:
        return [Word(text, page, left, top, right, bottom)]
    share = (right - left) / max(1, len(text))
    found, at = [], 0
    for piece in _BLANKS.split(text):
        at = text.index(piece, at) if piece else at
        if piece:
            found.append(Word(piece, page, left + at * share, top, left + (at + len(piece)) * share, bottom))
            at += len(piece)
    return found


def rows(found: Iterable[Word]) -> list[Row]:
    """Words that stand beside one another, from left to right, rows from top to bottom."""
    lines: list[Row] = []
    for word in sorted(list(found)[:MOST], key=lambda each: (each.page, each.middle, each.left)):
        last = lines[-1] if lines else None
        if last and _beside(last[0], word):
            last.append(word)
        else:
            lines.append([word])
    return [_joined(sorted(line, key=lambda each: each.left)) for line in lines]


def _beside(first: Word, word: Word) -> bool:
    """Whether a word stands in the row that begins with another."""
    reach = 0.5 * min(max(first.height, 1.0), max(word.height, 1.0))
    return first.page == word.page and abs(first.middle - word.middle) <= max(reach, 1.5)


def _joined(row: Row) -> Row:
    """The letters of a word that was drawn letter by letter become one again."""
    out: Row = []
    for word in row:
        if out and _touches(out[-1], word):
            last = out[-1]
            out[-1] = Word(
                last.text + word.text, last.page, last.left, min(last.top, word.top),
                max(last.right, word.right), max(last.bottom, word.bottom),
            )  # fmt: skip
        else:
            out.append(word)
    return out


def _touches(last: Word, word: Word) -> bool:
    if (last.text, word.text[:1]) in _SPLIT:
        return True
    gap = word.left - last.right
    return len(word.text) == 1 and -0.6 * word.height < gap < 0.12 * word.height


def place(found: Iterable[Word]) -> Place:
    """The box around words, on the page of the first."""
    each = list(found)
    if not each:
        return Place()
    page = each[0].page
    here = [word for word in each if word.page == page]
    box = (
        min(word.left for word in here), min(word.top for word in here),
        max(word.right for word in here), max(word.bottom for word in here),
    )  # fmt: skip
    return Place("", page, tuple(round(edge, 2) for edge in box))  # type: ignore[arg-type]
