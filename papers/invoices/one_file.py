"""The invoices of one file, told by its first bytes whatever its name."""

from __future__ import annotations

from collections.abc import Iterable

from papers.invoices import (
    checks,
    dialects,
    joined,
    ofd,
    pdf,
    picture,
    printed,
    safe_xml,
    square_code,
)
from papers.invoices.carrier import Carrier
from papers.invoices.invoice import Invoice, Place, Source
from papers.invoices.pdf import PdfPage
from papers.reading import part_text
from papers.reading.unreadable import Unreadable

LARGEST = 64 << 20
"""Bytes of one file; a scan of many pages at 600 points an inch is 30 MB."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"BM", b"II*\0", b"MM\0*", b"GIF8", b"RIFF")
_MARK = b"\xef\xbb\xbf"


def read(content: bytes, source: Source) -> list[Invoice]:
    """Its invoices, each with what is wrong with it by itself.

    Raises:
        Unreadable: it holds none (``no_invoice``), is cut, encrypted, too large, or built to harm.
    """
    found = [checks.checked(each) for each in _read(content, source)]
    if not found:
        raise Unreadable("no_invoice")
    return found


def _read(content: bytes, source: Source) -> list[Invoice]:
    if not content:
        raise Unreadable("empty")
    if len(content) > LARGEST:
        raise Unreadable("too_large")
    start = content[:1024].removeprefix(_MARK).lstrip()
    if content.startswith(b"PK\x03\x04"):
        return _of_ofd(content, source)
    if b"%PDF-" in content[:1024]:
        return _of_pdf(content, source)
    if content.startswith(_PICTURES):
        return _of_picture(content, source)
    if start.startswith(b"<") or part_text.wide(content[:4]):
        root = safe_xml.parse(content)
        return _all(joined.invoice(source, [each]) for each in dialects.carriers(root, "xml"))
    raise Unreadable("no_invoice")


def _all(found: Iterable[Invoice | None]) -> list[Invoice]:
    return [each for each in found if each is not None]


def _of_ofd(content: bytes, source: Source) -> list[Invoice]:
    documents = ofd.read(content)
    return _all(joined.invoice(source, each.carriers, each.pages, each.seals) for each in documents)


def _of_picture(content: bytes, source: Source) -> list[Invoice]:
    """A scan may show several invoices, each by its code."""
    codes, size = picture.codes(content)
    return _all(joined.invoice(source, [_coded([code])], (size,)) for code in codes)


def _coded(codes: list[tuple[str, Place]]) -> Carrier:
    said = Carrier("qr")
    said.codes = codes
    return said


def _of_pdf(content: bytes, source: Source) -> list[Invoice]:
    """The invoices of a PDF: one a page, or one over several pages, whose later ones repeat its number or say
    none; an attachment belongs to the one whose number it has, or to the only one."""
    found = pdf.read(content)
    attached: list[Carrier] = []
    for name, data in found.attached:
        try:
            attached += dialects.carriers(safe_xml.parse(data), "attachment", name)
        except Unreadable as error:
            if error.code != "damaged":
                raise
    groups = _groups(found.pages)
    if not groups or (len(groups) == 1 and attached):
        groups = groups or [[]]
        groups[0] += attached
        attached = []
    for carrier in attached:
        number = carrier.text("number")
        own = next((group for group in groups if any(c.text("number") == number for c in group)), None)
        if own is None:
            groups.append([carrier])
        else:
            own.append(carrier)
    sizes = tuple(page.size for page in found.pages)
    return _all(joined.invoice(source, group, sizes) for group in groups)


def _groups(pages: list[PdfPage]) -> list[list[Carrier]]:
    """The carriers of the pages, those of one invoice together."""
    groups: list[list[Carrier]] = []
    numbers: list[str] = []
    for page in pages:
        said = [printed.read(page.words)] if page.words else []
        code = _coded(page.codes)
        read = [each for text, place in page.codes if (each := square_code.read(text, place))]
        number = next((each.text("number") for each in (*said, *read) if each.text("number")), "")
        if groups and number in ("", numbers[-1]):
            groups[-1] += [*_more(groups[-1], said), code]
        else:
            groups.append([*said, code])
            numbers.append(number)
    return groups


def _more(group: list[Carrier], said: list[Carrier]) -> list[Carrier]:
    """A further page's print: its lines go on below those of the pages before."""
    first = next((each for each in group if each.name == "text"), None)
    if first is not None and said:
        first.lines += [] if said[0].text("gross") else said[0].lines  # with its total it is a copy
        said[0].lines = []
    return said
