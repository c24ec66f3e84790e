"""A TrueType font cut to some of its characters, as a PDF embeds it.

reportlab's own cutting writes tables that a PDF reader never looks at (names, character map, style) and
sums their bytes in a slow loop; for a Chinese letter that is a third of the whole work. Only what ISO
32000-1, 9.9 asks of a CIDFontType2 program is written here: glyphs, their places and widths, and the tables
that say how to read them.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Sequence
from typing import Any

_WORDS, _SCALE, _MORE, _TWO_SCALES, _FOUR_SCALES = 1, 8, 32, 64, 128
_COPIED = ("cvt ", "fpgm", "prep")  # what hints need, where a font has them


def cut(face: Any, codes: Sequence[int]) -> bytes:
    """The font program holding glyph 0 and then the glyphs of `codes`, in their order.

    Args:
        face: a reportlab TTFontFace.
        codes: character codes that the face has, no two of one glyph.
    """
    old = [0, *(face.charToGlyph[code] for code in codes)]  # new glyph number to old
    new = {glyph: number for number, glyph in enumerate(old)}
    outlines, places = face.get_table("glyf"), face.glyphPos
    glyphs: list[bytes] = []
    offsets = array("I", [0])
    at = number = 0
    while number < len(old):  # parts of composite glyphs join the end while it runs
        glyph = outlines[places[old[number]] : places[old[number] + 1]]
        if glyph[:1] >= b"\x80":
            glyph = _renumbered(glyph, old, new)
        padded = glyph + bytes(-len(glyph) % 4)
        glyphs.append(padded)
        at += len(padded)
        offsets.append(at)
        number += 1
    return _program(face, old, b"".join(glyphs), offsets)


def _renumbered(glyph: bytes, old: list[int], new: dict[int, int]) -> bytes:
    """A composite glyph that refers to its parts by their new numbers."""
    changed = bytearray(glyph)
    at, flags = 10, _MORE
    while flags & _MORE:
        flags, part = struct.unpack_from(">HH", changed, at)
        if part not in new:
            new[part] = len(old)
            old.append(part)
        struct.pack_into(">H", changed, at + 2, new[part])
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _FOUR_SCALES else 0
    return bytes(changed)


def _program(face: Any, old: Sequence[int], glyf: bytes, offsets: array[int]) -> bytes:
    if sys.byteorder == "little":
        offsets.byteswap()
    metrics = _metrics(face, old)
    head, hhea, maxp = (bytearray(face.get_table(tag)) for tag in ("head", "hhea", "maxp"))
    struct.pack_into(">L", head, 8, 0)  # the sum over all tables, set last
    struct.pack_into(">h", head, 50, 1)  # offsets are long
    struct.pack_into(">H", hhea, 34, len(old))
    struct.pack_into(">H", maxp, 4, len(old))
    tables = {
        "glyf": glyf,
        "head": bytes(head),
        "hhea": bytes(hhea),
        "hmtx": struct.pack(f">{len(metrics)}H", *metrics),
        "loca": offsets.tobytes(),
        "maxp": bytes(maxp),
        **{tag: face.get_table(tag) for tag in _COPIED if tag in face.table},
    }
    return _assembled(dict(sorted(tables.items())))


def _metrics(face: Any, old: Sequence[int]) -> list[int]:
    """Advance and bearing of each glyph, in the font's own units.

    A font may write the advance of its last glyphs once (OpenType, hmtx: `numberOfHMetrics`). reportlab
    notes it for those in thousandths of the size instead, which is another number in a font that is not
    made of a thousand units, and the widths that the PDF names would then disagree with the font's.
    """
    (written,) = struct.unpack_from(">H", face.get_table("hhea"), 34)
    metrics = []
    for glyph in old:
        advance, bearing = face.hmetrics[min(glyph, written - 1)][0], face.hmetrics[glyph][1]
        metrics += [advance & 0xFFFF, bearing & 0xFFFF]
    return metrics


def _assembled(tables: dict[str, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    search = (power * 16, power.bit_length() - 1, (count - power) * 16)
    header = struct.pack(">LHHHH", 0x00010000, count, *search)
    directory, body = b"", []
    at = len(header) + 16 * count
    total, adjustment = 0, 0
    for tag, data in tables.items():
        padded = data + bytes(-len(data) % 4)
        added = _sum(padded)
        total += added
        if tag == "head":
            adjustment = at + 8
        directory += struct.pack(">4sLLL", tag.encode("ascii"), added, at, len(data))
        body.append(padded)
        at += len(padded)
    program = bytearray(header + directory + b"".join(body))
    total += _sum(header + directory)
    struct.pack_into(">L", program, adjustment, (0xB1B0AFBA - total) & 0xFFFFFFFF)
    return bytes(program)


def _sum(data: bytes) -> int:
    """The sum of big-endian 32-bit words, as TrueType wants it."""
    numbers = array("I", data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return sum(numbers) & 0xFFFFFFFF
