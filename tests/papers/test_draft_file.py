"""A file is there when all of it is, or what was there before."""

from pathlib import Path

import pytest

from papers.draft_file import beside, sync


def test_a_file_comes_into_its_place_whole(tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    with beside(target) as draft, beside(target) as another:
        assert draft != another and draft.parent == tmp_path and draft.suffix == ".xlsx"
        draft.write_bytes(b"all of it")
        sync(draft)
        assert not target.exists()
        draft.replace(target)
    assert target.read_bytes() == b"all of it" and list(tmp_path.iterdir()) == [target]


def test_whoever_is_interrupted_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("before")
    with pytest.raises(InterruptedError), beside(target) as draft:
        draft.write_text("half")
        raise InterruptedError
    assert target.read_text() == "before" and list(tmp_path.iterdir()) == [target]


def test_an_error_names_the_file_that_was_asked_for(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as folder, beside(tmp_path / "nowhere" / "a.csv"):
        pass
    assert folder.value.filename == str(tmp_path / "nowhere")
    taken = tmp_path / "taken"
    taken.mkdir()
    with pytest.raises(OSError) as place, beside(taken) as draft:
        draft.replace(taken)
    assert place.value.filename == str(taken) and list(tmp_path.iterdir()) == [taken]


def test_a_long_name_is_no_hindrance(tmp_path: Path) -> None:
    target = tmp_path / ("长" * 83 + ".pdf")
    with beside(target) as draft:
        draft.replace(target)
    assert target.exists()
