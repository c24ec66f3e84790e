"""An OFD (GB/T 33190): a zip with the documents' parts, each found by the part that names it."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from papers.invoices import safe_xml
from papers.invoices.safe_xml import local
from papers.reading import zip_directory
from papers.reading.unreadable import Unreadable

MOST_INFLATED = 64 << 20
"""Bytes of all parts that are read; an invoice has one megabyte."""
LARGEST_PART = 32 << 20


class Package:
    """The parts of an OFD by name; capitals, backslashes and a slash in front do not count."""

    def __init__(self, content: bytes) -> None:
        """Read its directory.

        Raises:
            Unreadable: as `zip_directory.parts`.
        """
        stream = io.BytesIO(content)
        self._parts = {_key(part.filename): part for part in zip_directory.parts(stream, len(content))}
        self._archive = zipfile.ZipFile(stream)
        self._left = MOST_INFLATED
        self._read: dict[str, bytes] = {}

    def __iter__(self) -> Iterator[str]:
        return (part.filename for part in self._parts.values())

    def find(self, name: str, base: str = "") -> str:
        """A part's name as another part calls it: from the root, from that part's folder, or from its
        document's; empty where there is none."""
        name = name.replace("\\", "/").strip()
        tries = [name]
        if not name.startswith("/"):
            folder = posixpath.dirname(base)
            while folder:
                tries.insert(-1, posixpath.join(folder, name))
                folder = posixpath.dirname(folder)
        for each in tries:
            if (key := _key(posixpath.normpath(each))) in self._parts:
                return self._parts[key].filename
        return ""

    def read(self, name: str) -> bytes:
        """The bytes of a part that `find` or the iteration named.

        Raises:
            Unreadable: its bytes are damaged, or inflate beyond measure.
        """
        if name in self._read:
            return self._read[name]
        part = self._parts[_key(name)]
        if part.file_size > min(LARGEST_PART, self._left):
            raise Unreadable("harmful", what="inflated")
        self._left -= part.file_size
        try:
            content = self._archive.read(part)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise Unreadable("damaged") from error
        self._read[name] = content
        return content

    def xml(self, name: str) -> Element:
        """A part as XML.

        Raises:
            Unreadable: as `read` and `safe_xml.parse`.
        """
        return safe_xml.parse(self.read(name))


def _key(name: str) -> str:
    return name.replace("\\", "/").removeprefix("./").lstrip("/").casefold()


def first(element: Element | None, *names: str) -> Element | None:
    """The first descendant by a path of local names."""
    for name in names:
        if element is None:
            return None
        element = next((child for child in element if local(child) == name), None)
    return element


def text(element: Element | None, *names: str) -> str:
    """The text of `first`, or empty."""
    found = first(element, *names)
    return (found.text or "").strip() if found is not None else ""
