"""A bank's answer of 10,000 lines read and matched, beside the standard library's csv and a dictionary.

Half of the lines have our reference, half only account, amount and purpose. The peer decodes the text, splits
its lines and looks up the reference alone, which is what a spreadsheet's look-up does; it reads no amount to
the fen, finds no second line and starts no process with limits. CPU time counts the child process.
"""

from __future__ import annotations

import csv
import statistics
import tempfile
from pathlib import Path

from bench.intake import _seconds
from bench.rounds import Row, row
from papers.banks import answer_files, bank_toml, matching, shipped
from papers.banks.payment import Payment, yuan

MANY = 10_000
ROUNDS = 3
HEAD = "用户备注|收款账号|收款单位名称|金额|用途|网上银行状态|交易日期|交易流水号|银行反馈信息"


def made(many: int) -> list[Payment]:
    """Payments of as many firms."""
    return [
        Payment(f"BF{n:08d}", f"样例{n}公司", f"62220000{n:010d}", n + 1, f"训力券兑付 XL{n:08d}")
        for n in range(many)
    ]


def write(path: Path, payments: list[Payment]) -> None:
    """The bank's answer, every second line without our reference."""
    lines = [HEAD]
    for number, each in enumerate(payments):
        ref = "" if number % 2 else each.ref
        said = f"{ref}|{each.account}|{each.payee}|{yuan(each.amount_fen)}元|{each.purpose}"
        lines.append(f"{said}|交易成功|20260903|B{number:08d}|")
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("gbk"))


def ours(path: Path, payments: list[Payment]) -> None:
    """By `papers.banks`."""
    bank = bank_toml.load(shipped.path_of("icbc-text"))
    found = matching.match(payments, answer_files.read(path, bank))
    assert all(each.outcome == "paid" for each in found) and len(found) == len(payments)


def peer(path: Path, payments: list[Payment]) -> None:
    """By the standard library."""
    by_ref = {each.ref: each for each in payments}
    with path.open(encoding="gbk", newline="") as file:
        found = [by_ref.get(line["用户备注"]) for line in csv.DictReader(file, delimiter="|")]
    assert len(found) == len(payments)


def rows(rounds: int = ROUNDS, many: int = MANY) -> list[Row]:
    """The measure of reading and matching."""
    payments = made(many)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answer.txt"
        write(path, payments)
        mine = [_seconds(lambda: ours(path, payments)) for _ in range(rounds)]
        theirs = [_seconds(lambda: peer(path, payments)) for _ in range(rounds)]
    return [row("bank_answer", statistics.median(mine), statistics.median(theirs), "s CPU", rounds)]
