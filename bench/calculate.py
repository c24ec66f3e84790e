"""``calculate`` on 100,000 rows beside reading and writing the same file with Python's ``csv`` alone.

``calculate`` is a year whose budget lasts, ``calculate_budget_gone`` one whose budget is used up early, so
that most rows are calculated under both readings of what then happens. Memory is the growth of a process's
peak from 1,000 rows to 100,000, a row; the peer there keeps the rows that ``csv`` reads in a list.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.cases import LARGE, SMALL, write_cases
from bench.rounds import Row, medians, row
from casework.rulebook.shipped_packs import DEFAULT, shipped
from casework.without_office.calculation import calculate

CASES = 100_000
FEW = 1_000
ROUNDS = 5

# The kernel's own high-water mark of this very process; `ru_maxrss` would remember the parent's.
_PEAK = "; print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
_OURS = "from bench.calculate import ours; from pathlib import Path; ours(Path(sys.argv[1]))"
_PEER = "import csv; kept = list(csv.reader(open(sys.argv[1], encoding='utf-8', newline='')))"


def ours(source: Path) -> None:
    """The calculation, with the shipped packs."""
    calculate(source, source.with_suffix(".out"), shipped(), DEFAULT)


def peer(source: Path) -> None:
    """The file read and written, as the manual of ``csv`` shows it."""
    with (
        source.open(newline="", encoding="utf-8") as read,
        source.with_suffix(".peer").open("w", newline="", encoding="utf-8") as write,
    ):
        csv.writer(write).writerows(csv.reader(read))


def peak(work: str, source: Path) -> int:
    """The most memory, in bytes, that a process of its own takes for a work."""
    command = [sys.executable, "-c", f"import sys; {work}{_PEAK}", str(source)]
    return 1024 * int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def rows(rounds: int = ROUNDS) -> list[Row]:
    """The measures of the stand-alone calculation."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for name, amounts in (("calculate", SMALL), ("calculate_budget_gone", LARGE)):
            source = Path(folder) / f"{name}.csv"
            write_cases(source, CASES, amounts)
            mine, theirs = medians([lambda at=source: ours(at), lambda at=source: peer(at)], rounds)  # type: ignore[misc]
            found.append(row(name, mine, theirs, "s CPU", rounds))
        few, many = Path(folder) / "few.csv", Path(folder) / "calculate.csv"
        write_cases(few, FEW)
        mine, theirs = ((peak(work, many) - peak(work, few)) / (CASES - FEW) for work in (_OURS, _PEER))
        found.append(row("calculate_memory", mine, theirs, "bytes a row", 1))
    return found
