"""The parts of an OFD by name, within limits."""

from __future__ import annotations

import pytest

from papers.invoices import ofd_package
from papers.invoices.ofd_package import Package
from papers.reading.unreadable import Unreadable
from tests.papers.invoices.made_ofd import packed


def test_parts_are_found_from_the_root_from_a_folder_and_whatever_the_capitals() -> None:
    package = Package(
        packed({"OFD.xml": b"<a/>", "Doc_0/Document.xml": b"<b/>", "Doc_0/Tags/Tag.xml": b"<c/>"})
    )
    assert package.find("ofd.XML") == "OFD.xml"
    assert package.find("Document.xml", "Doc_0/Document.xml") == "Doc_0/Document.xml"
    assert package.find("Tags/Tag.xml", "Doc_0/Tags/CustomTags.xml") == "Doc_0/Tags/Tag.xml"
    assert package.find("/Doc_0/Tags/Tag.xml", "x") == "Doc_0/Tags/Tag.xml"
    assert package.find("nothing.xml") == ""


def test_parts_that_inflate_beyond_measure_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ofd_package, "LARGEST_PART", 1_000)
    package = Package(packed({"OFD.xml": bytes(2_000)}))
    with pytest.raises(Unreadable) as caught:
        package.read("OFD.xml")
    assert caught.value.code == "harmful"
    with pytest.raises(Unreadable) as caught:
        Package(packed({"OFD.xml": b"<a/>"})[:60])
    assert caught.value.code == "damaged"
