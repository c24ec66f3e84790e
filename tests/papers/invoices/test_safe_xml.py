"""XML from outside: leaves with their paths, and what is refused."""

from __future__ import annotations

import pytest

from papers.invoices import safe_xml
from papers.reading.unreadable import Unreadable


def refused(content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        list(safe_xml.leaves(safe_xml.parse(content)))
    return caught.value.code


def test_leaves_have_paths_without_namespaces_and_no_signature() -> None:
    root = safe_xml.parse(b'<a xmlns="urn:x"><b><c> 1 </c></b><Signature><c>2</c></Signature><d/></a>')
    assert [(leaf.path, leaf.text) for leaf in safe_xml.leaves(root)] == [("b/c", "1")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    said = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?><a><b>算力</b></a>'
    root = safe_xml.parse(said.encode(encoding))
    assert [leaf.text for leaf in safe_xml.leaves(root)] == ["算力"]


def test_what_harms_and_what_is_cut() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    assert refused(bomb) == "harmful"
    assert refused(b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>') == "harmful"
    assert refused(b"<a><b>") == "damaged"
    assert refused(b'<?xml version="1.0" encoding="nonsense"?><a/>') == "damaged"
    assert refused(b'<?xml version="1.0" encoding="gbk"?><a>\xff\xff</a>') == "damaged"
    assert refused(b"<a>" * 500 + b"</a>" * 500) == "harmful"
    assert refused(b"<a>" + b" " * safe_xml.LARGEST + b"</a>") == "harmful"
