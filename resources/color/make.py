"""How sRGB.icc was made. A tool for developers: the program never runs it.

    python resources/color/make.py

A version 2 display profile of the sRGB colour space (IEC 61966-2-1), written from the numbers of the
standard: its primaries adapted to D50 by the Bradford method, its white, and its transfer curve sampled at
1,024 points. Written here rather than taken from elsewhere, so that it carries nobody's licence and no date
of making.
"""

from __future__ import annotations

import struct
from pathlib import Path

D50 = (0.9642, 1.0, 0.8249)
PRIMARIES = {  # sRGB's red, green and blue as XYZ, adapted to D50
    "rXYZ": (0.43607, 0.22249, 0.01392),
    "gXYZ": (0.38515, 0.71687, 0.09708),
    "bXYZ": (0.14307, 0.06061, 0.71410),
}
POINTS = 1024


def fixed(value: float) -> bytes:
    """s15Fixed16Number."""
    return struct.pack(">i", round(value * 65536))


def xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(map(fixed, values))


def described(text: str) -> bytes:
    plain = text.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(plain)) + plain + bytes(4 + 4 + 2 + 1 + 67)


def curve() -> bytes:
    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    samples = [round(linear(i / (POINTS - 1)) * 65535) for i in range(POINTS)]
    return b"curv\0\0\0\0" + struct.pack(f">I{POINTS}H", POINTS, *samples)


def profile() -> bytes:
    response = curve()
    tags = [
        ("desc", described("sRGB IEC61966-2.1")),
        ("cprt", b"text\0\0\0\0" + b"No copyright, use freely\0"),
        ("wtpt", xyz(D50)),
        *((name, xyz(values)) for name, values in PRIMARIES.items()),
        ("rTRC", response),
        ("gTRC", response),
        ("bTRC", response),
    ]
    offset = 128 + 4 + 12 * len(tags)
    directory, body, placed = struct.pack(">I", len(tags)), b"", {}
    for name, data in tags:
        if data not in placed:  # the three channels share one curve
            padded = data + bytes(-len(data) % 4)
            placed[data] = offset + len(body)
            body += padded
        directory += name.encode() + struct.pack(">II", placed[data], len(data))
    size = offset + len(body)
    header = (
        struct.pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
        + struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
        + b"acsp"
        + bytes(4)
        + bytes(4)
        + bytes(8)
        + bytes(8)
        + struct.pack(">I", 0)
        + b"".join(map(fixed, D50))
        + bytes(4)
    )
    return header.ljust(128, b"\0") + directory + body


if __name__ == "__main__":
    Path(__file__).resolve().with_name("sRGB.icc").write_bytes(profile())
