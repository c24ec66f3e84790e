"""A new office's file has its name once all of it is there; kills are in `tests/casework/founding`."""

import errno
import os
from pathlib import Path

import pytest

from casework.core.office import Office
from models.faults import OfficeFault
from papers import draft_file


def test_what_others_are_making_stays(tmp_path: Path) -> None:
    with Office.making(tmp_path / "theirs.office"):
        begun = list(tmp_path.iterdir())
        Office.create(tmp_path / "our.office").close()
        assert begun and all(each.exists() for each in begun)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["our.office", "theirs.office"]


def test_a_name_that_is_taken_meanwhile_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(OfficeFault, match=r"office\.exists"), Office.making(tmp_path / "our.office"):
        (tmp_path / "our.office").write_text("a letter")
    assert [each.read_text() for each in tmp_path.iterdir()] == ["a letter"]


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_a_folder_that_takes_no_file_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    def refuse(*given: object, **named: object) -> None:
        raise OSError(fault, os.strerror(fault), "x")

    monkeypatch.setattr(draft_file, "place_new", refuse)
    with pytest.raises(OfficeFault) as told:
        Office.create(tmp_path / "our.office")
    codes = {errno.ENOSPC: "office.full", errno.EACCES: "office.no_place", errno.EIO: "office.disk"}
    assert told.value.code == codes[fault] and list(tmp_path.iterdir()) == []
