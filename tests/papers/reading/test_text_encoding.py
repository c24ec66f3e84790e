"""Text is read in the encoding that it was written in, or refused with the encoding named."""

from __future__ import annotations

from pathlib import Path

import pytest

from papers.reading import guard, text_encoding
from papers.reading.unreadable import Unreadable

LINES = "申报编号,单位名称\r\nFL1,深圳市前海镕昇智算科技有限公司\r\nFL2,龙岗区云海算力服务中心\r\n"
TRADITIONAL = "case no,applicant name,bank\r\n1,華鴻數據科技有限公司,臺灣灣畔銀行深圳分行\r\n"


def encoding(path: Path, content: bytes) -> str:
    (path / "a.csv").write_bytes(content)
    return guard.check(path / "a.csv").encoding


def refused(path: Path, content: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        encoding(path, content)
    return caught.value


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("utf-8", "utf-8-sig"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gb2312", "gb18030"),
        ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"),
    ],
)  # fmt: skip
def test_the_encodings_of_offices_are_told_apart(written: str, told: str, tmp_path: Path) -> None:
    text = LINES.replace("镕昇", "容升") if written == "gb2312" else LINES
    content = text.encode(written)
    assert encoding(tmp_path, content) == told
    assert content.decode(told).removeprefix("\ufeff") == text


@pytest.mark.parametrize(
    "text",
    [
        TRADITIONAL,
        "case,name\n1,智算科技股份有限公司\n",
        "案號,申請單位\n1,國立臺灣大學\n",
        "case,name\n1,一\n2,金門\n",
    ],
)
def test_what_is_big5_is_not_taken_for_gb18030(text: str, tmp_path: Path) -> None:
    fault = refused(tmp_path, text.encode("big5"))
    assert fault.code == "encoding_guessed" and "Big5" in fault.say("zh") and "Big5" in fault.say("en")


@pytest.mark.parametrize(
    "text", [TRADITIONAL, LINES, "a,b\n1,龘靐齉爩\n", "a,b\n1,Café算力服务\n", "編號,單位\n1,臺灣\n"]
)
def test_rare_and_traditional_characters_are_gb18030_all_the_same(text: str, tmp_path: Path) -> None:
    assert encoding(tmp_path, text.encode("gb18030")) == "gb18030"


def test_what_an_office_drew_itself_spoils_no_file(tmp_path: Path) -> None:
    drawn = LINES.replace("镕", "\ue005")
    assert encoding(tmp_path, drawn.encode("gb18030")) == "gb18030"
    old = "a,b\n1,\ue81e\ue831\ue855\n"
    assert encoding(tmp_path, old.encode("gb18030")) == "gb18030", "characters of the older table"
    assert refused(tmp_path, "a,b\n1,\ue005\ue006\n".encode("gb18030")).code.startswith("encoding")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    assert refused(tmp_path, b"a,b\n\xff\xff\xfe,1\n").code == "encoding"
    assert refused(tmp_path, b"a,b\n\0\0\0\n").code == "no_table"
    assert refused(tmp_path, "\ufeffa,b\n".encode("utf-16-le") + b"\xd8").code == "encoding"


def test_a_line_may_not_be_endless_wherever_it_begins(tmp_path: Path) -> None:
    long = b"x" * (text_encoding.LONGEST_LINE // 2)
    assert encoding(tmp_path, b"a\n" + long + b"\n" + long + b"\n") == "utf-8-sig"
    assert refused(tmp_path, b"a\n" + long * 3 + b"\nb").code == "long_text"
    assert refused(tmp_path, b"a\n" + long * 3).code == "long_text"
