"""A workbook's part as the text that everything here looks for and every parser knows: UTF-8.

A part may be in UTF-16 as well (ECMA-376, part 2: UTF-8 or UTF-16), and spreadsheet programs open it; but no
search for bytes sees a mark in it, and the fast parser reads none.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from papers.reading.unreadable import Unreadable

_SAID = re.compile(rb"\A<\?xml[^<>]*\?>")


def wide(start: bytes) -> str:
    """The UTF-16 that a part begins with, told by its mark or its first ``<``; empty for any other."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(start[:2], "")


def in_utf_8(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of a part, those of a wide one written anew.

    Raises:
        Unreadable: ``damaged``: it is no UTF-16 all through.
    """
    decoder: codecs.IncrementalDecoder | None = None
    for number, piece in enumerate(pieces):
        if not number and (encoding := wide(piece)):
            decoder = codecs.getincrementaldecoder(encoding)()
        if decoder is None:
            yield piece
            continue
        said = _decoded(decoder, piece)
        yield said if number else _SAID.sub(b'<?xml version="1.0" encoding="UTF-8"?>', said)
    if decoder is not None:
        _decoded(decoder, b"", final=True)


def _decoded(decoder: codecs.IncrementalDecoder, piece: bytes, final: bool = False) -> bytes:
    try:
        return decoder.decode(piece, final).encode()
    except UnicodeDecodeError as error:
        raise Unreadable("damaged") from error
