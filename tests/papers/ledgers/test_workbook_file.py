"""A workbook is there whole or not at all."""

import io
import tempfile
import warnings
from pathlib import Path

import openpyxl
import pytest

from papers.ledgers.workbook_file import workbook


def test_a_workbook_is_read_back() -> None:
    target = io.BytesIO()
    with workbook(target, constant_memory=True) as book:
        book.add_worksheet("一").write_string(0, 0, "001")
    assert openpyxl.load_workbook(target).active["A1"].value == "001"


def test_half_a_workbook_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with pytest.raises(InterruptedError), workbook(path) as book:
        book.add_worksheet()
        raise InterruptedError
    assert not path.exists()


def test_nothing_of_a_workbook_that_is_given_up_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with (
        warnings.catch_warnings(),
        pytest.raises(InterruptedError),
        workbook(io.BytesIO(), constant_memory=True) as book,
    ):
        warnings.simplefilter("error", ResourceWarning)
        for name in ("一", "二"):
            book.add_worksheet(name).write_string(0, 0, "王小明 6222 0000")
        folder, *others = tmp_path.iterdir()
        assert (others, folder.stat().st_mode & 0o077, len([*folder.iterdir()])) == ([], 0, 2)
        raise InterruptedError
    assert [*tmp_path.iterdir()] == []


def test_a_place_that_can_t_be_written_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), workbook(tmp_path / "nowhere" / "a.xlsx") as book:
        book.add_worksheet()
