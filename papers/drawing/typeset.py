"""Chinese lines on a grid.

GB/T 9704-2012 sets 28 characters of 16 pt to a line of 156 mm. 28 × 16 pt is more than 156 mm, so a place
on the grid is 15.79 pt and every character carries a little negative space. A full line gets one spacing
for all of its characters, so that a line of 28 Chinese characters stands exactly on the grid and a line
with Latin letters or one character less ends at the same edge.

The rules of breaking: no line begins with a closing mark or ends with an opening one; an amount, in figures
or in capitals, is never split; a number stays with its unit, a document number and a Latin word whole,
unless that left a hole in the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from papers.drawing.fonts import Role

NOT_FIRST = frozenset("，。、；：？！）〕》」』】〉”’…—％%‰℃·,.;:?!)]}")
NOT_LAST = frozenset("（〔《「『【〈“‘¥￥$([{№")

_CAPITAL = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿"
_NEVER_SPLIT = re.compile(
    rf"[¥￥]\s?\d[\d,]*(?:\.\d+)?(?:亿|万)?元?整?|\d[\d,]*(?:\.\d+)?(?:亿|万)?元整?"
    rf"|(?:人民币)?负?[{_CAPITAL}]+[元圆][{_CAPITAL}角分整]*"
)
_KEPT_WHOLE = re.compile(
    r"〔\d{4}〕\d+号|——|……"
    r"|[A-Za-z0-9][A-Za-z0-9.,:/_+@&#%‰*=-]*[年月日号条款项个元天周倍次份页％]?"
)
_SOFT = frozenset("-/_.:@")  # where a long Latin word may be split after all

WIDEST_HOLE = 5.8  # in sizes: a hole wider than this is not spread over the line
LONGEST_WORD = 5.8  # in sizes: a hole that keeping a word whole may leave


class Widths(Protocol):
    """What setting a text needs to know of a font."""

    def advance(self, role: Role, character: str) -> float:
        """The width of a character, as a share of the size of the type."""
        ...


class Line(NamedTuple):
    """One line, ready to be drawn.

    Attributes:
        pieces: its text, cut where the role changes.
        indent: points from the left edge.
        spacing: points added after every Chinese character.
        close: points added after every other one, so that figures and words are not pulled apart.
        width: points from the indent to the end of the last character's place.
    """

    pieces: tuple[tuple[Role, str], ...]
    indent: float
    spacing: float
    close: float
    width: float

    @property
    def text(self) -> str:
        """Its text without the changes of role."""
        return "".join(text for _, text in self.pieces)


class _Letter(NamedTuple):
    role: Role
    character: str
    advance: float


Span = tuple[Role, str]


def break_lines(
    spans: Iterable[Span],
    widths: Widths,
    measure: float,
    size: float,
    *,
    place: float | None = None,
    indent: float = 0.0,
    justified: bool = True,
    whole: bool = False,
) -> list[Line]:
    """Break a paragraph into lines.

    Args:
        spans: the text with the role of each part.
        measure: the width of a line in points.
        size: of the type, in points.
        place: what a character one em wide takes, in points; the size, unless the grid says otherwise.
        indent: of the first line, in points.
        justified: whether full lines end at the right edge.
        whole: whether no span is split that fits a line.

    Raises:
        UncoveredCharacter: a character that no font has.
    """
    spacing = (place or size) - size
    spans = list(spans)
    letters = _letters(spans, widths, size, spacing)
    text = "".join(letter.character for letter in letters)
    hard, soft = _held(text, _NEVER_SPLIT), _held(text, _KEPT_WHOLE)
    if whole:
        hard |= _inside(spans)
    lines: list[Line] = []
    start, first = 0, indent
    while start < len(letters):
        after = end = _line_end(letters, start, measure - first + 0.01, size, hard, soft)
        while end > start and letters[end - 1].character == " ":
            end -= 1
        if end > start:
            full = justified and after < len(letters)
            lines.append(_line(letters[start:end], first, measure, size, spacing, full))
        start, first = after, 0.0
        while start < len(letters) and letters[start].character == " ":
            start += 1
    return lines


def _letters(spans: Iterable[Span], widths: Widths, size: float, spacing: float) -> list[_Letter]:
    return [
        _Letter(role, character, widths.advance(role, character) * size + spacing)
        for role, text in spans
        for character in _plain(text)
    ]


def _plain(text: str) -> str:
    """No line ends, tabs or invisible characters: they would be drawn as nothing, or not at all."""
    return "".join(" " if c.isspace() and c != "　" else c for c in text if c.isprintable() or c.isspace())


def _held(text: str, pattern: re.Pattern[str]) -> set[int]:
    """The places (before the character of that index) where such a text may not be split."""
    return {place for found in pattern.finditer(text) for place in range(found.start() + 1, found.end())}


def _inside(spans: Iterable[Span]) -> set[int]:
    """The places that are within a span."""
    places: set[int] = set()
    end = 0
    for _, text in spans:
        start, end = end, end + len(_plain(text))
        places.update(range(start + 1, end))
    return places


def _line_end(
    letters: Sequence[_Letter], start: int, room: float, size: float, hard: set[int], whole: set[int]
) -> int:
    """The index after the line's last letter; always more than `start`."""
    used, limit = 0.0, start
    while limit < len(letters):
        letter = letters[limit]
        if used + letter.advance > room and letter.character != " ":
            break
        used += letter.advance
        limit += 1
    if limit == len(letters):
        return limit
    limit = max(limit, start + 1)

    def last(forbidden: set[int]) -> int:
        places = range(limit, start, -1)
        return next((p for p in places if p not in forbidden and _allowed(letters, p)), start)

    def hole(place: int) -> float:
        return sum(letter.advance for letter in letters[place:limit])

    best = last(hard | whole)
    if best > start and hole(best) <= LONGEST_WORD * size:
        return best
    soft = last(hard | {p for p in whole if letters[p - 1].character not in _SOFT})
    if soft > start and hole(soft) <= LONGEST_WORD * size:
        return soft
    split = last(hard)
    if split > start:
        return split
    return last(set()) if last(set()) > start else limit


