"""The square code (QR) of an invoice: found on a picture of its page, and read.

    01,31,,26442000009900000031,1000000.00,20260511,,605B

A fixed 01, the type, code and number, an amount, the day, the check code and a check sum. The amount is the
gross for 数电票 (31, 32 and what came with them) and the net for the older kinds (01, 04, 08, 10). The check
sum is a CRC of 16 bits (polynomial 8005, start 0, nothing reflected) over all before it. It is described in
no rule and right on most codes that were met: a wrong one is told and refuses nothing, a right one proves a
good reading and not that the invoice is real.

>>> crc("01,31,,26442000009900000031,1000000.00,20260511,,")
'605B'
"""

from __future__ import annotations

import urllib.parse
from typing import Any

from papers.invoices import values
from papers.invoices.carrier import Carrier
from papers.invoices.invoice import NOWHERE, Place

NET_TYPES = ("01", "04", "08", "10")
Found = list[tuple[str, tuple[float, float, float, float]]]
"""Texts and boxes in the pixels of the picture."""


def crc(text: str) -> str:
    """The check sum of a code's text up to its last comma, as four capital hex digits."""
    register = 0
    for byte in text.encode("utf-8"):
        register = (register << 8 & 0xFFFF) ^ _STEPS[register >> 8 ^ byte]
    return f"{register:04X}"


def _step(register: int) -> int:
    """Eight steps of the division, for one byte in front."""
    for _ in range(8):
        register = register << 1 ^ (0x8005 if register & 0x8000 else 0)
    return register & 0xFFFF


_STEPS = tuple(_step(byte << 8) for byte in range(256))


def read(text: str, place: Place = NOWHERE) -> Carrier | None:
    """What the text of a code says; None where it is no invoice's."""
    fields = [values.bare(part) for part in text.split(",")]
    if len(fields) >= 6 and fields[0] == "01" and fields[3].isdigit():
        said = Carrier("qr")
        said.put("kind", values.TYPES.get(fields[1], ""), place)
        said.say("code", fields[2], place)
        said.say("number", fields[3], place)
        said.say("net" if fields[1] in NET_TYPES else "gross", fields[4], place)
        said.say("issued_on", fields[5], place)
        return said
    return _link(text, place)


def crc_fits(text: str) -> bool:
    """Whether the check sum is right, or there is none."""
    end = text.rstrip().rstrip(",")
    before, _, sum_ = end.rpartition(",")
    if len(sum_) != 4 or before.count(",") < 6:
        return True
    return crc(f"{before},") == sum_.upper()


def _link(text: str, place: Place) -> Carrier | None:
    """The code that leads to a download: number and day stand in its address."""
    if not text.lower().startswith(("http://", "https://")):
        return None
    asked = urllib.parse.parse_qs(urllib.parse.urlsplit(text).query)
    known = {name.casefold(): each[0] for name, each in asked.items()}
    said = Carrier("qr")
    said.say("number", known.get("fphm", ""), place)
    said.say("code", known.get("fpdm", ""), place)
    said.say("issued_on", known.get("kprq", "")[:8], place)
    return said if said.is_invoice else None


def on_picture(pixels: Any) -> Found:
    """Every square code on a grey picture: a buffer of rows of bytes, or a Pillow picture."""
    import zxingcpp

    found: Found = []
    for code in zxingcpp.read_barcodes(
        pixels, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    ):
        corners = code.position
        points = (corners.top_left, corners.top_right, corners.bottom_right, corners.bottom_left)
        across, down = [point.x for point in points], [point.y for point in points]
        found.append((code.text, (min(across), min(down), max(across), max(down))))
    return found
