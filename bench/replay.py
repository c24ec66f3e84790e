"""``replay`` of stored decisions beside `SELECT`ing the same columns with ``sqlite3``'s ``fetchall``.

``replay`` compares every figure and article of 100,000 decisions. ``replay_growth`` is the time a decision at
ten times as many, beside the time a decision: it must not grow with the office.
"""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from bench.rounds import Row, medians, row
from bench.stored import make
from casework.audit.replay import replay
from casework.award.compared_columns import COMPARED

MANY, FEW = 100_000, 10_000
ROUNDS = 5
SELECT = f"SELECT seq, policy_sha256, witness, trace, {', '.join(COMPARED)} FROM decision ORDER BY seq"


def peer(path: Path) -> int:
    """The same columns, fetched as the manual of ``sqlite3`` shows it."""
    connection = sqlite3.connect(path)
    try:
        return len(connection.execute(SELECT).fetchall())
    finally:
        connection.close()


def rows(rounds: int = ROUNDS) -> list[Row]:
    """The measures of the replay."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("few.office", "many.office")]
        few, many = (make(path, count) for path, count in zip(paths, (FEW, MANY), strict=True))
        for office, count in ((few, FEW), (many, MANY)):
            answer = replay(office)
            if answer["same"] != count:
                raise AssertionError(f"{count - answer['same']} decisions differ")
        mine, theirs, small = medians(
            [lambda: replay(many), lambda: peer(paths[1]), lambda: replay(few)], rounds
        )
        for office in (few, many):
            office.close()
    growth = row("replay_growth", mine / MANY * 1e6, small / FEW * 1e6, "µs CPU a decision", rounds)
    return [row("replay", mine, theirs, "s CPU", rounds), growth]
