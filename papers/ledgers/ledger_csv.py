"""A ledger's columns and rows as CSV, for other programs.

UTF-8 with a mark at its beginning, so that spreadsheets show Chinese; a text that a spreadsheet would take
for a formula gets an apostrophe before it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from papers.ledgers.ledger_column import Column, Kind, Value
from rules.money import yuan

R = TypeVar("R")

_FORMULA = "=+-@\t\r\n＝＋－＠"
"""What a formula begins with, in full width too, or what a spreadsheet passes over before one."""


def write_csv(target: Path, columns: Sequence[Column[R]], rows: Iterable[R]) -> int:
    """Writes headings and rows and answers the number of rows.

    Raises:
        OSError: the file can't be written.
    """
    count = 0
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.heading for column in columns])
        for row in rows:
            writer.writerow([_plain(column.value(row), column.kind) for column in columns])
            count += 1
    return count


def _plain(value: Value, kind: Kind) -> str:
    if value is None:
        return ""
    if kind == "money" and type(value) is int:
        return yuan(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    text = str(value)
    return f"'{text}" if kind == "text" and text[:1] in _FORMULA and text else text
