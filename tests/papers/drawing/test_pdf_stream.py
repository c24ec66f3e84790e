"""Streams as PDF/A wants them."""

import re
import zlib
from datetime import date

from papers.drawing.pdf_stream import Stream
from papers.drawing.pdfa import About, document
from papers.letters.letter import made_at

EMPTY = document(About("a", "b", "c", made_at(date(2026, 1, 1))))


def test_endstream_stands_on_its_own_line() -> None:
    for stream in (Stream(b"0 g"), Stream(b"0 g", level=0), Stream(b"0 g", constant=True)):
        assert re.search(rb"\nendstream\n$", stream.format(EMPTY))


def test_the_length_is_that_of_the_packed_bytes() -> None:
    written = Stream(b"0 g\n" * 100).format(EMPTY)
    length = int(re.search(rb"/Length (\d+)", written)[1])  # type: ignore[index]
    start = written.index(b"stream\n") + 7
    assert zlib.decompress(written[start : start + length]) == b"0 g\n" * 100
    assert b"/Filter" not in Stream(b"0 g", level=0).format(EMPTY)
