"""The text objects on the pages of an OFD, by page and number, with their boxes.

An OFD measures in millimetres; boxes here are in points as everywhere. Labels often stand on a template page
that lies under the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from papers.invoices.ofd_package import Package, first, text
from papers.invoices.printed_words import Word, words_of
from papers.invoices.safe_xml import local

POINTS = 72 / 25.4
"""Points in a millimetre."""
MOST_PAGES = 40
_A_THIRD = (210.0 * POINTS, 140.0 * POINTS)


class TextObject(NamedTuple):
    """A text and the words it is drawn as."""

    text: str
    words: tuple[Word, ...]

    @property
    def at(self) -> tuple[int, float]:
        """Page and height, for what stands in one row."""
        return self.words[0].page, self.words[0].middle


class Pages:
    """The pages of one document."""

    def __init__(self, package: Package, root: str, document: Element) -> None:
        common = first(document, "CommonData")
        usual = _size(first(common, "PageArea"))
        templates = {
            each.get("ID", ""): package.find(each.get("BaseLoc", ""), root)
            for each in common or () if local(each) == "TemplatePage"
        }  # fmt: skip
        self._by_number: dict[tuple[str, str], TextObject] = {}
        self._all: list[TextObject] = []
        sizes = []
        pages = [each for each in first(document, "Pages") or () if local(each) == "Page"]
        for number, page in enumerate(pages[:MOST_PAGES], 1):
            name = package.find(page.get("BaseLoc", ""), root)
            if not name:
                continue
            content = package.xml(name)
            sizes.append(_size(first(content, "Area")) or usual or _A_THIRD)
            for each in content:
                under = templates.get(each.get("TemplateID", "")) if local(each) == "Template" else ""
                if under:
                    self._take(package.xml(under), page.get("ID", ""), number)
            self._take(content, page.get("ID", ""), number)
        self.sizes = tuple((round(wide, 2), round(high, 2)) for wide, high in sizes)

    def _take(self, content: Element, page: str, number: int) -> None:
        for element in content.iter():
            if local(element) == "TextObject":
                found = TextObject(*_drawn(element, number))
                self._by_number[(page, element.get("ID", ""))] = found
                self._all.append(found)

    def find(self, page: str, number: str) -> TextObject | None:
        """The object that a tag points to."""
        return self._by_number.get((page.strip(), number.strip()))

    def words(self) -> Iterator[Word]:
        """Every word of every page."""
        for each in self._all:
            yield from each.words


def _size(area: Element | None) -> tuple[float, float] | None:
    box = _numbers(text(area, "PhysicalBox"))
    return (box[2] * POINTS, box[3] * POINTS) if len(box) == 4 else None


def _drawn(element: Element, page: int) -> tuple[str, tuple[Word, ...]]:
    """A text object's text and words, each piece of it at its own start."""
    box = _numbers(element.get("Boundary", ""))
    if len(box) != 4:
        box = [0.0, 0.0, 0.0, 0.0]
    size, across = next(iter(_numbers(element.get("Size", "3"))), 3.0), 1.0
    if (turned := element.get("CTM")) and len(scale := _numbers(turned)) == 6:
        size, across = size * (abs(scale[3]) or abs(scale[0]) or 1.0), scale[0]
    top, bottom = box[1] * POINTS, (box[1] + (box[3] or size)) * POINTS
    said, words = "", list[Word]()
    for code in element:
        text = code.text
        if not text or local(code) != "TextCode":
            continue
        shift = code.get("X", "0")
        left = box[0] + (0.0 if shift == "0" else next(iter(_numbers(shift)), 0.0) * across)
        wide = len(text) if not text.isascii() else len(text) / 2
        right = left + size * wide
        right = min(right, box[0] + box[2]) if box[2] > size else right
        said += text
        words += words_of(text, page, (left * POINTS, top, max(right, left + size / 2) * POINTS, bottom))
    return said, tuple(words)


def _numbers(said: str) -> list[float]:
    try:
        found = [float(each) for each in said.split()]
    except ValueError:
        return []
    return found if not found or (max(found) < 1e6 and min(found) > -1e6) else []
