"""The directory of a zip: read where it is sane, refused before anything of it is believed."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from papers.reading import zip_directory
from papers.reading.unreadable import Unreadable
from tests.papers import hostile_files as hostile


def names(path: Path) -> list[str]:
    with path.open("rb") as file:
        return [part.filename for part in zip_directory.parts(file, path.stat().st_size)]


def refused(path: Path) -> tuple[str, object]:
    with pytest.raises(Unreadable) as caught:
        names(path)
    return caught.value.code, caught.value.params.get("what")


def test_parts_are_told_and_folders_are_none(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.mkdir("发票")
        archive.writestr("发票/1.xml", "<a/>")
    assert names(tmp_path / "a.zip") == ["发票/1.xml"]


def test_a_directory_that_harms_or_is_cut_is_refused(tmp_path: Path) -> None:
    assert refused(hostile.many_parts(tmp_path / "many.zip")) == ("harmful", "parts")
    assert refused(hostile.overlapping_parts(tmp_path / "over.zip")) == ("harmful", "overlap")
    assert refused(hostile.encrypted_zip(tmp_path / "locked.zip")) == ("encrypted", None)
    assert refused(hostile.truncated(tmp_path / "cut.zip")) == ("damaged", None)
