"""How the tests of invoices read and compare."""

from __future__ import annotations

from papers.invoices import one_file
from papers.invoices.invoice import Invoice, Source
from tests.papers.invoices.made import Paper, yuan

SCANNED = ("kind", "code", "number", "issued_on", "red")
"""What a square code says besides one amount."""


def said(paper: Paper) -> dict[str, str]:
    """What a reader should find."""
    return {
        "kind": paper.kind, "code": paper.code, "number": paper.number, "issued_on": paper.iso_day,
        "red": "yes" if paper.gross < 0 else "no", "original": paper.original, "buyer": paper.buyer,
        "buyer_id": paper.buyer_id, "seller": paper.seller, "seller_id": paper.seller_id,
        "net": yuan(paper.net), "tax": yuan(paper.tax), "gross": yuan(paper.gross), "remark": paper.remark,
    }  # fmt: skip


def found(invoice: Invoice, like: Paper) -> dict[str, str]:
    """What was found, of the same fields."""
    return {field: invoice.text(field) for field in said(like)}


def read(content: bytes, name: str = "a.xml") -> list[Invoice]:
    """The invoices of some bytes."""
    return one_file.read(content, Source(name))


def codes(invoice: Invoice) -> list[str]:
    """The findings."""
    return [finding.code for finding in invoice.findings]
