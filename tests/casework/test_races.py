"""Many at once, and the worst moment: the last fen is given once, a killed program leaves a whole office."""

import multiprocessing
import os
import random
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.pool import ThreadPool
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from casework.core import log, rows_compared
from casework.core.office import Office
from casework.money import books_check, budgets
from tests.casework import racing
from tests.casework.books import open_budget
from tests.casework.desk import Desk

BUDGET = 2000


def _race(office: Office, worker: Callable[..., tuple[int, int]], processes: int) -> list[tuple[int, int]]:
    spawn: Any = multiprocessing.get_context("spawn")
    with spawn.Manager() as manager:
        start = manager.Barrier(processes)
        with spawn.Pool(processes) as pool:
            asked = [(office.store.name, seed, start) for seed in range(1, processes + 1)]
            return list(pool.starmap(worker, asked, chunksize=1))


def _reserved_by_entries(office: Office) -> int:
    with office.read() as session:
        sql = "SELECT coalesce(sum(amount_fen), 0) FROM ledger_entry WHERE account = 'reserved'"
        return int(session.execute(text(sql)).scalar_one())


def test_three_after_the_last_fen(office: Office) -> None:
    open_budget(office, 600)
    start = threading.Barrier(3)
    with ThreadPool(3) as pool:
        asked = [(office.store.name, seed, start) for seed in range(1, 4)]
        results = pool.starmap(racing.guarded, asked, chunksize=1)
    assert sum(total for _, total in results) == 600
    assert all(done for done, _ in results)
    _is_whole(office, 600)


def test_two_of_finance_fill_one_budget_at_once(desk: Desk) -> None:
    assert racing.fill_at_once(desk.office.store.name) == racing.FILLED
    with desk.office.read() as session:
        assert budgets.left(session, "shenzhen-model-voucher/2026") == 4 * racing.QUARTER_FEN
    _is_whole(desk.office)


@pytest.mark.slow
def test_eight_spend_a_budget_to_the_fen_and_not_beyond(office: Office) -> None:
    open_budget(office, BUDGET)
    results = _race(office, racing.guarded, 8)
    assert sum(total for _, total in results) == BUDGET
    assert sum(done for done, _ in results) > 80
    _is_whole(office, BUDGET)


@pytest.mark.slow
def test_eight_who_read_first_overspend_so_the_race_is_one(office: Office) -> None:
    open_budget(office, BUDGET)
    results = _race(office, racing.naive, 8)
    assert sum(total for _, total in results) > BUDGET
    assert _reserved_by_entries(office) > BUDGET
    with office.read() as session:
        faults = books_check.check(session).faults
    assert ("counter", "scheme/2026/reserved") in faults  # and the check sees it


def _is_whole(office: Office, reserved: int | None = None) -> None:
    with office.read() as session:
        assert log.verify(session).fault_seq is None
        assert books_check.check(session).faults == ()
        assert rows_compared.compare(session).differ == ()
    if reserved is not None:
        assert _reserved_by_entries(office) == reserved


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is another thing there")
def test_killed_in_mid_act_the_office_is_as_it_was(empty_office: Path, tmp_path: Path) -> None:
    path = tmp_path / "killed.office"
    shutil.copy(empty_office, path)
    made = Office.open(path)
    open_budget(made, 10**12)
    made.close()
    chance = random.Random(1)
    acts = 0
    for seed in range(60):
        acts += len(_killed_after(path, seed, chance.uniform(0.03, 0.3)))
        office = Office.open(path)
        _is_whole(office)
        office.close()
    assert acts > 60


def _killed_after(path: Path, seed: int, seconds: float) -> list[int]:
    """Let a program act for a moment and kill it: all that it told of is there, and one act more at most."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        racing.reserve_until_killed(str(path), seed, writes)
    os.close(writes)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reads) as pipe:
        told = [int(line) for line in pipe.read().split("\n")[:-1]]
    office = Office.open(path)
    with office.read() as session:
        stored = session.execute(text("SELECT seq FROM log_head")).scalar_one()
        there = set(session.execute(text("SELECT seq FROM log_entry")).scalars())
    office.close()
    assert set(told) <= there
    assert not told or stored - told[-1] in (0, 1)
    return told
