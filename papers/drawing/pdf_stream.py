"""The one PDF object that reportlab does not write as PDF/A wants it."""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Any

from reportlab.pdfbase import pdfdoc


class Stream(pdfdoc.PDFStream):  # type: ignore[misc]  # reportlab has no types
    """A compressed stream whose `endstream` stands on a line of its own (ISO 19005-2, 6.1.7.1)."""

    def __init__(self, content: bytes, *, level: int = 6, constant: bool = False, **entries: Any) -> None:
        """`level` of zlib, 0 for a stream that is not packed; `constant` where every file has the same
        stream.
        """
        super().__init__(pdfdoc.PDFDictionary(dict(entries)), content)
        self._level = level
        self._constant = constant

    def format(self, document: Any) -> bytes:
        """The stream's bytes, packed; what is the same in every letter is packed once."""
        entries = pdfdoc.PDFDictionary(dict(self.dictionary.dict))
        content: bytes = self.content
        if self._level:
            content = _packed(content) if self._constant else zlib.compress(content, self._level)
            entries["Filter"] = pdfdoc.PDFName("FlateDecode")
        entries["Length"] = len(content)
        return b"%s\nstream\n%s\nendstream\n" % (pdfdoc.format(entries, document), content)


@lru_cache(maxsize=4)
def _packed(content: bytes) -> bytes:
    return zlib.compress(content)
