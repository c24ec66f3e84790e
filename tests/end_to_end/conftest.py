"""A demonstration office, made once and copied by whoever changes it."""

import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from casework.founding.demonstration import demo
from tests.casework.conftest import empty_office, prepared_office

__all__ = ["Shown", "copy", "empty_office", "prepared_office", "shown"]


class Shown(NamedTuple):
    """The demonstration: its office, the folder of its papers, and what it answered."""

    office: Path
    papers: Path
    summary: dict[str, Any]


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    folder = tmp_path_factory.mktemp("demonstration")
    summary = demo(folder / "office.sqlite", cases=16, seed=7, out=folder / "papers")
    return Shown(folder / "office.sqlite", folder / "papers", summary)


@pytest.fixture
def copy(shown: Shown, tmp_path: Path) -> Path:
    """A copy of the office that a test may spoil."""
    return Path(shutil.copy(shown.office, tmp_path / "office.sqlite"))
