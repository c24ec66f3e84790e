"""The demonstration that is left at work, made once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from casework.core.office import Office
from casework.founding.demonstration import demo


class Living(NamedTuple):
    """A demonstration left at work: its office, as who opens it has it, its papers and what it answered."""

    office: Office
    path: Path
    papers: Path
    summary: dict[str, Any]


@pytest.fixture(scope="session")
def living(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    folder = tmp_path_factory.mktemp("living")
    path, papers = folder / "demo.office", folder / "papers"
    summary = demo(path, cases=60, seed=7, out=papers, living=True)
    with Office.open(path).closing() as office:
        yield Living(office, path, papers, summary)
