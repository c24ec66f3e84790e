"""Pages, and what is drawn on them: text, rules and filled boxes, measured in points from the top left
corner.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from reportlab.pdfbase import pdfdoc

from papers.drawing import pdfa
from papers.drawing.embed import Embedded, Face
from papers.drawing.fonts import FontSet, Role
from papers.drawing.pdf_stream import Stream
from papers.drawing.typeset import Line

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
ASCENT = 0.88  # of the size: where the baseline stands in a Chinese character's square

Colour = tuple[int, int, int]
BLACK: Colour = (0, 0, 0)
RED: Colour = (229, 0, 18)
GREY: Colour = (90, 90, 90)


class Sheets:
    """A document under the pen. Draw page by page, then `finish` it once."""

    def __init__(self, fonts: FontSet) -> None:
        self.fonts = fonts
        self._embedded: dict[int, Embedded] = {}
        self._pages: list[tuple[tuple[float, float], list[str]]] = []
        self._code: list[str] = []
        self._height = 0.0

    def page(self, size: tuple[float, float] = A4) -> None:
        """Begin a page of this width and height."""
        self._code = []
        self._height = size[1]
        self._pages.append((size, self._code))

    @property
    def count(self) -> int:
        """The number of pages so far."""
        return len(self._pages)

    def text(
        self,
        x: float,
        baseline: float,
        pieces: Iterable[tuple[Role, str]],
        size: float,
        *,
        spacing: float = 0.0,
        close: float | None = None,
        colour: Colour = BLACK,
    ) -> None:
        """One line of text, its left end at `x`, with `spacing` after each character (`close` after ASCII
        ones).

        Raises:
            UncoveredCharacter: a character that no font has.
        """
        code = [f"BT {_fill(colour)}1 0 0 1 {x:.2f} {self._height - baseline:.2f} Tm {spacing:.3f} Tc"]
        apart = close is not None and abs(close - spacing) > 0.01
        for role, text in pieces:
            for face, part in self.fonts.runs(role, text):
                font = self._font(face)
                code.append(f"/{font.name} {size:g} Tf")
                if apart:
                    code += [
                        f"{close if ascii_ else spacing:.3f} Tc <{font.shown(some)}> Tj"
                        for ascii_, some in _by_script(part)
                    ]
                else:
                    code.append(f"<{font.shown(part)}> Tj")
        code.append("ET")
        self._code.append(" ".join(code))

    def line(self, left: float, baseline: float, line: Line, size: float, *, colour: Colour = BLACK) -> None:
        """A line that was set, from its left edge, in points from the page's left and top."""
        self.text(
            left + line.indent,
            baseline,
            line.pieces,
            size,
            spacing=line.spacing,
            close=line.close,
            colour=colour,
        )

    def centred(
        self, middle: float, baseline: float, role: Role, text: str, size: float, *, colour: Colour = BLACK
    ) -> None:
        """A text around a middle, in points from the page's left and top."""
        width = self.fonts.width(role, text) * size
        self.text(middle - width / 2, baseline, [(role, text)], size, colour=colour)

    def right(
        self, edge: float, baseline: float, role: Role, text: str, size: float, *, colour: Colour = BLACK
    ) -> None:
        """A text that ends at an edge, in points from the page's left and top."""
        width = self.fonts.width(role, text) * size
        self.text(edge - width, baseline, [(role, text)], size, colour=colour)

    def rule(
        self, x0: float, y0: float, x1: float, y1: float, thickness: float, colour: Colour = BLACK
    ) -> None:
        """A stroke from one point to another, in points from the page's left and top."""
        self._code.append(
            f"{_stroke(colour)}{thickness:g} w {x0:.2f} {self._height - y0:.2f} m "
            f"{x1:.2f} {self._height - y1:.2f} l S"
        )

    def boxes(self, boxes: Iterable[tuple[float, float, float, float]], colour: Colour = BLACK) -> None:
        """Filled boxes, each as left, top, width, height."""
        drawn = " ".join(f"{x:.2f} {self._height - y - h:.2f} {w:.2f} {h:.2f} re" for x, y, w, h in boxes)
        self._code.append(f"{_fill(colour)}{drawn} f")

    def finish(self, about: pdfa.About) -> bytes:
        """The whole document as PDF/A-2b: the same drawing gives the same bytes."""
        document = pdfa.document(about)
        resources = pdfdoc.PDFResourceDictionary()
        resources.Font = {font.name: font.add_to(document) for font in self._embedded.values()}
        shared = document.Reference(resources, "PageResources")
        content = hashlib.md5(usedforsecurity=False)
        for size, code in self._pages:
            drawn = "\n".join(code).encode("ascii")
            content.update(drawn)
            document.addPage(_page(document, size, drawn, shared))
        return pdfa.written(document, about, content.digest())

    def _font(self, face: Face) -> Embedded:
        font = self._embedded.get(id(face))
        if font is None:
            font = self._embedded[id(face)] = Embedded(face, f"F{len(self._embedded) + 1}")
        return font


def _page(document: Any, size: tuple[float, float], drawn: bytes, resources: Any) -> Any:
    page = pdfdoc.PDFPage()
    page.Override_default_compilation = 1
    page.MediaBox = pdfdoc.PDFArray([0, 0, round(size[0], 2), round(size[1], 2)])
    page.Contents = Stream(drawn)
    page.Resources = resources
    page.Parent = document.Reference(document.Pages)
    return page


def _by_script(text: str) -> list[tuple[bool, str]]:
    """The text cut between ASCII and other characters."""
    return [(part[0] <= "\x7f", part) for part in re.findall(r"[\x00-\x7f]+|[^\x00-\x7f]+", text)]


def _fill(colour: Colour) -> str:
    return "0 g " if colour == BLACK else " ".join(f"{part / 255:.4g}" for part in colour) + " rg "


def _stroke(colour: Colour) -> str:
    return "0 G " if colour == BLACK else " ".join(f"{part / 255:.4g}" for part in colour) + " RG "
