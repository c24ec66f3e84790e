"""The seals of an OFD: has a part changed since it was sealed?

`Signature.xml` lists parts with their digests (SM3 by rule) and `SignedValue.dat` holds a signature over it
(GB/T 38540, SM2). A list that was written anew, or a signature that does not fit, is a change like any
other. A part that has another digest, or is gone, was changed after the seal. A part that no list
names proves nothing either way.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from papers.invoices import seal_value
from papers.invoices.invoice import Seal
from papers.invoices.ofd_package import Package, first, text
from papers.invoices.safe_xml import local

METHODS = {
    "1.2.156.10197.1.401": "sm3", "sm3": "sm3", "1.3.14.3.2.26": "sha1", "sha1": "sha1", "sha-1": "sha1",
    "2.16.840.1.101.3.4.2.1": "sha256", "sha256": "sha256", "sha-256": "sha256", "md5": "md5",
    "1.2.840.113549.2.5": "md5",
}  # fmt: skip
MOST_SEALS = 20


def seals(package: Package, cover: str, body: Element) -> tuple[Seal, ...]:
    """The seals of a document.

    Raises:
        Unreadable: the list of seals is damaged or built to harm.
    """
    listed = package.find(text(body, "Signatures"), cover) if text(body, "Signatures") else ""
    names = [
        package.find(each.get("BaseLoc", ""), listed)
        for each in (package.xml(listed) if listed else ()) if local(each) == "Signature"
    ]  # fmt: skip
    return tuple(_seal(package, name) for name in names[:MOST_SEALS] if name)


def _seal(package: Package, name: str) -> Seal:
    signature = package.xml(name)
    references = first(signature, "SignedInfo", "References")
    said = references.get("CheckMethod", "").casefold() if references is not None else ""
    method = METHODS.get(said or "sm3", "")
    covers, broken = [], []
    for part, expected in _listed(references):
        found = package.find(part, name)
        covers.append(found or part)
        if method and (not found or hashlib.new(method, package.read(found)).digest() != expected):
            broken.append(found or part)
    value = package.find(text(signature, "SignedValue"), name) if text(signature, "SignedValue") else ""
    checked = seal_value.check(package.read(value), package.read(name)) if value else None
    if checked is None:  # another structure, or only digests: what they say stands
        return Seal(name, tuple(covers), tuple(broken), unread=bool(value))
    broken += [part for part, whole in ((name, checked.covers), (value, checked.fits)) if not whole]
    return Seal(name, tuple(covers), tuple(broken), checked.signer)


def _listed(references: Element | None) -> Iterator[tuple[str, bytes]]:
    """The parts that a seal names, with the digest that each had."""
    for each in references if references is not None else ():
        if local(each) == "Reference":
            try:
                yield each.get("FileRef", ""), base64.b64decode(text(each, "CheckValue"), validate=False)
            except (binascii.Error, ValueError):
                yield each.get("FileRef", ""), b""
