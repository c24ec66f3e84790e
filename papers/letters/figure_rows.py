"""The table of a letter that tells how an award came about, or a refusal."""

import unicodedata
from collections.abc import Iterable, Iterator

from papers.chinese import say
from papers.letters.letter_content import Figures

Pair = tuple[str, str]
SHORT = 10.4
"""The widest value, in characters, that leaves room for a second pair in its row."""


def figures(pairs: Iterable[Pair]) -> Figures:
    """The table of these pairs, two short ones to a row."""
    return Figures(tuple(_in_rows(pairs)))


def pair(name: str, value: str) -> Pair:
    """A line of a letter's table: the code of its label, and what stands beside it."""
    return say(f"approval.label.{name}"), value


def _in_rows(pairs: Iterable[Pair]) -> Iterator[tuple[Pair, ...]]:
    """Two short pairs to a row, every other pair in a row of its own."""
    waiting: Pair | None = None
    for pair in pairs:
        short = _width(pair[1]) <= SHORT
        if waiting is not None and short:
            yield waiting, pair
            waiting = None
            continue
        if waiting is not None:
            yield (waiting,)
        waiting = pair if short else None
        if not short:
            yield (pair,)
    if waiting is not None:
        yield (waiting,)


def _width(text: str) -> float:
    """How wide a text is at most, in Chinese characters: a voucher's number of wide letters is not broken."""

    def width(each: str) -> float:
        if each in "MW" or unicodedata.east_asian_width(each) in "WFA":
            return 1.02
        return 0.79 if each.isupper() else 0.52

    return sum(map(width, text))
