"""``import`` of 100,000 rows of a portal's workbook, guard to commit, beside openpyxl only reading the file.

The peer walks the sheet in read-only mode, as openpyxl's manual shows it. CPU time counts the child process
that the reader works in.
"""

from __future__ import annotations

import resource
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

import openpyxl

from bench.rounds import Row, row
from casework.core.office import Office
from casework.founding import made_up_applications
from casework.intake import portal_import
from casework.people import accounts
from casework.rulebook import packs

MANY = 100_000
ROUNDS = 3
PARTY = (
    "单位名称", "统一社会信用代码", "单位类型", "成立日期", "所属区", "联系人", "联系电话",
    "开户银行", "银行账号",
)  # fmt: skip


def write_portal(path: Path, count: int) -> None:
    """A portal's workbook in which every third application is a second one of an earlier applicant."""
    table = made_up_applications.rows(count, 1)
    for number in range(3, count, 3):
        table[number].update({heading: table[number - 2][heading] for heading in PARTY})
    path.write_bytes(made_up_applications.workbook(table))


def peer(path: Path) -> int:
    """Every row read by openpyxl."""
    book = openpyxl.load_workbook(path, read_only=True)
    try:
        return sum(1 for sheet in book for _ in sheet.iter_rows(values_only=True))
    finally:
        book.close()


def new_office(path: Path) -> Office:
    """An office that can take applications; making it is no part of an import."""
    made = Office.create(path)
    accounts.found(made, accounts.DEMO_PEOPLE[:1])
    packs.put_in_force(made)
    return made


def ours(path: Path, office: Office) -> int:
    """The import into an office, to the last byte written."""
    try:
        return portal_import.import_file(office, "officer", path).accepted
    finally:
        office.close()


def _seconds(work: Callable[[], object]) -> float:
    """CPU time of a work with that of its child processes."""
    before = _spent()
    work()
    return _spent() - before


def _spent() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def rows(rounds: int = ROUNDS) -> list[Row]:
    """The measure of the import."""
    mine, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "portal.xlsx"
        write_portal(path, MANY)
        for number in range(rounds):
            office = new_office(Path(folder) / f"{number}.office")
            mine.append(_seconds(lambda office=office: ours(path, office)))  # type: ignore[misc]
            theirs.append(_seconds(lambda: peer(path)))
    return [row("import", statistics.median(mine), statistics.median(theirs), "s CPU", rounds)]
