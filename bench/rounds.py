"""How everything here is measured: each work in turn in every round, CPU time of this process, medians."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

Row = dict[str, object]


def medians(works: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """Seconds of CPU time of each work; one round before the clock starts fills the caches of both sides."""
    taken: list[list[float]] = [[] for _ in works]
    for number in range(-1, rounds):
        for times, work in zip(taken, works, strict=True):
            start = time.process_time()
            work()
            if number >= 0:
                times.append(time.process_time() - start)
    return [statistics.median(times) for times in taken]


def row(name: str, ours: float, peer: float, unit: str, rounds: int) -> Row:
    """One line of ``build/bench.json``."""
    return {
        "name": name,
        "ours": round(ours, 4),
        "peer": round(peer, 4),
        "ratio": round(ours / peer, 3),
        "unit": unit,
        "rounds": rounds,
    }
