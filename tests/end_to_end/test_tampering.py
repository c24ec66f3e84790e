"""Random cells and bits of the demonstration: a part of what `tests.end_to_end.tampering` does at length."""

import random
from pathlib import Path

import pytest

from tests.end_to_end import tampering


@pytest.mark.slow
def test_random_cells_and_bits_are_found(tmp_path: Path) -> None:
    path = tampering.made(tmp_path)
    assert tampering.run(path, tampering.cell, 40, random.Random(1)) == {}
    lost = tampering.run(path, tampering.bit, 30, random.Random(1))
    assert set(lost) <= {"a byte that holds nothing"}
