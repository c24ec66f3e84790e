"""An invoice in an OFD: its cover, attachments, tags and pages, each a carrier of its own.

The tags (CustomTag.xml) hold no values: each points to text objects of a page, whose texts are the value and
whose boxes are its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from papers.invoices import dialects, picture, printed, values
from papers.invoices.carrier import Carrier
from papers.invoices.invoice import Line, Place, Seal
from papers.invoices.ofd_package import Package, first, text
from papers.invoices.ofd_pages import Pages, TextObject
from papers.invoices.ofd_seal import seals
from papers.invoices.printed_words import place
from papers.invoices.safe_xml import Leaf, local
from papers.reading.unreadable import Unreadable

MOST_PICTURES, LARGEST_PICTURE = 6, 2 << 20
_PICTURES = (".png", ".jpg", ".jpeg", ".bmp")


class Document(NamedTuple):
    """One document of an OFD: what its carriers say, page sizes in points, and its seals."""

    carriers: list[Carrier]
    pages: tuple[tuple[float, float], ...]
    seals: tuple[Seal, ...]


def read(content: bytes) -> list[Document]:
    """The documents of an OFD; one is usual.

    Raises:
        Unreadable: no OFD, cut, encrypted, or built to harm.
    """
    package = Package(content)
    cover = package.find("OFD.xml")
    if not cover:
        raise Unreadable("no_invoice")
    bodies = [child for child in package.xml(cover) if local(child) == "DocBody"]
    found = [document for body in bodies if (document := _document(package, cover, body)) is not None]
    if not found:
        raise Unreadable("damaged")
    return found


def _document(package: Package, cover: str, body: Element) -> Document | None:
    root = package.find(text(body, "DocRoot"), cover)
    if not root:
        return None
    document = package.xml(root)
    pages = Pages(package, root, document)
    carriers = [*_attached(package, root, document), *_tagged(package, root, document, pages)]
    carriers.append(printed.read(pages.words()))
    carriers.append(_cover(cover, body))
    code = Carrier("qr")
    code.codes = _pictures(package)
    return Document([*carriers, code], pages.sizes, seals(package, cover, body))


def _cover(cover: str, body: Element) -> Carrier:
    """The data of OFD.xml; its 合计金额 is the net."""
    said = Carrier("data")
    for each in first(body, "DocInfo", "CustomDatas") or ():
        field = dialects.BY_NAME.get(values.bare(each.get("Name", "")), "")
        if each.text and field and not field.startswith("line."):
            said.say(field, each.text, Place(cover))
    return said


def _attached(package: Package, root: str, document: Element) -> Iterator[Carrier]:
    """Invoices in attached XML; those that lie in the folder though no list names them, last."""
    names: dict[str, None] = {}
    listed = package.find(text(document, "Attachments"), root) if text(document, "Attachments") else ""
    for each in package.xml(listed) if listed else ():
        if name := package.find(text(each, "FileLoc"), listed):
            names[name] = None
    for name in package:
        if "attach" in name.casefold() and name != listed:
            names[name] = None
    for name in names:
        if not name.casefold().endswith((".xml", ".xbrl")):
            continue
        try:
            yield from dialects.carriers(package.xml(name), "attachment", name)
        except Unreadable as error:
            if error.code != "damaged":
                raise


def _tagged(package: Package, root: str, document: Element, pages: Pages) -> Iterator[Carrier]:
    """What the tags point to; tags that are no XML are met, and are no fault of the invoice's."""
    listed = package.find(text(document, "CustomTags"), root) if text(document, "CustomTags") else ""
    for each in package.xml(listed) if listed else ():
        name = package.find(text(each, "FileLoc"), listed)
        if not name:
            continue
        try:
            tree = package.xml(name)
        except Unreadable as error:
            if error.code != "damaged":
                raise
            continue
        refs = list(_refs(tree, "", pages))
        said = dialects.of_leaves(local(tree), _leaves(refs), "tag")
        said.lines = _lines(local(tree), refs)
        if said.values:
            yield said


Refs = list[tuple[str, list[TextObject]]]


def _refs(
    element: Element, path: str, pages: Pages, depth: int = 0
) -> Iterator[tuple[str, list[TextObject]]]:
    """Each tag's path and the text objects that it points to."""
    if depth > 40:
        raise Unreadable("harmful", what="parts")
    for child in element:
        name = local(child)
        here = f"{path}/{name}" if path else name
        objects = [
            found for ref in child
            if local(ref) == "ObjectRef" and (found := pages.find(ref.get("PageRef", ""), ref.text or ""))
        ]  # fmt: skip
        if objects:
            yield here, objects
        yield from _refs(child, here, pages, depth + 1)


def _leaves(refs: Refs) -> Iterator[Leaf]:
    for path, objects in refs:
        said = [each for each in objects if each.text.strip() not in ("¥", "￥")]
        joined = "".join(each.text for each in said)
        yield Leaf(path, 0, joined, place([word for each in said for word in each.words]))


def _lines(root: str, refs: Refs) -> list[Line]:
    """The lines: each amount is one, and what stands in its row or wrapped below it belongs to it."""
    table, _ = dialects.table_of(root)
    said = [(table.get(path, ""), each) for path, objects in refs for each in objects]
    said = [(field[5:], each) for field, each in said if field.startswith("line.") and each.words]
    rows = sorted((each.at for field, each in said if field == "amount" and values.amount(each.text)))
    found: list[dict[str, str]] = [{} for _ in rows]
    boxes: list[list[TextObject]] = [[] for _ in rows]
    for field, each in said:
        row = max((n for n, at in enumerate(rows) if at <= (each.at[0], each.at[1] + 2)), default=-1)
        if row >= 0:
            found[row][field] = found[row].get(field, "") + each.text
            boxes[row].append(each)
    return [
        Line.of(line, place([word for each in box for word in each.words]))
        for line, box in zip(found, boxes, strict=True)
    ]


def _pictures(package: Package) -> list[tuple[str, Place]]:
    """Square codes among the pictures."""
    found: list[tuple[str, Place]] = []
    names = [name for name in package if name.casefold().endswith(_PICTURES)]
    for name in names[:MOST_PICTURES]:
        try:
            content = package.read(name)
            if len(content) <= LARGEST_PICTURE:
                found += [(said, Place(name)) for said, _ in picture.codes(content, name)[0]]
        except Unreadable:  # a picture that can't be read says nothing
            continue
    return found
