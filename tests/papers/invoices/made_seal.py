"""A seal with a signature, made by a made-up key: for tests alone."""

from __future__ import annotations

import hashlib

from papers.invoices import sm2
from tests.papers.invoices import made_ofd
from tests.papers.invoices.made import Paper

SECRET = 0x3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8
SIGNATURE, VALUE = "Doc_0/Signs/Sign_0/Signature.xml", "Doc_0/Signs/Sign_0/SignedValue.dat"
SM2_WITH_SM3 = bytes.fromhex("06082a811ccf55018375")
OWNER = "虚构税务局"


def der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    length = bytes((size,)) if size < 128 else b"\x82" + size.to_bytes(2, "big")
    return bytes((tag,)) + length + content


def key(secret: int = SECRET) -> sm2.Point:
    found = sm2.sum_of(secret, 0, sm2.BASE)
    assert found is not None
    return found


def certificate(secret: int = SECRET) -> bytes:
    """As much of a certificate as is looked at."""
    point = b"\x00\x04" + b"".join(each.to_bytes(32, "big") for each in key(secret))
    name = der(0x30, der(0x31, der(0x30, bytes.fromhex("0603550403"), der(0x0C, OWNER.encode()))))
    kind = der(0x30, SM2_WITH_SM3)
    info = der(0x30, kind, der(0x03, point))
    body = der(0x30, der(0xA0, b"\x02\x01\x02"), b"\x02\x01\x07", kind, name, der(0x30), name, info)
    return der(0x30, body, kind, der(0x03, b"\x00"))


def number(value: int) -> bytes:
    return der(
        0x02,
        value.to_bytes(33, "big").lstrip(b"\0").rjust(1, b"\0")
        if value >> 255 == 0
        else b"\0" + value.to_bytes(32, "big"),
    )


def signed(listed: bytes, secret: int = SECRET, within: bool = False) -> bytes:
    """A signed value over a list of digests; ``within``: the older form."""
    owner = der(0x04, certificate(secret))
    digest = der(0x03, b"\x00" + hashlib.new("sm3", listed).digest())
    head = (
        b"\x02\x01\x04",
        der(0x30),
        der(0x18, b"20260609090000Z"),
        digest,
        der(0x16, b"/" + SIGNATURE.encode()),
    )
    body = der(0x30, *head, *((owner, SM2_WITH_SM3) if within else ()))
    message, chance = (
        sm2.digest(key(secret), body),
        0x59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21,
    )
    point = sm2.sum_of(chance, 0, sm2.BASE)
    assert point is not None
    r = (message + point[0]) % sm2.ORDER
    s = pow(1 + secret, -1, sm2.ORDER) * (chance - r * secret) % sm2.ORDER
    value = der(0x03, b"\x00" + der(0x30, number(r), number(s)))
    return der(0x30, body, value) if within else der(0x30, body, owner, SM2_WITH_SM3, value)


def sealed(paper: Paper, within: bool = False) -> dict[str, bytes]:
    """The parts of an OFD with a whole seal."""
    parts = made_ofd.unpacked(made_ofd.ofd(paper, sealed=True))
    end = b"</ofd:Signature>"
    parts[SIGNATURE] = parts[SIGNATURE].replace(
        end, f"<ofd:SignedValue>/{VALUE}</ofd:SignedValue>".encode() + end
    )
    parts[VALUE] = signed(parts[SIGNATURE], within=within)
    return parts
