"""A zip's directory, read only where its size is sane: the first look at any zip from outside.

A directory may claim a hundred thousand parts, or lay one part over another so that a small file inflates
without end. What passes is still to be read within limits: the length that a part claims is not believed.
"""

from __future__ import annotations

import struct
import zipfile
from typing import BinaryIO

from papers.reading.unreadable import Unreadable

MOST_PARTS = 5_000
MOST_DIRECTORY = 2 * (1 << 20)
"""Bytes."""
_END, _LARGE_END, _LARGE_END_AT = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"


def parts(file: BinaryIO, size: int) -> list[zipfile.ZipInfo]:
    """The zip's parts, once the end record has said that there are few enough to read.

    Args:
        file: the zip, open for reading.
        size: its length in bytes.

    Raises:
        Unreadable: it is no zip or was cut (``damaged``), needs a password (``encrypted``), or is built to
            harm: too many parts, or parts that lie over one another.
    """
    count, length = _said_at_end(file, size)
    if count > MOST_PARTS or length > MOST_DIRECTORY:
        raise Unreadable("harmful", what="parts")
    try:
        with zipfile.ZipFile(file) as archive:
            found = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, EOFError, OSError) as error:
        raise Unreadable("damaged") from error
    if sum(part.compress_size for part in found) > size:
        raise Unreadable("harmful", what="overlap")
    if any(part.flag_bits & 0x1 for part in found):
        raise Unreadable("encrypted")
    return found


def _said_at_end(file: BinaryIO, size: int) -> tuple[int, int]:
    """How many parts there are and how long the directory is; some writers say it in the form for large
    files, whatever the size."""
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        raise Unreadable("damaged")
    count, length = struct.unpack_from("<HI", tail, at + 10)
    if (count == 0xFFFF or length == 0xFFFFFFFF) and tail[max(0, at - 20) :].startswith(_LARGE_END_AT):
        (place,) = struct.unpack_from("<Q", tail, at - 12)
        file.seek(min(place, size))
        record = file.read(56)
        if len(record) < 56 or not record.startswith(_LARGE_END):
            raise Unreadable("damaged")
        count, length = struct.unpack_from("<QQ", record, 32)
    return count, length