def _allowed(letters: Sequence[_Letter], place: int) -> bool:
    before, after = letters[place - 1].character, letters[place].character
    return after not in NOT_FIRST and before not in NOT_LAST


def _line(
    letters: Sequence[_Letter], indent: float, measure: float, size: float, spacing: float, full: bool
) -> Line:
    pieces: list[Span] = []
    for role, character, _ in letters:
        if pieces and pieces[-1][0] == role:
            pieces[-1] = (role, pieces[-1][1] + character)
        else:
            pieces.append((role, character))
    width = sum(letter.advance for letter in letters)
    left = measure - indent - width
    close = spacing
    if full and 0 < left <= WIDEST_HOLE * size:
        chinese = sum(letter.character > "\x7f" for letter in letters)
        spacing += left / (chinese or len(letters))
        close, width = (close if chinese else spacing), measure - indent
    return Line(tuple(pieces), indent, spacing, close, width)


def _widest(spans: Sequence[Span], widths: Widths, measure: float, size: float) -> float:
    """The widest of those that fit a line."""
    each = (sum(one.advance for one in _letters([span], widths, size, 0.0)) for span in spans)
    return max((width for width in each if width <= measure), default=0.0)


def balanced(
    spans: Sequence[Span], widths: Widths, measure: float, size: float, *, whole: bool = False
) -> list[Line]:
    """A title: as few lines as fit, of about the same length, the break where the text allows it; with
    `whole` no span is split that fits a line."""

    def broken(room: float) -> list[Line]:
        return break_lines(spans, widths, room, size, justified=False, whole=whole)

    fewest = broken(measure)
    narrow, wide = _widest(spans, widths, measure, size) if whole else 0.0, measure
    best = fewest
    while len(fewest) > 1 and wide - narrow > size / 4:
        middle = (narrow + wide) / 2
        lines = broken(middle)
        if len(lines) > len(fewest) or max(line.width for line in lines) > middle + 0.1:
            narrow = middle
        else:
            wide, best = middle, lines
    return best
