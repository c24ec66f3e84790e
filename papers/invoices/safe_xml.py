"""XML from outside, parsed without what could harm, as leaves: path of local names, text, place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from papers.invoices.invoice import Place
from papers.reading.unreadable import Unreadable

LARGEST = 16 << 20
"""Bytes of one XML. An invoice of two thousand lines is two megabytes."""
DEEPEST = 40
_DECLARED = re.compile(rb"\A\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"'][^>]*\?>")
_WIDE = re.compile(r"gb(k|2312|18030)|cp936|hz", re.IGNORECASE)


class Leaf(NamedTuple):
    """An element without children: names of its parents and its own, joined with slashes, below the root; the
    number of its parent; and what stands there."""

    path: str
    group: int
    text: str
    place: Place


def parse(content: bytes) -> Element:
    """The root element.

    Raises:
        Unreadable: no XML or cut (``damaged``), entities or a document type (``harmful``), or too long.
    """
    if len(content) > LARGEST:
        raise Unreadable("harmful", what="parts")
    try:
        root: Element = defusedxml.ElementTree.fromstring(_known(content), forbid_dtd=True)
    except DefusedXmlException as error:
        raise Unreadable("harmful", what="entities") from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise Unreadable("damaged") from error
    return root


def _known(content: bytes) -> bytes:
    """The same in an encoding that the parser knows: GBK it does not."""
    content = content.lstrip(b"\r\n\t ")
    declared = _DECLARED.match(content.removeprefix(b"\xef\xbb\xbf"))
    if declared is None or not _WIDE.match(declared[1].decode("ascii")):
        return content
    if content.startswith(b"\xef\xbb\xbf"):
        return content.removeprefix(b"\xef\xbb\xbf")[declared.end() :]
    return content[declared.end() :].decode("gb18030").encode()


def local(element: Element) -> str:
    """An element's name without its namespace; empty for what is none, as a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def leaves(root: Element, part: str = "") -> Iterator[Leaf]:
    """The leaves below an element, in order. `Leaf.group` is the same for leaves of one parent.

    Raises:
        Unreadable: nested deeper than any invoice (``harmful``).
    """
    place = Place(part)
    numbers = iter(range(1 << 30))

    def below(element: Element, path: str, depth: int) -> Iterator[Leaf]:
        if depth > DEEPEST:
            raise Unreadable("harmful", what="parts")
        group = next(numbers)
        for child in element:
            name = local(child)
            if not name or name == "Signature":  # its subtree repeats names of the invoice
                continue
            here = f"{path}/{name}" if path else name
            if len(child):
                yield from below(child, here, depth + 1)
            elif child.text and (text := child.text.strip()):
                yield Leaf(here, group, text, place)

    return below(root, "", 0)
