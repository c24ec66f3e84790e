"""A PDF's pages: the words on them, the square codes on them, and the XML files that are attached.

Text by position and codes from a rendered page, both by pdfium; a page without any text is a scan, and is
rendered finer for its code.
"""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from papers.invoices import square_code
from papers.invoices.invoice import Box, Place
from papers.invoices.printed_words import Word, words_of
from papers.invoices.values import bare
from papers.reading.unreadable import Unreadable

MOST_PAGES = 40
MOST_RECTS = 6_000
"""Pieces of text on one page that are looked at."""
MOST_LETTERS = 60_000
_ROOM = 1_000
MOST_PIXELS = 16_000_000
MOST_ATTACHED = 8
LARGEST_ATTACHED = 16 << 20
SCALES, SCAN_SCALES = (1.5, 2.5), (3.5, 4.5)
"""Pixels a point: 108 an inch show a code of 20 mm as issuers draw it; where none is seen it is looked for
finer, and in a scan finer still."""
_PASSWORD = pdfium.FPDF_ERR_PASSWORD


class PdfPage(NamedTuple):
    """One page: its words, the texts of its codes with their places, and its size in points."""

    words: list[Word]
    codes: list[tuple[str, Place]]
    size: tuple[float, float]


class Pdf(NamedTuple):
    """What is on and in a PDF; `attached` are names and bytes."""

    pages: list[PdfPage]
    attached: list[tuple[str, bytes]]


def read(content: bytes) -> Pdf:
    """Everything that is used of a PDF.

    Raises:
        Unreadable: it is cut or none (``damaged``), or needs a password (``encrypted``).
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower()
        raise Unreadable("encrypted" if locked else "damaged") from error
    try:
        count = min(len(document), MOST_PAGES)
        pages = [_page(document[number], number + 1) for number in range(count)]
        return Pdf(pages, _attached(document))
    except pypdfium2.PdfiumError as error:
        raise Unreadable("damaged") from error
    finally:
        document.close()


def _page(page: Any, number: int) -> PdfPage:
    size = page.get_size()
    words = _words(page, number, size)
    codes: list[tuple[str, Place]] = []
    for scale in SCALES if words else (*SCALES, *SCAN_SCALES):
        codes = codes or _codes(page, number, scale)
    page.close()
    return PdfPage(words, codes, (round(size[0], 2), round(size[1], 2)))


def _words(page: Any, number: int, size: tuple[float, float]) -> list[Word]:
    """The words; a rectangle of pdfium is a text that was drawn in one go.

    It has none for letters of a font that is not in the file, and two rectangles may share a letter: where
    the rectangles do not hold the text of the page, letter is put to letter.
    """
    turned = page.get_rotation() or page.get_mediabox()[:2] != (0, 0) or page.get_cropbox()[:2] != (0, 0)
    text = page.get_textpage()
    pieces = _rectangles(text)
    if sum(map(len, (bare(said) for said, _ in pieces))) != len(bare(text.get_text_range())):
        pieces = _letters(text)
    found: list[Word] = []
    for said, (left, bottom, right, top) in pieces:
        box = (left, size[1] - top, right, size[1] - bottom)
        if turned:
            box = _on_page(page, size, (left, bottom, right, top))
        found += words_of(said, number, box)
    text.close()
    return found


Piece = tuple[str, Box]
"""A text and its rectangle as PDF has it: left, bottom, right, top, from the bottom of the page."""


def _rectangles(text: Any) -> list[Piece]:
    boxes = [text.get_rect(index) for index in range(min(text.count_rects(), MOST_RECTS))]
    room = (ctypes.c_ushort * _ROOM)()
    return [(said, box) for box in boxes if (said := _within(text, box, room)).strip()]


def _within(text: Any, box: Box, room: ctypes.Array[ctypes.c_ushort]) -> str:
    """The text in a rectangle, in one call where it has room."""
    left, bottom, right, top = box
    count = pdfium.FPDFText_GetBoundedText(text, left, top, right, bottom, room, _ROOM)
    if count >= _ROOM:
        said: str = text.get_text_bounded(left, bottom, right, top)
        return said
    return bytes(memoryview(room).cast("B")[: 2 * count]).decode("utf-16-le", "ignore").rstrip("\0")


def _letters(text: Any) -> list[Piece]:
    """Letters in the order in which they are drawn, put together as long as each stands beside the last."""
    found: list[Piece] = []
    box, went_on = pdfium.FS_RECTF(), False
    for index in range(min(text.count_chars(), MOST_LETTERS)):
        letter = chr(pdfium.FPDFText_GetUnicode(text, index))
        if not letter.isprintable() or letter.isspace():
            went_on = False
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, index, box):
            continue
        here = (box.left, box.bottom, box.right, box.top)
        if went_on and _goes_on(found[-1][1], here):
            said, last = found[-1]
            found[-1] = said + letter, (last[0], min(last[1], here[1]), here[2], max(last[3], here[3]))
        else:
            found.append((letter, here))
        went_on = True
    return found


def _goes_on(last: Box, here: Box) -> bool:
    """Whether a letter stands beside the text before it, in the same row."""
    high = max(here[3] - here[1], 1.0)
    return abs(last[1] - here[1]) < 0.5 * high and -0.5 * high < here[0] - last[2] < 0.5 * high


def _on_page(page: Any, size: tuple[float, float], box: Box) -> Box:
    """A rectangle of a page that is turned or cut, from the top left corner that a reader sees."""
    fine = 100
    corners = []
    for x, y in ((box[0], box[1]), (box[2], box[3])):
        across, down = ctypes.c_int(), ctypes.c_int()
        wide, high = int(size[0] * fine), int(size[1] * fine)
        pdfium.FPDF_PageToDevice(page, 0, 0, wide, high, 0, x, y, across, down)
        corners.append((across.value / fine, down.value / fine))
    (ax, ay), (bx, by) = corners
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _codes(page: Any, number: int, scale: float) -> list[tuple[str, Place]]:
    """The square codes of a page, with boxes in points."""
    wide, high = page.get_size()
    if wide * high <= 0:
        return []
    scale = min(scale, (MOST_PIXELS / (wide * high)) ** 0.5)
    picture = page.render(scale=scale, grayscale=True)
    pixels = memoryview(picture.buffer).cast("B", (picture.height, picture.stride))
    found = [
        (text, Place("", number, tuple(round(edge / scale, 2) for edge in box)))  # type: ignore[arg-type]
        for text, box in square_code.on_picture(pixels)
    ]
    pixels.release()
    picture.close()
    return found


def _attached(document: Any) -> list[tuple[str, bytes]]:
    found = []
    for index in range(min(document.count_attachments(), MOST_ATTACHED)):
        attachment = document.get_attachment(index)
        name = attachment.get_name()
        data = bytes(attachment.get_data())
        if len(data) <= LARGEST_ATTACHED and data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
            found.append((name, data))
    return found
