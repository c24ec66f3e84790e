"""One file, told by its bytes: each carrier, and pages that are invoices of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from papers.reading.unreadable import Unreadable
from tests.papers.invoices import made, made_pdf
from tests.papers.invoices.made import OLD, Line, Paper, red
from tests.papers.invoices.readings import SCANNED, codes, found, read, said

PAPER = Paper(
    lines=(
        Line("*信息技术服务*智能算力租赁服务费（六月份第一批）", 10_000_000, 600_000),
        Line("*信息技术服务*存储费", 200_000, 12_000),
        Line("*信息技术服务*存储费", -100_000, -6_000),
    ),
)


@pytest.mark.parametrize("labels_first", [False, True])
@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize("paper", [PAPER, red(PAPER, "26952000009999999999")])
def test_a_pdf_by_its_text_and_its_code(paper: Paper, inside: bool, labels_first: bool) -> None:
    (invoice,) = read(made_pdf.pdf(paper, labels_first=labels_first, inside=inside), "a.pdf")
    read_, wanted = found(invoice, paper), said(paper)
    if not inside:  # such a font has no blanks
        wanted["remark"] = wanted["remark"].replace(" ", "")
    assert read_ == wanted
    assert len(invoice.lines) == len(paper.lines)
    assert [value.carrier for value in invoice.others["gross"]] == ["qr", "words"]
    assert codes(invoice) == (["red"] if paper.gross < 0 else [])


@pytest.mark.parametrize("labels_first", [False, True])
def test_a_pdf_of_the_older_kind(labels_first: bool) -> None:
    (invoice,) = read(made_pdf.pdf(OLD, old=True, labels_first=labels_first))
    assert found(invoice, OLD) == said(OLD)
    assert codes(invoice) == []


def test_each_page_with_a_number_of_its_own_is_an_invoice() -> None:
    other = replace(PAPER, number="26952000001111111111")
    first, second = read(made_pdf.pdf(PAPER, other))
    assert (first.text("number"), second.text("number")) == (PAPER.number, other.number)
    assert second.values["number"].place.page == 2
    (copies,) = read(made_pdf.pdf(PAPER, PAPER))
    assert (len(copies.lines), codes(copies)) == (3, [])


def test_a_pdf_with_its_data_attached() -> None:
    for data in (made.xml(PAPER), made.xbrl(PAPER).encode()):
        (invoice,) = read(made_pdf.with_attachment(made_pdf.pdf(PAPER), "a.xml", data))
        assert found(invoice, PAPER) == said(PAPER)
        assert invoice.values["gross"].carrier == "attachment" and codes(invoice) == []


def test_a_code_that_says_another_amount_than_the_page() -> None:
    other = replace(PAPER, lines=PAPER.lines[:1])
    content = made_pdf.pdf(PAPER, square=False)
    plain = read(content)[0]
    assert codes(plain) == [] and "qr" not in {value.carrier for value in plain.others.get("gross", ())}
    (invoice,) = read(made_pdf.pdf(PAPER, square_of=other))
    assert codes(invoice) == ["carriers_differ"]
    assert invoice.findings[0].params["other"] == "106000.00"


@pytest.mark.parametrize(
    "content", [made_pdf.scan(PAPER), made_pdf.scan(PAPER, "jpg", 3), made_pdf.scanned_pdf(PAPER)]
)
def test_scans_say_what_the_code_says_and_that_it_is_all(content: bytes) -> None:
    (invoice,) = read(content)
    assert {name: invoice.text(name) for name in SCANNED} == {name: said(PAPER)[name] for name in SCANNED}
    assert invoice.text("gross") == "107060.00" and invoice.text("buyer") == ""
    assert codes(invoice) == ["qr_only"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"), (b"a,b\n1,2\n", "no_invoice"), (b"PK\x03\x04", "damaged"), (b"<a/>", "no_invoice"),
        (b"%PDF-1.4\n", "damaged"), (made_pdf.scan(PAPER)[:500], "damaged"), (b"\0" * 100, "no_invoice"),
    ],
)  # fmt: skip
def test_what_is_no_invoice(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(content)
    assert caught.value.code == code
