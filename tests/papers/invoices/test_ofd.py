"""Invoices in OFD files: attachments, the taxonomy, tags of two families, the page; and a second opinion."""

from __future__ import annotations

from dataclasses import replace

import ofdkit
import pytest

from tests.papers.invoices import made, made_ofd, made_pdf
from tests.papers.invoices.made import OLD, Line, Paper, red
from tests.papers.invoices.readings import codes, found, read, said

PAPER = Paper(
    lines=(
        Line("*信息技术服务*智能算力租赁服务费（六月份第一批）", 10_000_000, 600_000),
        Line("*信息技术服务*存储费", 200_000, 12_000),
    ),
)
"""With a name that is wrapped: two text objects, one line."""


@pytest.mark.parametrize("family", ["root", "EInvoice", ""])
@pytest.mark.parametrize("paper", [PAPER, red(PAPER, "26952000009999999999"), replace(PAPER, kind="general")])
def test_tags_of_both_families_and_the_page_alone(family: str, paper: Paper) -> None:
    (invoice,) = read(made_ofd.ofd(paper, family))
    assert found(invoice, paper) == said(paper)
    assert len(invoice.lines) == len(paper.lines)
    assert codes(invoice) == (["red"] if paper.gross < 0 else [])
    assert invoice.values["number"].carrier == ("tag" if family else "text")


def test_a_wrapped_name_is_one_line_and_each_value_has_its_place() -> None:
    (invoice,) = read(made_ofd.ofd(PAPER))
    assert [line.name for line in invoice.lines] == [line.name for line in PAPER.lines]
    for field in ("number", "buyer", "seller", "net", "gross"):
        place = invoice.values[field].place
        assert place.page == 1 and place.box is not None
        assert 0 <= place.box[0] < place.box[2] <= invoice.pages[0][0]
        assert 0 <= place.box[1] < place.box[3] <= invoice.pages[0][1]


def test_the_family_that_points_at_the_mark_of_money_has_its_gross_from_the_page() -> None:
    (invoice,) = read(made_ofd.ofd(PAPER, "EInvoice"))
    assert invoice.values["gross"].carrier == "text"
    assert invoice.text("gross") == "108120.00"


def test_the_attachment_of_2020_is_believed_first_and_agrees_with_its_code() -> None:
    (invoice,) = read(made_ofd.ofd(OLD, "", made.of_2020(OLD)))
    assert found(invoice, OLD) == said(OLD)
    assert invoice.identity == "044002300111-20445566"
    assert {invoice.values[name].carrier for name in ("code", "net", "gross", "seller")} == {"attachment"}
    assert [value.carrier for value in invoice.others["net"]] == ["text", "data", "qr"]
    assert codes(invoice) == []


def test_the_taxonomy() -> None:
    (invoice,) = read(made_ofd.ofd(PAPER, "", made.xbrl(PAPER), "inv_ord_issuer_20260609_1.xml"))
    assert found(invoice, PAPER) == said(PAPER)
    assert invoice.values["tax"].carrier == "attachment"


def test_carriers_that_differ_are_told_with_both_values_and_none_is_chosen_for_a_person() -> None:
    other = replace(PAPER, lines=(Line("*信息技术服务*算力租赁费", 90_000_000, 5_400_000),))
    (invoice,) = read(made_ofd.ofd(PAPER, "", made.xbrl(other)))
    told = {finding.params["field"]: dict(finding.params) for finding in invoice.findings}
    assert invoice.text("gross") == "954000.00"
    assert told["gross"] == {
        "field": "gross", "first": "954000.00", "first_from": "attachment", "other": "108120.00",
        "other_from": "text",
    }  # fmt: skip
    assert set(told) == {"net", "tax", "gross"} and invoice.forbidden


def test_a_code_that_is_a_picture_is_read() -> None:
    other = replace(PAPER, number="26952000007777777777")
    (invoice,) = read(made_ofd.ofd(PAPER, change={"Doc_0/Res/code.png": made_pdf.scan(other)}))
    assert [finding.params["other"] for finding in invoice.findings] == ["26952000007777777777"]


def test_tags_that_are_no_xml_leave_the_page() -> None:
    (invoice,) = read(
        made_ofd.ofd(PAPER, change={"Doc_0/Tags/CustomTag.xml": b'<:eInvoice xmlns:=""></:eInvoice>'})
    )
    assert found(invoice, PAPER) == said(PAPER)


@pytest.mark.parametrize(
    ("paper", "content"),
    [(OLD, made_ofd.ofd(OLD, "", made.of_2020(OLD))), (PAPER, made_ofd.ofd(PAPER))],
    ids=["the attachment of 2020", "tags of the family root"],
)
def test_another_program_reads_the_same(paper: Paper, content: bytes) -> None:
    """ofdkit, in the two carriers that it knows."""
    (invoice,) = read(content)
    second = ofdkit.extract_invoice(content)
    assert second is not None
    theirs = {
        "code": second.invoice_code or "", "number": second.invoice_number, "buyer": second.buyer.name,
        "buyer_id": second.buyer.tax_id, "seller": second.seller.name, "seller_id": second.seller.tax_id,
        "net": second.amount_without_tax, "tax": second.tax_amount, "gross": second.total_amount,
        "remark": second.note,
    }  # fmt: skip
    assert theirs == {name: invoice.text(name) for name in theirs}
    assert theirs["number"] == paper.number
