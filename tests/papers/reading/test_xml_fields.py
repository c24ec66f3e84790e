from pathlib import Path

import pytest

from papers.reading import xml_fields
from papers.reading.unreadable import Unreadable


def read(path: Path, content: bytes) -> list[tuple[dict[str, str], list[dict[str, str]]]]:
    path.write_bytes(content)
    return [(head, items) for _, head, items in xml_fields.of(str(path), "Item")]


def test_items_with_the_head_above_them_whatever_their_namespace(tmp_path: Path) -> None:
    text = (
        "<a:V xmlns:a='x'><a:Sum>5</a:Sum><L><a:Item><Amt> 3 </Amt></a:Item>"
        "<Item><Amt>2</Amt></Item></L></a:V>"
    )
    assert read(tmp_path / "a", text.encode()) == [({"Sum": "5"}, [{"Amt": "3"}, {"Amt": "2"}])]


def test_several_heads_in_one_file(tmp_path: Path) -> None:
    one = "<V><Id>{}</Id><L><Item><Amt>{}</Amt></Item></L></V>"
    text = f"<All>{one.format(1, 5)}{one.format(2, 7)}</All>"
    assert read(tmp_path / "a", text.encode()) == [
        ({"Id": "1"}, [{"Amt": "5"}]),
        ({"Id": "2"}, [{"Amt": "7"}]),
    ]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("GBK", "gbk"),
        ("gb2312", "gb18030"),
        ("GB18030", "gb18030"),
        ("UTF-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("UTF-16", "utf-16"),
    ],
)
def test_the_encoding_that_is_declared(tmp_path: Path, declared: str, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?><V><Item><Why>账号已销户</Why></Item></V>'
    assert read(tmp_path / "a", text.encode(encoding))[0][1] == [{"Why": "账号已销户"}]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<V><Item>", "damaged"),
        (b"<!DOCTYPE V><V/>", "harmful"),
        (b"<V>" + b"<a>" * 100_000, "harmful"),
        (b"<V>\xd5\xcb</V>", "encoding"),
    ],
)
def test_what_can_do_harm_or_is_cut(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(Unreadable, match=code):
        read(tmp_path / "a", content)


def test_more_items_than_any_receipt_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_fields, "MOST_ITEMS", 2)
    with pytest.raises(Unreadable, match="too_many_rows"):
        read(tmp_path / "a", b"<V>" + b"<Item><a>1</a></Item>" * 3 + b"</V>")
    monkeypatch.setattr(xml_fields, "MOST_BYTES", 2)
    with pytest.raises(Unreadable, match="too_large"):
        read(tmp_path / "a", b"<V/>")
