"""Digests of a seal: a part changed, gone or added after it."""

from __future__ import annotations

import pytest

from tests.papers.invoices import made_ofd
from tests.papers.invoices.made import Paper
from tests.papers.invoices.readings import codes, read

PAPER = Paper()
PAGE = "Doc_0/Pages/Page_0/Content.xml"


def test_a_seal_that_fits_is_no_finding() -> None:
    (invoice,) = read(made_ofd.ofd(PAPER, sealed=True))
    (seal,) = invoice.seals
    assert codes(invoice) == [] and seal.broken == ()
    assert {"OFD.xml", PAGE, "Doc_0/Tags/CustomTag.xml"} <= set(seal.covers)


@pytest.mark.parametrize(
    "part", [PAGE, "Doc_0/Tpls/Tpl_0/Content.xml", "Doc_0/Tags/CustomTag.xml", "OFD.xml"]
)
def test_one_byte_changed_after_the_seal_forbids_and_names_the_part(part: str) -> None:
    whole = made_ofd.unpacked(made_ofd.ofd(PAPER, sealed=True))
    (invoice,) = read(made_ofd.packed(whole | {part: whole[part] + b" "}))
    assert codes(invoice) == ["digest_broken"] and invoice.forbidden
    assert invoice.findings[0].params["parts"] == (part,)


def test_an_amount_raised_after_the_seal_forbids() -> None:
    whole = made_ofd.unpacked(made_ofd.ofd(PAPER, sealed=True))
    raised = whole[PAGE].replace(b">106000.00<", b">906000.00<")
    (invoice,) = read(made_ofd.packed(whole | {PAGE: raised}))
    assert "digest_broken" in codes(invoice)
    assert "大写" not in invoice.findings[0].say("zh") and "sealed" in invoice.findings[0].say("en")


def test_a_list_that_names_no_method_is_one_of_sm3() -> None:
    whole = made_ofd.unpacked(made_ofd.ofd(PAPER, sealed=True))
    name = "Doc_0/Signs/Sign_0/Signature.xml"
    whole[name] = whole[name].replace(b' CheckMethod="1.2.156.10197.1.401"', b"")
    assert codes(read(made_ofd.packed(whole))[0]) == []
    assert codes(read(made_ofd.packed(whole | {PAGE: whole[PAGE] + b" "}))[0]) == ["digest_broken"]


def test_a_part_that_is_gone_is_broken_too() -> None:
    whole = made_ofd.unpacked(made_ofd.ofd(PAPER, sealed=True))
    del whole["Doc_0/Tags/CustomTag.xml"]
    (invoice,) = read(made_ofd.packed(whole))
    assert codes(invoice) == ["digest_broken"]
