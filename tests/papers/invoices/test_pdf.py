"""Pages of a PDF: words with their boxes, codes, attachments, and what is refused."""

from __future__ import annotations

import io

import pikepdf
import pytest

from papers.invoices import pdf
from papers.reading.unreadable import Unreadable
from tests.papers.invoices import made, made_pdf
from tests.papers.invoices.made import Paper

PAPER = Paper()


def refused(content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        pdf.read(content)
    return caught.value.code


def test_words_have_boxes_from_the_top_left_corner_whatever_the_font() -> None:
    for inside in (True, False):
        (page,) = pdf.read(made_pdf.pdf(PAPER, inside=inside)).pages
        word = next(each for each in page.words if PAPER.number in each.text)
        assert page.size == (595, 397)
        assert 410 < word.left < 465 and 10 < word.top < 30 and word.right < 595
        ((text, place),) = page.codes
        assert text == PAPER.square and place.page == 1
        assert place.box is not None and place.box[0] < 30 and place.box[3] < 70


def test_a_page_that_is_turned_is_read_as_a_reader_sees_it() -> None:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(made_pdf.pdf(PAPER))) as document:
        document.pages[0].rotate(180, relative=True)
        document.save(stream)
    (page,) = pdf.read(stream.getvalue()).pages
    word = next(each for each in page.words if PAPER.number in each.text)
    assert word.top > 340 and word.left < 200


def test_attached_xml_is_taken_and_other_attachments_are_not() -> None:
    content = made_pdf.with_attachment(made_pdf.pdf(PAPER), "a.xml", made.xml(PAPER))
    content = made_pdf.with_attachment(content, "a.bin", b"\0\1")
    assert pdf.read(content).attached == [("a.xml", made.xml(PAPER))]


def test_locked_and_cut_files() -> None:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(made_pdf.pdf(PAPER))) as document:
        document.save(stream, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert refused(stream.getvalue()) == "encrypted"
    assert refused(b"%PDF-1.7\n" + bytes(100)) == "damaged"
