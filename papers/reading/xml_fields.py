"""The elements of one name in an XML file, each as its fields, with those of the element around it. Runs in
the child process.

Names are taken without their namespace. The encoding is the one that the file declares; GBK, which parsers
of XML do not know, is decoded before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from papers.reading.unreadable import Unreadable

ASK = "fields of elements"
MOST_BYTES = 30 * (1 << 20)
MOST_ITEMS = 100_000
DEEPEST = 60
MOST_ELEMENTS = 2_000_000
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ENCODINGS = {"utf-8": "utf-8", "utf8": "utf-8", "gbk": "gb18030", "gb2312": "gb18030", "gb18030": "gb18030"}
_WIDE = (b"\xff\xfe", b"\xfe\xff")

Fields = dict[str, str]


def of(path: str, item: str) -> Iterator[tuple[Any, ...]]:
    """``("voucher", fields of the head, [fields of each item])`` for every element that holds items; for a
    file without any, its outermost element as the one item.

    Raises:
        Unreadable: ``too_large``, ``encoding``, ``damaged``, ``harmful``, ``too_many_rows``.
    """
    root = _parsed(_text(Path(path)))
    count = 0
    for head, items in _grouped(root, item):
        count += len(items)
        if count > MOST_ITEMS:
            raise Unreadable("too_many_rows", most=MOST_ITEMS, row=count)
        yield "voucher", head, items


def _text(path: Path) -> str:
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable("too_large", megabytes=MOST_BYTES >> 20)
    content = path.read_bytes()
    if content.startswith(_WIDE):
        encoding = "utf-16"
    else:
        content = content.removeprefix(b"\xef\xbb\xbf")
        said = _DECLARED.match(content)
        encoding = _ENCODINGS.get(said[1].decode("ascii").lower(), "") if said else "utf-8"
    try:
        return _DECLARATION.sub("", content.decode(encoding or "ascii"))
    except UnicodeDecodeError as error:
        raise Unreadable("encoding") from error


class _Shallow(TreeBuilder):
    """Gives up on what is nested deeper than any receipt, or has more elements, before it takes memory."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """An element begins."""
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST or self._count > MOST_ELEMENTS:
            raise Unreadable("harmful", what="parts")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        """An element ends."""
        self._depth -= 1
        return super().end(tag)


def _parsed(text: str) -> Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import XMLParser

    parser = XMLParser(target=_Shallow(), forbid_dtd=True)
    try:
        parser.feed(text)
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise Unreadable("harmful", what="entities") from error
    except (ParseError, RecursionError) as error:
        raise Unreadable("damaged") from error
    return root


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _fields(element: Element) -> Fields:
    return {_name(each): (each.text or "").strip() for each in element if not len(each)}


def _grouped(root: Element, item: str) -> Iterator[tuple[Fields, list[Fields]]]:
    """The items by the nearest element above them that has fields of its own."""
    heads: list[Element] = []
    groups: dict[int, list[Fields]] = {}
    waiting = [(root, root)]
    while waiting:
        element, above = waiting.pop()
        if _name(element) == item:
            if id(above) not in groups:
                heads.append(above)
            groups.setdefault(id(above), []).append(_fields(element))
            continue
        head = element if any(not len(each) for each in element) else above
        waiting.extend((each, head) for each in reversed(element) if len(each))
    if not heads:
        yield {}, [_fields(root)]
    for head in heads:
        yield _fields(head), groups[id(head)]
