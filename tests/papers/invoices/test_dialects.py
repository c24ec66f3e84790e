"""Invoices as data, in each way of writing them."""

from __future__ import annotations

from dataclasses import replace

from papers.invoices import dialects, safe_xml
from papers.invoices.carrier import Carrier
from tests.papers.invoices import made
from tests.papers.invoices.made import OLD, Line, Paper, red
from tests.papers.invoices.readings import codes, found, read, said

PAPER = Paper(
    lines=(
        Line("*信息技术服务*算力租赁费", 10_000_000, 600_000),
        Line("*信息技术服务*算力租赁费", -500_000, -30_000, quantity=""),
    ),
)
"""With a discount: a line below zero without a quantity, and no red letter for it."""


def carriers(content: bytes) -> list[Carrier]:
    return list(dialects.carriers(safe_xml.parse(content), "xml"))


def test_as_issued_whatever_the_namespace() -> None:
    for content in (
        made.xml(PAPER),
        made.xml(PAPER, namespace="urn:einvoice"),
        made.xml(PAPER, encoding="GBK"),
    ):
        (invoice,) = read(content)
        assert found(invoice, PAPER) == said(PAPER)
        assert [line.amount for line in invoice.lines] == ["100000.00", "-5000.00"]
        assert codes(invoice) == []


def test_a_red_letter_names_its_blue_one() -> None:
    paper = red(PAPER, "26952000009999999999")
    (invoice,) = read(made.xml(paper))
    assert found(invoice, paper) == said(paper)
    assert codes(invoice) == ["red"]
    only_in_remark = made.xml(replace(paper, original=""))
    assert read(only_in_remark)[0].text("original") == PAPER.number


def test_several_in_one_file() -> None:
    other = replace(PAPER, number="26952000001111111111", kind="general")
    assert [found(each, PAPER) for each in read(made.xml(PAPER, other))] == [said(PAPER), said(other)]
    assert [found(each, PAPER) for each in read(made.pinyin_xml(PAPER, OLD))] == [said(PAPER), said(OLD)]


def test_chinese_and_pinyin_names() -> None:
    for paper in (PAPER, OLD):
        for content in (made.chinese_xml(paper), made.pinyin_xml(paper)):
            (invoice,) = read(content)
            assert found(invoice, paper) == said(paper)
            assert len(invoice.lines) == len(paper.lines)


def test_the_attachments_of_2020_and_of_the_taxonomy() -> None:
    (old,) = carriers(made.of_2020(OLD).encode())
    assert (old.text("code"), old.text("number"), old.text("net")) == (OLD.code, OLD.number, "100000.00")
    assert old.codes[0][0] == OLD.square
    (new,) = carriers(made.xbrl(PAPER).encode())
    assert (new.text("number"), new.text("seller"), new.text("words")) == (
        PAPER.number,
        PAPER.seller,
        "100700.00",
    )
    assert [line.tax for line in new.lines] == ["6000.00", "-300.00"]


def test_two_numbers_in_one_file_are_told() -> None:
    content = made.xml(PAPER).replace(f"<EIid>{PAPER.number}".encode(), b"<EIid>26952000000000000001")
    (invoice,) = read(content)
    assert codes(invoice) == ["carriers_differ"]
    assert invoice.findings[0].params["other"] == "26952000000000000001"


def test_the_second_place_serves_where_the_first_says_nothing() -> None:
    content = made.xml(PAPER).replace(f"<InvoiceNumber>{PAPER.number}</InvoiceNumber>".encode(), b"")
    content = content.replace(f"<IssueTime>{PAPER.iso_day} 09:00:01</IssueTime>".encode(), b"")
    (invoice,) = read(content)
    assert (invoice.text("number"), invoice.text("issued_on")) == (PAPER.number, PAPER.iso_day)


def test_other_xml_is_no_invoice() -> None:
    assert carriers(b"<html><body><p>1</p></body></html>") == []
    assert carriers(b"<EInvoice><Header><EIid>26952000001234567890</EIid></Header></EInvoice>") == []
