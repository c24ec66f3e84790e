"""A file is there when all of it is, or what was there before."""

import os
from pathlib import Path

import pytest

from models import sqlite
from papers.draft_file import OFFICE, Taken, beside, must_be_free, sync, whole


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


def test_no_file_takes_the_place_of_an_office_or_of_what_it_is_made_from(tmp_path: Path) -> None:
    office = tmp_path / "our.office"
    office.write_bytes(b"SQLite format 3\0".ljust(68, b"\0") + OFFICE)
    journal = tmp_path / "our.office-wal"
    journal.write_bytes(b"what is not in the file yet")
    linked = tmp_path / "ledger.xlsx"
    linked.symlink_to(office)
    beside_it = [tmp_path / f"our.office{end}" for end in (".window", ".search-wal", "-journal")]
    beside_it[0].write_bytes(b"who has it open")
    for place in (office, journal, linked, *beside_it):
        with pytest.raises(Taken) as taken, whole(place):
            pass
        assert taken.value.code == "cli.place_of_office"
    read = tmp_path / "portal.xlsx"
    read.write_bytes(b"rows")
    must_be_free(read)
    with pytest.raises(Taken) as taken:
        must_be_free(tmp_path / "." / "portal.xlsx", tmp_path / "nowhere", read)
    assert taken.value.code == "calculate.same_file"
    assert office.read_bytes().endswith(b"VOUC") and read.read_bytes() == b"rows"
    for free in ("new.xlsx", "other.window", "-wal"):
        must_be_free(tmp_path / free, read)


def test_an_office_is_known_by_its_header() -> None:
    assert sqlite.APPLICATION_ID.to_bytes(4, "big") == OFFICE


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_no_place_for_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "ledger.xlsx"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="Invalid argument"), whole(pipe):
        pass
    assert pipe.is_fifo()
