"""A ledger of 100,000 lines by 25 columns beside openpyxl: formats, heading, widths and totals on both sides.

The peer is written as openpyxl's manual writes large files: `write_only` mode, where it is no slower than the
usual one and takes a small part of its memory, cells with a number format where they need one. CPU time of
this process. Memory is the peak of a process of its own that does nothing else.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from operator import itemgetter
from pathlib import Path

from bench.rounds import Row, medians, row
from papers.ledgers.ledger_column import Column, Kind, Sheet, Value
from papers.ledgers.ledger_workbook import write_ledger

MANY = 100_000
ROUNDS = 3
TEXTS, AMOUNTS, DAYS = 13, 8, 4
DAY = date(2026, 5, 1)
MADE_AT = datetime(2026, 11, 20)


def lines(many: int) -> Iterator[list[Value]]:
    """The ledger's lines: texts, amounts in fen, days."""
    for number in range(many):
        names: list[Value] = [f"深圳市第{number}号科技有限公司"] * TEXTS
        yield [*names, *range(number * 10_007, number * 10_007 + AMOUNTS), *[DAY] * DAYS]


def ours(path: Path, many: int) -> None:
    """By `papers.ledgers.ledger_workbook`."""
    kinds: list[Kind] = [*["text"] * TEXTS, *["money"] * AMOUNTS, *["date"] * DAYS]  # type: ignore[list-item]
    columns: list[Column[list[Value]]] = [
        Column(f"列{number}", itemgetter(number), kind, 14.0, kind == "money")
        for number, kind in enumerate(kinds)
    ]
    write_ledger(path, columns, lines(many), Sheet("台账", "台账", MADE_AT))


def peer(path: Path, many: int) -> None:
    """By openpyxl."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("台账")
    for number in range(1, TEXTS + AMOUNTS + DAYS + 1):
        page.column_dimensions[get_column_letter(number)].width = 14
    page.append(["台账"])
    page.append([f"列{number}" for number in range(TEXTS + AMOUNTS + DAYS)])
    for values in lines(many):
        cells: list[object] = list(values[:TEXTS])
        for fen in values[TEXTS : TEXTS + AMOUNTS]:
            assert isinstance(fen, int)
            cell = WriteOnlyCell(page, fen / 100)
            cell.number_format = "#,##0.00"
            cells.append(cell)
        for day in values[TEXTS + AMOUNTS :]:
            cell = WriteOnlyCell(page, day)
            cell.number_format = "yyyy-mm-dd"
            cells.append(cell)
        page.append(cells)
    letters = [get_column_letter(number) for number in range(TEXTS + 1, TEXTS + AMOUNTS + 1)]
    page.append(["合计", *[None] * (TEXTS - 1), *(f"=SUM({name}3:{name}{many + 2})" for name in letters)])
    book.save(path)


def _peak(side: str, many: int) -> float:
    """Megabytes at the peak of a process that writes one ledger."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.ledger", side, str(many)], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def _own_peak() -> float:
    """Megabytes at the peak of this process, on Linux without what it was before `exec`."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s*(\d+)", status.read_text())[1]) / 1024  # type: ignore[index]
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def rows(rounds: int = ROUNDS, many: int = MANY) -> list[Row]:
    """The measures of the ledger: time, memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        mine, theirs = medians([lambda: ours(path, many), lambda: peer(path, many)], rounds)
    return [
        row("ledger", mine, theirs, "s CPU", rounds),
        row("ledger_memory", _peak("ours", many), _peak("peer", many), "MB at the peak", 1),
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as _folder:
        {"ours": ours, "peer": peer}[sys.argv[1]](Path(_folder) / "ledger.xlsx", int(sys.argv[2]))
    print(_own_peak())
