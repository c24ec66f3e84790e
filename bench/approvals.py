"""Approvals by eight people at once on one office, each on the disk before the next is told.

The peer is the same by hand: eight processes on one file with the settings of an office (journal,
`synchronous`), each approval one transaction that takes the writer's place, moves the budget, writes a row
for the approval and two for the books, and a line of a log as long as ours with a hash over the one before.
It asks nobody's rights, looks at no case and keeps no images. `approvals` is the wall time of an approval,
disk and all; `approvals_cpu` the CPU time of all processes. Both sides in turn in every round; medians.
"""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from bench.rounds import Row, row
from casework.core.office import Office
from casework.founding.made_up_applications import credit_code
from casework.issuing import approval
from casework.people import accounts
from models import LogEntry, sqlite
from tests.casework.desk import MINUTES, Clock, Desk

PEOPLE, EACH = 8, 12
ROUNDS = 3
PATIENCE = 120.0
Spent = tuple[float, float, float]
"""When one began and ended, and the CPU time that it took."""


def rows(rounds: int = ROUNDS, each: int = EACH) -> list[Row]:
    """The measures of approvals at once."""
    with tempfile.TemporaryDirectory() as folder:
        cases = make(Path(folder) / "office", PEOPLE * each)
        size = line_of_one(Path(shutil.copy(Path(folder) / "office", Path(folder) / "one")), cases[0])
        _make_peer(Path(folder) / "peer")
        taken: dict[str, list[tuple[float, float]]] = {"ours": [], "peer": []}
        for _ in range(rounds):
            mine = Path(shutil.copy(Path(folder) / "office", Path(folder) / "our.office"))
            taken["ours"].append(at_once(approve_all, mine, [cases[n::PEOPLE] for n in range(PEOPLE)]))
            theirs = Path(shutil.copy(Path(folder) / "peer", Path(folder) / "peer.office"))
            taken["peer"].append(at_once(by_hand, theirs, [[str(size)] * each] * PEOPLE))
    found = []
    for at, name in enumerate(("approvals", "approvals_cpu")):
        mine_of, theirs_of = (statistics.median(one[at] for one in taken[side]) for side in ("ours", "peer"))
        found.append(row(name, mine_of, theirs_of, "ms an approval", rounds))
    return found


def make(path: Path, count: int) -> list[str]:
    """An office in which so many cases wait for their approval; their numbers."""
    clock = Clock()
    with Office.create(path, name="测算", clock=clock).closing() as office:
        accounts.found(office, accounts.DEMO_PEOPLE, "demo")
        desk = Desk.prepare(office, clock)
        cases = [
            desk.submit(
                applicant=credit_code("440399", 1_000_000 + n), applicant_name=f"测算单位{n}",
                contract_no=f"CS-{n}", contract_amount=80_000_000,
            )
            for n in range(count)
        ]  # fmt: skip
        for case in cases:
            desk.decide(case)
        desk.publish_and_end(*cases)
    return cases


def at_once(
    work: Callable[[Path, list[str], Any], Spent], path: Path, shares: list[list[str]]
) -> tuple[float, float]:
    """Milliseconds of wall and of CPU time that each piece took, done by as many processes as shares."""
    spawn: Any = multiprocessing.get_context("spawn")
    with spawn.Manager() as manager, spawn.Pool(len(shares)) as pool:
        start = manager.Barrier(len(shares))
        spent = pool.starmap(work, [(path, share, start) for share in shares], chunksize=1)
    began, ended, used = zip(*spent, strict=True)
    count = sum(map(len, shares)) / 1000
    return (max(ended) - min(began)) / count, sum(used) / count


def _spent(work: Callable[[], object], start: Any) -> Spent:
    start.wait(PATIENCE)
    began, used = time.monotonic(), time.process_time()
    work()
    return began, time.monotonic(), time.process_time() - used


def approve_all(path: Path, cases: list[str], start: Any) -> Spent:
    """One person's share, in the program's way."""

    def work() -> None:
        for case in cases:
            approval.approve(office, "approver", case, MINUTES)

    with Office.open(path).closing() as office:
        return _spent(work, start)


def line_of_one(path: Path, case: str) -> int:
    """How long the log's line of an approval is."""
    with Office.open(path).closing() as office:
        approval.approve(office, "approver", case, MINUTES)
        with office.read() as session:
            last = select(func.length(col(LogEntry.payload))).order_by(col(LogEntry.seq).desc())
            return int(session.execute(last).scalars().first() or 0)


def _make_peer(path: Path) -> None:
    with contextlib.closing(_connected(path)) as connection:
        connection.executescript(
            "CREATE TABLE budget (id INTEGER PRIMARY KEY, reserved INTEGER, committed INTEGER) STRICT;"
            "CREATE TABLE approval (id INTEGER PRIMARY KEY, decision INTEGER UNIQUE, minutes TEXT) STRICT;"
            "CREATE TABLE ledger (id INTEGER PRIMARY KEY, account TEXT, amount INTEGER) STRICT;"
            "CREATE TABLE log (id INTEGER PRIMARY KEY, payload BLOB, hash TEXT) STRICT;"
            "INSERT INTO budget VALUES (1, 0, 0); INSERT INTO log VALUES (1, x'00', '');"
        )


def _connected(path: Path) -> Any:
    module = sqlite.driver()
    connection = module.connect(path, isolation_level=None, timeout=PATIENCE)
    connection.execute(f"PRAGMA journal_mode={sqlite.journal_mode(module)}")
    connection.execute("PRAGMA synchronous=EXTRA")
    return connection


def by_hand(path: Path, sizes: list[str], start: Any) -> Spent:
    """One person's share by hand."""

    def work() -> None:
        for size in sizes:
            payload = b"x" * int(size)
            connection.execute("BEGIN IMMEDIATE")
            ((before,),) = connection.execute("SELECT hash FROM log ORDER BY id DESC LIMIT 1")
            connection.execute("UPDATE budget SET reserved = reserved - 1, committed = committed + 1")
            connection.execute("INSERT INTO approval (minutes) VALUES (?)", (MINUTES,))
            for account, amount in (("reserved", -1), ("committed", 1)):
                connection.execute("INSERT INTO ledger (account, amount) VALUES (?, ?)", (account, amount))
            hashed = hashlib.sha256(before.encode() + payload).hexdigest()
            connection.execute("INSERT INTO log (payload, hash) VALUES (?, ?)", (payload, hashed))
            connection.execute("COMMIT")

    with contextlib.closing(_connected(path)) as connection:
        return _spent(work, start)
