"""Lines of an explanation, and the one text that is stored of them.

A line is a code that keeps its meaning for ever, the rule, figures, and the article. Figures are whole
numbers (fen, millionths, months), texts (ids, days in ISO form) or ``None`` for what is not known; never
a float, never prose. `rules.explain` lists the codes.
"""

import json
from collections.abc import Callable, Iterable
from json.encoder import encode_basestring as quoted
from typing import Any, NamedTuple

_HEADS: dict[tuple[str, str, str], tuple[str, str]] = {}
"""The JSON before and after the figures of a line: a policy has few, and every decision repeats them."""

_FIGURE: dict[type, Callable[[Any], str]] = {str: quoted, int: str, type(None): lambda none: "null"}


class Line(NamedTuple):
    """One line of an explanation."""

    code: str
    rule: str
    figures: tuple[object, ...]
    article: str


class KeptLine(Line):
    """A line that many explanations share; it carries its text, so that it is written once."""

    text: str


def kept(line: Line) -> Line:
    """The same line, with its text worked out for all the explanations that will hold it."""
    made = KeptLine(*line)
    made.text = trace((line,))[1:-1]
    return made


def trace(lines: Iterable[Line]) -> str:
    """The lines as one line of JSON, equal if and only if every code, figure and article is.

    Raises:
        TypeError: a figure is neither a whole number nor a text.
    """
    told = []
    try:
        for line in lines:
            if type(line) is KeptLine:
                told.append(line.text)
                continue
            code, rule, figures, article = line
            before, after = _HEADS.get((code, rule, article)) or _head(code, rule, article)
            told.append(before + ",".join([_FIGURE[type(each)](each) for each in figures]) + after)
    except KeyError as error:
        raise TypeError(f"a line has no figure of {error}") from None
    return "[" + ",".join(told) + "]"


def _head(code: str, rule: str, article: str) -> tuple[str, str]:
    if len(_HEADS) > 10_000:
        _HEADS.clear()
    head = _HEADS[code, rule, article] = f"[{quoted(code)},{quoted(rule)},[", f"],{quoted(article)}]"
    return head


def lines_of(stored: str) -> tuple[Line, ...]:
    """The lines that a stored text holds."""
    return tuple(
        Line(code, rule, tuple(figures), article) for code, rule, figures, article in json.loads(stored)
    )
