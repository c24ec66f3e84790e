"""A seal's signature: whole, over another list, of another key, and what is no such structure."""

from __future__ import annotations

import base64
import hashlib

import pytest

from papers.invoices import seal_value
from tests.papers.invoices import made_ofd
from tests.papers.invoices.made import Paper
from tests.papers.invoices.made_seal import OWNER, SIGNATURE, VALUE, sealed, signed
from tests.papers.invoices.readings import codes, read

PAPER = Paper()
PAGE = "Doc_0/Pages/Page_0/Content.xml"


@pytest.mark.parametrize("within", [False, True])
def test_a_whole_seal_names_its_signer(within: bool) -> None:
    (invoice,) = read(made_ofd.packed(sealed(PAPER, within)))
    assert codes(invoice) == []
    assert [seal.signer for seal in invoice.seals] == [OWNER]


def test_a_page_changed_together_with_its_digest_is_found_by_the_signature() -> None:
    parts = sealed(PAPER)
    old = base64.b64encode(hashlib.new("sm3", parts[PAGE]).digest())
    parts[PAGE] += b" "
    parts[SIGNATURE] = parts[SIGNATURE].replace(
        old, base64.b64encode(hashlib.new("sm3", parts[PAGE]).digest())
    )
    (invoice,) = read(made_ofd.packed(parts))
    assert codes(invoice) == ["digest_broken"] and invoice.forbidden
    assert invoice.findings[0].params["parts"] == (SIGNATURE,)


def test_a_signature_that_does_not_fit() -> None:
    parts = sealed(PAPER)
    value = bytearray(parts[VALUE])
    value[-1] ^= 1
    (invoice,) = read(made_ofd.packed(parts | {VALUE: bytes(value)}))
    assert invoice.findings[0].params["parts"] == (VALUE,)


@pytest.mark.parametrize(
    "value", [b"", b"0", b"\x30\x84\xff\xff\xff\xff", b"\x30\x00", b"\x04\x01a", b"\x30\x03\x02\x01\x01"]
)
def test_other_structures_are_not_judged(value: bytes) -> None:
    assert seal_value.check(value, b"") is None


def test_a_signature_of_another_form_is_told_and_forbids_nothing() -> None:
    (invoice,) = read(made_ofd.packed(sealed(PAPER) | {VALUE: b"another form"}))
    assert codes(invoice) == ["seal_unread"] and not invoice.forbidden


def test_no_byte_of_a_signed_value_can_change_unseen() -> None:
    listed = b"<list/>"
    whole = signed(listed, within=True)
    assert seal_value.check(whole, listed) == (True, True, OWNER)
    for at in range(0, len(whole), 5):
        changed = bytearray(whole)
        changed[at] ^= 0x10
        found = seal_value.check(bytes(changed), listed)
        assert found is None or not (found.covers and found.fits)
