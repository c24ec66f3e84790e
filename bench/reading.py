"""The reading share of `import`: guard, process, parse, headings, every cell; beside openpyxl only reading.

The same 100,000 rows as `bench.intake`, up to the rows in memory, before anything is stored. CPU time counts
the child process.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from bench import intake
from bench.rounds import Row, row
from papers.reading import reader

MANY = 100_000
ROUNDS = 3


def rows(rounds: int = ROUNDS, many: int = MANY) -> list[Row]:
    """The measure of the reading."""
    mine, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "portal.xlsx"
        intake.write_portal(path, many)
        for _ in range(rounds):
            mine.append(intake._seconds(lambda: reader.portal(path)))
            theirs.append(intake._seconds(lambda: intake.peer(path)))
    return [row("reading", statistics.median(mine), statistics.median(theirs), "s CPU", rounds)]
