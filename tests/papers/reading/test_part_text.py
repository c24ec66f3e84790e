"""Every part is looked at in UTF-8, however its writer cut and wrote it."""

from __future__ import annotations

import pytest

from papers.reading.part_text import in_utf_8, wide
from papers.reading.unreadable import Unreadable

TEXT = '<?xml version="1.0" encoding="UTF-16"?><a>深圳𠮷</a>'


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("length", [90, 1_000])
def test_a_wide_part_is_written_anew(encoding: str, length: int) -> None:
    content = TEXT.encode(encoding)
    assert wide(content)
    pieces = [content[at : at + length] for at in range(0, len(content), length)]
    assert b"".join(in_utf_8(pieces)).decode() == TEXT.replace("UTF-16", "UTF-8")


def test_a_character_that_two_pieces_share_stays_whole() -> None:
    content = TEXT.encode("utf-16")
    for cut in range(len(content) - 12, len(content)):
        assert b"".join(in_utf_8([content[:cut], content[cut:]])).endswith("深圳𠮷</a>".encode())


def test_any_other_part_is_as_it_was() -> None:
    pieces = [b"<a>", b"\xff\xfe", b""]
    assert not wide(pieces[0]) and list(in_utf_8(pieces)) == pieces


@pytest.mark.parametrize("end", [b"\x00", "\ud842".encode("utf-16-le", "surrogatepass")])
def test_what_breaks_off_is_damaged(end: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        list(in_utf_8([TEXT.encode("utf-16-le") + end]))
    assert caught.value.code == "damaged"
