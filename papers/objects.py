"""The one PDF object that reportlab does not write as PDF/A wants it."""

from __future__ import annotations

import zlib
from typing import Any

from reportlab.pdfbase import pdfdoc


class Stream(pdfdoc.PDFStream):  # type: ignore[misc]  # reportlab has no types
    """A compressed stream whose `endstream` stands on a line of its own (ISO 19005-2, 6.1.7.1)."""

    def __init__(self, content: bytes, *, compressed: bool = True, **entries: Any) -> None:
        super().__init__(pdfdoc.PDFDictionary(dict(entries)), content)
        self._compressed = compressed

    def format(self, document: Any) -> bytes:
        entries = pdfdoc.PDFDictionary(dict(self.dictionary.dict))
        content: bytes = self.content
        if self._compressed:
            content = zlib.compress(content)
            entries["Filter"] = pdfdoc.PDFName("FlateDecode")
        entries["Length"] = len(content)
        return b"%s\nstream\n%s\nendstream\n" % (pdfdoc.format(entries, document), content)
