"""Officers in processes of their own after the same money: one who asks the ledger, one who reads first."""

import os
import random
import threading
from multiprocessing.pool import ThreadPool
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from casework.core.act import Turn, carry_out
from casework.core.office import Office
from casework.core.refused import Refused
from casework.money import allotments, cap_counters, ledger
from models import LedgerEntry

LAST_TRIES = 4
PATIENCE = 120.0
"""Seconds to wait for the others; one that failed must not leave them waiting for ever."""


def guarded(path: str, seed: int, start: Any) -> tuple[int, int]:
    """Reserve amounts until nothing fits any more; returns how often it went and the sum.

    All begin at the same moment, and again once each has its first amount: however a busy machine shares out
    its time, nobody has spent the budget before the others came.
    """
    office = Office.open(Path(path))
    chance = random.Random(seed)
    start.wait(PATIENCE)
    done = total = refused = 0
    while refused < LAST_TRIES:
        amount = chance.randint(1, 40) if refused == 0 else 1

        def body(turn: Turn, amount: int = amount) -> None:
            ledger.reserve(turn, 1, amount)

        try:
            carry_out(office, "finance", "appropriate", body)
        except Refused:
            refused += 1
        else:
            done, total = done + 1, total + amount
            if done == 1:
                start.wait(PATIENCE)
    office.close()
    return done, total


def naive(path: str, seed: int, start: Any) -> tuple[int, int]:
    """The same by reading what is left, deciding, and writing the new figure: what must not be done."""
    office = Office.open(Path(path))
    chance = random.Random(seed)
    start.wait()
    done = total = refused = 0
    while refused < LAST_TRIES:
        amount = chance.randint(1, 40) if refused == 0 else 1
        with office.read() as session:
            stands = ledger.balance(session, 1)
        if stands.available_fen < amount:
            refused += 1
            continue
        with office.write() as session:
            row = {
                "journal": 10**6 * seed + done,
                "budget_id": 1,
                "act": "x",
                "at": office.now(),
                "person_id": 5,
            }
            lines = [
                {"account": "available", "amount_fen": -amount},
                {"account": "reserved", "amount_fen": amount},
            ]
            session.execute(insert(LedgerEntry), [{**row, **line} for line in lines])
            new = {"fen": stands.reserved_fen + amount}
            session.execute(text("UPDATE budget SET reserved_fen = :fen WHERE id = 1"), new)
        done, total = done + 1, total + amount
    office.close()
    return done, total


def reserve_until_killed(path: str, seed: int, told: int) -> None:
    """Act without end, telling each act's log number only once it is stored."""
    office = Office.open(Path(path))
    chance = random.Random(seed)
    while True:

        def body(turn: Turn) -> None:
            for _ in range(chance.randint(1, 4)):
                ledger.reserve(turn, 1, chance.randint(1, 9))
                cap_counters.use_caps(turn, ["a", "b"], chance.randint(1, 9))
            turn.tell(padding="x" * chance.randint(0, 20_000))

        change = carry_out(office, "finance", "appropriate", body)
        os.write(told, f"{change.seq}\n".encode())


QUARTER_FEN = 2_500_000_000
"""A quarter of what the model voucher's pack states a year."""


def allotting(where: str, person: str, start: Any) -> tuple[str, ...]:
    """One of finance fills the model voucher's budget as another does, a quarter of its ceiling a time, each
    under a number that the other uses too. Returns how each allotment ended."""
    office = Office.open(where if "://" in where else Path(where))
    ended = []
    start.wait(PATIENCE)
    for number in range(1, 6):
        try:
            allotments.appropriate(
                office, person, "shenzhen-model-voucher/2026", f"财指〔2026〕{number}号", QUARTER_FEN
            )
        except Refused as refused:
            ended.append(refused.code)
        else:
            ended.append("given")
    office.close()
    return tuple(ended)


def fill_at_once(where: str) -> list[str]:
    """Two of finance at the same moment: how their allotments ended, sorted."""
    start = threading.Barrier(2)
    with ThreadPool(2) as pool:
        asked = [(where, person, start) for person in ("finance", "finance2")]
        return sorted(code for ended in pool.starmap(allotting, asked, chunksize=1) for code in ended)


FILLED = sorted(
    ["given"] * 4 + ["refused.allotment_again"] * 4 + ["refused.reason_missing"] * 2  # above the ceiling
)
"""Each number is used once, and nothing is given above the ceiling."""
