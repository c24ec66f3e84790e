"""Files, folders and zips listed, and the bytes of each as they came."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from papers.invoices import originals
from papers.invoices.invoice import Refusal, Source
from papers.reading.unreadable import Unreadable
from tests.papers.invoices import made, made_ofd
from tests.papers.invoices.made import Paper

PAPER = Paper()


def names(*paths: Path) -> list[str]:
    return [
        each.source.name + "!" + each.code if isinstance(each, Refusal) else each.name
        for each in originals.listed(paths)
    ]


def archive(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "."), content)
    return path


def test_a_folder_and_a_zip_give_their_files_by_name_and_an_ofd_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "甲").mkdir()
    made.write(tmp_path / "甲", b__xml=made.xml(PAPER), a__ofd=made_ofd.ofd(PAPER))
    archive(
        tmp_path / "甲" / "c.zip", z__xml=made.xml(PAPER), **{"__MACOSX/._z__xml": b"x", "_DS_Store": b"1"}
    )
    (tmp_path / "甲" / ".DS_Store").write_bytes(b"x")
    found = names(tmp_path, tmp_path / "none.xml")
    assert found == ["甲/a.ofd", "甲/b.xml", "_DS_Store", "z.xml", "none.xml!not_found"]


def test_empty_places_workbooks_and_locked_zips(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    archive(tmp_path / "a.zip")
    archive(tmp_path / "b.xlsx", **{"[Content_Types]__xml": b"<a/>"})
    (tmp_path / "c.zip").write_bytes(b"PK\x03\x04cut")
    assert names(*sorted(tmp_path.iterdir())) == [
        "a.zip!empty_folder", "b.xlsx!no_invoice", "c.zip!damaged", "空!empty_folder",
    ]  # fmt: skip


def test_an_original_is_kept_byte_for_byte_and_not_when_it_was_changed(tmp_path: Path) -> None:
    content = made.xml(PAPER)
    path = archive(tmp_path / "a.zip", z__xml=content)
    digest = hashlib.sha256(content).hexdigest()
    assert originals.original(Source(str(path), "z.xml", "", digest)) == content
    with pytest.raises(Unreadable) as caught:
        originals.original(Source(str(path), "z.xml", "", "0" * 64))
    assert caught.value.code == "changed"


def test_members_that_cannot_be_read(tmp_path: Path) -> None:
    inner = archive(tmp_path / "in.zip", a__xml=b"<a/>").read_bytes()
    path = archive(tmp_path / "a.zip", in__zip=inner, big=bytes(10))
    with pytest.raises(Unreadable) as caught:
        originals.original(Source(str(path), "in.zip"))
    assert caught.value.code == "zip_within"
    with pytest.raises(Unreadable) as caught:
        originals.original(Source(str(path), "nothing"))
    assert caught.value.code == "damaged"
