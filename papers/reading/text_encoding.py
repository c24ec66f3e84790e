"""In which encoding a text is written: UTF-8, UTF-16 or GB 18030, and never one that nobody chose.

Nearly any bytes can be read as GB 18030: a file in Big5 comes out as characters that nobody wrote, some of
them for private use. So what was read has to look like Chinese: where the same bytes read as Big5 give more
of the usual characters, or much of it is for private use, the file is refused and the encoding named.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import BinaryIO

from papers.reading.unreadable import Unreadable

MEGABYTE = 1 << 20
LONGEST_LINE = MEGABYTE
_MOST_PRIVATE = 0.1
"""Share of what is not ASCII that may be for private use: a few characters that an office drew itself."""
_WIDE = ("utf-16-le", "utf-16-be")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_OLD_GB18030 = frozenset("\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796"
                         "\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864"
                         "\ue816\ue817\ue818\ue831\ue83b\ue855")  # fmt: skip
"""What Python's codec makes of two dozen characters that had no place in Unicode when GB 18030 was young."""
_MARKS = re.compile("[\u2010-\u2027\u3000-\u3011\uff01-\uff5e×·√]")


def encoding_of(file: BinaryIO, head: bytes) -> str:
    """The encoding of a text, as Python names it; what it begins with was seen to be no workbook.

    Raises:
        Unreadable: ``encoding``, ``encoding_guessed`` (with its name), ``long_text``, or ``no_table`` where
            it is no text.
    """
    wide = _wide(head)
    if b"\0" in head and not wide:
        raise Unreadable("no_table")
    _check_lines(file)
    if wide:
        if _first_of(file, (wide,)):
            return wide
        raise Unreadable("encoding")
    found = _first_of(file, ("utf-8-sig", "gb18030"))
    if not found:
        raise Unreadable("encoding")
    if found == "gb18030":
        _must_be_chinese(file)
    return found


def _wide(head: bytes) -> str:
    """The UTF-16 that a text begins with, told by its mark, or by every letter's being one without a mark."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in head:
        for encoding in _WIDE:
            said = head[: len(head) // 2 * 2].decode(encoding, "replace")
            if "\n" in said and all(letter.isprintable() or letter in "\t\r\n" for letter in said[:-1]):
                return encoding
    return ""


def _check_lines(file: BinaryIO) -> None:
    file.seek(0)
    since = 0
    while piece := file.read(LONGEST_LINE):
        first = piece.find(b"\n")
        if since + (len(piece) if first < 0 else first) > LONGEST_LINE:
            raise Unreadable("long_text", most=LONGEST_LINE)
        since = since + len(piece) if first < 0 else len(piece) - piece.rfind(b"\n") - 1


def _first_of(file: BinaryIO, encodings: tuple[str, ...]) -> str:
    """The first of the encodings in which the whole text can be read, or empty."""
    for encoding in encodings:
        file.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            while piece := file.read(MEGABYTE):
                decoder.decode(piece)
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            continue
        return encoding
    return ""


def _must_be_chinese(file: BinaryIO) -> None:
    """What can be read as GB 18030 was also written so.

    Raises:
        Unreadable: ``encoding_guessed``, ``encoding``.
    """
    letters, start = _letters(file)
    if not letters:
        return
    total = letters.total()
    private = sum(count for letter, count in letters.items() if _PRIVATE.match(letter))
    likely = sum(count for letter, count in letters.items() if _is_usual(letter, "gb2312"))
    other = Counter(_beyond_ascii(_read(start, "big5")))
    if other and sum(
        count for letter, count in other.items() if _is_usual(letter, "big5")
    ) / other.total() > (likely / total):
        raise Unreadable("encoding_guessed", encoding="Big5")
    if private > _MOST_PRIVATE * total:
        raise Unreadable("encoding")


def _letters(file: BinaryIO) -> tuple[Counter[str], bytes]:
    """What is not ASCII in the first piece and in those that hold characters for private use; the first
    piece itself."""
    letters: Counter[str] = Counter()
    file.seek(0)
    decoder = codecs.getincrementaldecoder("gb18030")()
    start = b""
    while piece := file.read(MEGABYTE):
        said = decoder.decode(piece)
        if not start or not _OLD_GB18030.issuperset(_PRIVATE.findall(said)):
            letters.update(_beyond_ascii(said))
        start = start or piece
    return Counter({letter: count for letter, count in letters.items() if letter not in _OLD_GB18030}), start


def _beyond_ascii(said: str) -> str:
    return re.sub("[\0-\x7f]+", "", said)


def _read(start: bytes, encoding: str) -> str:
    """The beginning of a text in an encoding, empty where it can't be; its last character may be cut."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(start)
    except UnicodeDecodeError:
        return ""


def _is_usual(letter: str, encoding: str) -> bool:
    """Whether a character is one that is usual where an encoding is: its ideographs of every day, or a
    mark."""
    if not "\u4e00" <= letter <= "\u9fff":
        return _MARKS.match(letter) is not None
    try:
        first = letter.encode(encoding)[0]
    except UnicodeEncodeError:
        return False
    return encoding != "big5" or 0xA4 <= first <= 0xC6
