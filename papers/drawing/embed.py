"""One font embedded in one document: only the characters used, as a single composite font.

reportlab embeds a Chinese font as one simple font for every 255 characters, copies the font's whole outline
table for each of them, and writes a wrong ToUnicode entry for a character above U+FFFF, so that 𬭚 cannot
be copied or searched. Here a document holds one font program a face (Type 0, Identity-H), whose glyph
numbers are the codes in the page and whose ToUnicode is UTF-16. Parsing and cutting of the TrueType file
stay reportlab's.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFontFace

from papers.drawing.font_subset import cut
from papers.drawing.pdf_stream import Stream

SYMBOLIC = 4
MISSING = 0
FAST = 1  # outlines hardly pack: the best level saves a twentieth and takes twice as long


class Face(TTFontFace):  # type: ignore[misc]  # reportlab has no types
    """A TrueType file, read once a process.

    Attributes:
        path: the file.
        charToGlyph: character code to glyph number.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path
        self._outlines: bytes | None = None

    def get_table(self, tag: str) -> bytes:
        """A table of the file; the outlines are copied out once, not for every letter."""
        if tag != "glyf":
            return bytes(super().get_table(tag))
        if self._outlines is None:
            self._outlines = bytes(super().get_table(tag))
        return self._outlines

    def covers(self, character: str) -> bool:
        """Whether a character can be seen: some fonts map a rare one to an empty glyph."""
        glyph = self.charToGlyph.get(ord(character), MISSING)
        if glyph == MISSING:
            return False
        return character.isspace() or bool(self.glyphPos[glyph + 1] > self.glyphPos[glyph])

    def advance(self, character: str) -> float:
        """Width in thousandths of the size."""
        return float(self.charWidths.get(ord(character), self.defaultWidth))


class Embedded:
    """The characters of one face that one document uses.

    `name` is the font's name in the page's resources; `shown` gives the operand of Tj.
    """

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self._codes: dict[str, str] = {}
        self._glyphs: dict[int, int] = {MISSING: 0}
        self._used: list[str] = []

    def shown(self, text: str) -> str:
        """The text as a hexadecimal string of two-byte glyph numbers.

        Raises:
            KeyError: a character that the face lacks; whoever draws has to choose a face that has it.
        """
        codes = self._codes
        try:
            return "".join([codes[character] for character in text])
        except KeyError:
            for character in text:
                if character not in codes:
                    codes[character] = self._new(character)
            return "".join([codes[character] for character in text])

    def _new(self, character: str) -> str:
        glyph = self.face.charToGlyph[ord(character)]
        number = self._glyphs.setdefault(glyph, len(self._glyphs))
        if number == len(self._used) + 1:
            self._used.append(character)
        return f"{number:04X}"

    def add_to(self, document: Any) -> Any:
        """Write the font into the document; returns a reference to it."""
        name = pdfdoc.PDFName(f"{self._tag()}+{self.face.name.decode('ascii')}")
        descendant = _descendant(name, document.Reference(self._descriptor(document, name)), self._widths())
        return document.Reference(
            pdfdoc.PDFDictionary(
                {
                    "Type": pdfdoc.PDFName("Font"),
                    "Subtype": pdfdoc.PDFName("Type0"),
                    "BaseFont": name,
                    "Encoding": pdfdoc.PDFName("Identity-H"),
                    "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant)]),
                    "ToUnicode": document.Reference(Stream(to_unicode(self._used))),
                }
            )
        )

    def _tag(self) -> str:
        """Six letters that stand for the characters used: a font that is cut bears them before its name."""
        mixed = hashlib.sha256("".join(self._used).encode()).digest()
        return "".join(chr(65 + byte % 26) for byte in mixed[:6])

    def _widths(self) -> str:
        """The widths of the glyphs in the order of their numbers, the missing one first."""
        face = self.face
        return " ".join(f"{width:g}" for width in (face.defaultWidth, *map(face.advance, self._used)))

    def _descriptor(self, document: Any, name: Any) -> Any:
        """The measures of the face, with its outlines cut to what is used."""
        face = self.face
        program = Stream(cut(face, [ord(character) for character in self._used]), level=FAST)
        program.dictionary["Length1"] = len(program.content)
        return pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": name,
                "Flags": SYMBOLIC,
                "FontBBox": pdfdoc.PDFArray(face.bbox),
                "ItalicAngle": face.italicAngle,
                "Ascent": face.ascent,
                "Descent": face.descent,
                "CapHeight": face.capHeight,
                "StemV": face.stemV,
                "FontFile2": document.Reference(program),
            }
        )


def _descendant(name: Any, descriptor: Any, widths: str) -> Any:
    """The font whose glyph numbers are the codes in the page."""
    system = {
        "Registry": pdfdoc.PDFString("Adobe"),
        "Ordering": pdfdoc.PDFString("Identity"),
        "Supplement": 0,
    }
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("CIDFontType2"),
            "BaseFont": name,
            "CIDSystemInfo": pdfdoc.PDFDictionary(system),
            "FontDescriptor": descriptor,
            "DW": 1000,
            "W": f"[0 [{widths}]]",
            "CIDToGIDMap": pdfdoc.PDFName("Identity"),
        }
    )


def to_unicode(characters: list[str]) -> bytes:
    """The map from glyph number (1, 2, …) back to text: what copying and searching give."""
    entries = [
        f"<{number:04X}> <{character.encode('utf-16-be').hex().upper()}>"
        for number, character in enumerate(characters, 1)
    ]
    blocks = []
    for start in range(0, len(entries), 100):  # the most that one block may hold
        part = entries[start : start + 100]
        blocks += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<0000> <FFFF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    ).encode("ascii")
