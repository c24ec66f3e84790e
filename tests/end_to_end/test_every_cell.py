"""No column of no table can be changed without being found, no row taken away or added, on either engine."""

from pathlib import Path

import pytest

from casework.core.office import Office
from models import images
from tests.end_to_end.every_cell import made, missing_or_more, unfound
from tests.models.server import server

__all__ = ["server"]


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return made(tmp_path_factory.mktemp("cells") / "every.office")


def test_every_cell_of_a_file(furnished: Office) -> None:
    assert unfound(furnished) == []
    assert missing_or_more(furnished) == []


def test_a_table_that_were_left_out_would_be_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault planted in the imaging: nobody has images of admissions."""
    monkeypatch.setitem(images.LEFT_OUT, "admission", "")
    lost = unfound(made(tmp_path / "every.office"))
    assert {table for table, _ in lost} == {"admission"}
    assert len(lost) == 7


@pytest.mark.slow
def test_every_cell_of_a_server(server: str) -> None:
    office = made(server)
    assert unfound(office) == []
    assert missing_or_more(office) == []
