"""A new office's file has its name once all of it is there; kills are in `tests/casework/founding`."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from casework.audit.verify import checks
from casework.core.office import Office
from models.faults import OfficeFault
from papers import draft_file

ROOT = Path(__file__).resolve().parents[3]


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


@pytest.mark.parametrize("end", draft_file.BESIDE)
def test_no_office_is_made_under_the_name_of_a_part_of_another(tmp_path: Path, end: str) -> None:
    """It was told as made, and was gone when the office beside it was next opened."""
    Office.create(tmp_path / "our.office").close()
    with pytest.raises(OfficeFault, match=r"office\.beside_another"):
        Office.create(tmp_path / f"our.office{end}")
    assert [each.name for each in tmp_path.iterdir()] == ["our.office"]
    Office.create(tmp_path / f"other{end}").close()


KILLED = """
import os, sys
from pathlib import Path
from casework.core.act import by_itself
from casework.core.office import Office
office = Office.open(Path(sys.argv[1]))
by_itself(office, "sign_in", "person officer", lambda session, at: {"failures": 0})
os._exit(9)
"""


@pytest.mark.parametrize("late", [False, True])
def test_none_is_made_beside_the_journal_of_one_that_is_gone(tmp_path: Path, late: bool) -> None:
    """What a killed program had left of the old one was written into the new one, which was broken as soon
    as it was told as made."""
    path, kept = tmp_path / "our.office", tmp_path / "kept"
    Office.create(path).close()
    subprocess.run([sys.executable, "-c", KILLED, path], cwd=ROOT, check=False)
    left = sorted(each for each in tmp_path.iterdir() if each != path)
    if not left:
        pytest.skip("this library leaves no journal of what is stored")
    path.unlink()
    if late:
        kept.mkdir()
        for each in left:
            each.rename(kept / each.name)
    with pytest.raises(OfficeFault, match=r"office\.left_beside"), Office.making(path):
        for each in left if late else ():
            (kept / each.name).rename(each)
    assert sorted(each for each in tmp_path.iterdir() if each != kept) == left
    for each in left:
        each.unlink()
    with Office.create(path).closing() as office:
        assert [check.name for check in checks(office) if not check.ok] == []


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
