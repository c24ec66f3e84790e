"""What goes into one column: a text with names in braces, as ``{payee}`` or ``{number:06}``.

A text without braces is a constant, and ``{{`` is a brace itself.

>>> [piece.name or piece.text for piece in parsed('批次{number:03}-{ref}')]
['批次', 'number', '-', 'ref']
>>> said(parsed('{number:03}-{ref}'), {'number': '7', 'ref': 'BF1'})
'007-BF1'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_PIECE = re.compile(r"\{\{|\}\}|\{\s*([\w.-]+)\s*(?::0?(\d{1,2}))?\s*\}|[{}]|[^{}]+")


class Piece(NamedTuple):
    """A text as it stands, or the name of what stands there and how many digits it is filled up to."""

    text: str = ""
    name: str = ""
    digits: int = 0


Pattern = tuple[Piece, ...]


def parsed(text: str) -> Pattern:
    """The pieces of a text.

    Raises:
        ValueError: a brace that is not closed, or nothing within.
    """
    return tuple(_pieces(text))


def _pieces(text: str) -> Iterator[Piece]:
    for found in _PIECE.finditer(text):
        if found[1]:
            yield Piece(name=found[1], digits=int(found[2] or 0))
        elif found[0] in ("{", "}"):
            raise ValueError(text)
        else:
            yield Piece(found[0][0] if found[0] in ("{{", "}}") else found[0])


def names(pattern: Pattern) -> tuple[str, ...]:
    """The names that a pattern asks for, in order."""
    return tuple(piece.name for piece in pattern if piece.name)


def said(pattern: Pattern, values: Mapping[str, str]) -> str:
    """What a pattern says of some values."""
    return "".join(piece.text or values[piece.name].zfill(piece.digits) for piece in pattern)
