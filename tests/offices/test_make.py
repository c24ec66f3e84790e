"""The offices of the next schema can be made: the story still tells itself, and leaves no state out."""

import lzma
from pathlib import Path

import pytest

from models.state_names import APPLICATION
from tests.offices import make


def test_a_case_stands_in_every_state_that_an_act_leads_to(tmp_path: Path) -> None:
    make.every_state(tmp_path / "every.office")
    found = make.noted(tmp_path / "every.office")
    assert set(found["states"]) == set(APPLICATION) - {"draft"}
    assert sum(found["states"].values()) == found["applications"]


def test_what_was_kept_is_never_made_again(tmp_path: Path) -> None:
    make.keep(tmp_path / "a.xz", b"first")
    with pytest.raises(FileExistsError):
        make.keep(tmp_path / "a.xz", b"second")
    assert lzma.decompress((tmp_path / "a.xz").read_bytes()) == b"first"
