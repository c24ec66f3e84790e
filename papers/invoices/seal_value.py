"""The signed value of an electronic seal (GB/T 38540, `SignedValue.dat`), as far as a check needs it.

    SES_Signature ::= SEQUENCE { toSign, cert OCTET STRING, algorithm OID, signature BIT STRING }
    toSign        ::= SEQUENCE { version, seal, time, dataHash BIT STRING, property IA5String }

The older form has certificate and algorithm within ``toSign``. The signature is over ``toSign`` as it stands,
and ``dataHash`` is the digest of the list of digests. Whether the certificate is the tax authority's is not
told: its root is in no program.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from papers.invoices import sm2

_BIT_STRING, _OID, _SEQUENCE = 0x03, 0x06, 0x30
_SM2_WITH_SM3 = bytes.fromhex("2a811ccf55018375")
_COMMON_NAME = bytes.fromhex("550403")


class Node(NamedTuple):
    """A value of DER: its tag, its content, and all of it as it stands."""

    tag: int
    content: bytes
    whole: bytes


class NotDer(ValueError):
    """Bytes that are no such structure."""


class Checked(NamedTuple):
    """`covers`: the list of digests is the one that was signed. `fits`: the signature is the certificate's.
    `signer`: what the certificate calls its owner."""

    covers: bool
    fits: bool
    signer: str


def check(value: bytes, listed: bytes) -> Checked | None:
    """What a signed value says of the list of digests; None where it has another structure or algorithm.

    Args:
        value: the bytes of SignedValue.dat.
        listed: the bytes of Signature.xml.
    """
    try:
        outer = nodes(_one(value, _SEQUENCE).content)
        signed = nodes(outer[0].content)
        if len(outer) == 4:
            certificate, algorithm, signature = outer[1:4]
        else:
            certificate, algorithm, signature = signed[5], signed[6], outer[1]
        if algorithm.tag != _OID or algorithm.content != _SM2_WITH_SM3 or signature.tag != _BIT_STRING:
            return None
        key, signer = _owner(certificate.content)
        r, s = (int.from_bytes(each.content, "big") for each in nodes(_one(signature.content[1:]).content))
        covers = signed[3].content[1:] == hashlib.new("sm3", listed).digest()
        return Checked(covers, sm2.fits(key, outer[0].whole, r, s), signer)
    except (NotDer, IndexError, ValueError):
        return None


def nodes(content: bytes) -> list[Node]:
    """The values that stand one after the other.

    Raises:
        NotDer: a length that leads beyond the end, or a form that DER has not.
    """
    found, at = [], 0
    while at < len(content):
        start, tag = at, content[at]
        if at + 2 > len(content):
            raise NotDer
        size, at = content[at + 1], at + 2
        if size & 0x80:
            many = size & 0x7F
            if not 1 <= many <= 4 or at + many > len(content):
                raise NotDer
            size, at = int.from_bytes(content[at : at + many], "big"), at + many
        if at + size > len(content):
            raise NotDer
        found.append(Node(tag, content[at : at + size], content[start : at + size]))
        at += size
    return found


def _one(content: bytes, tag: int = _SEQUENCE) -> Node:
    found = nodes(content)[0]
    if found.tag != tag:
        raise NotDer
    return found


def _owner(certificate: bytes) -> tuple[sm2.Point, str]:
    """The key and the common name of a certificate."""
    parts = nodes(nodes(_one(certificate).content)[0].content)
    parts = parts[1:] if parts[0].tag == 0xA0 else parts  # without its version
    subject, info = parts[4], nodes(parts[5].content)
    point = info[1].content[1:]
    if info[1].tag != _BIT_STRING or len(point) != 65 or point[0] != 4:
        raise NotDer
    names = [nodes(pair.content) for one in nodes(subject.content) for pair in nodes(one.content)]
    called = next((pair[1].content for pair in names if pair[0].content == _COMMON_NAME), b"")
    key = int.from_bytes(point[1:33], "big"), int.from_bytes(point[33:], "big")
    return key, called.decode("utf-8", "replace")
