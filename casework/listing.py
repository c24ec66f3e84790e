"""A list as it stands on screen, out of the office as a workbook or as CSV. What leaves the office is logged.

The workbook is written like every ledger: text stays text, amounts are amounts to the fen, totals stand
below. CSV is UTF-8 with a mark at its beginning, so that spreadsheets show Chinese; a text that a
spreadsheet would take for a formula gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import datetime
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import words
from casework.act import By, Turn, carry_out
from casework.change import Change
from casework.office import SHANGHAI, Office
from rules.money import yuan

Kind = Literal["text", "money", "moment", "number"]


class ListColumn(NamedTuple):
    """A column: its heading, how its values are written (money in fen, moments naive in the office's
    time)."""

    heading: str
    kind: Kind = "text"
    width: float = 12.0


def export(
    office: Office,
    by: str | By,
    path: Path,
    columns: Sequence[ListColumn],
    rows: Iterable[Sequence[Any]],
    *,
    title: str,
    lang: str = words.DEFAULT,
) -> Change:
    """Act `export`: write a list to ``path``, as CSV where its name ends so, else as a workbook.

    The file is made beside its place, before the act, so that nobody waits for a long list; the act puts
    it there and logs which list it was, how many rows and which columns.

    Raises:
        Refused: the person may not take anything out; no file is left then.
    """
    made = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}")
    try:
        if path.suffix.lower() == ".csv":
            count = _csv(made, columns, rows)
        else:
            count = _workbook(office, made, columns, rows, title, lang)

        def body(turn: Turn) -> None:
            turn.subject = "list"
            turn.note(kind="list", title=title, rows=count, columns=[column.heading for column in columns])
            turn.tell(rows=count)
            made.replace(path)

        return carry_out(office, by, "export", body)
    finally:
        made.unlink(missing_ok=True)


def _workbook(
    office: Office,
    path: Path,
    columns: Sequence[ListColumn],
    rows: Iterable[Sequence[Any]],
    title: str,
    lang: str,
) -> int:
    from papers.ledger_workbook import Column, Sheet, write_ledger

    made_at = office.now().astimezone(SHANGHAI).replace(tzinfo=None, microsecond=0)
    listed = [
        Column(each.heading, each.kind, width=each.width, total=each.kind == "money") for each in columns
    ]
    notice = words.say("ledger.demonstration", lang) if office.demonstration else ""
    notes = (
        words.say("ledger.office", lang, office=office.row.name),
        words.say("list.made_at", lang, made_at=made_at),
        words.say("ledger.unit", lang),
    )
    sheet = Sheet(title[:31], title, made_at, notes=notes, notice=notice, frozen=1, lang=lang)
    return write_ledger(path, listed, rows, sheet)


def _csv(path: Path, columns: Sequence[ListColumn], rows: Iterable[Sequence[Any]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.heading for column in columns])
        for row in rows:
            writer.writerow([_plain(value, column.kind) for value, column in zip(row, columns, strict=True)])
            count += 1
    return count


def _plain(value: Any, kind: Kind) -> str:
    if value is None:
        return ""
    if kind == "money" and type(value) is int:
        return yuan(value)
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    text = str(value)
    return f"'{text}" if kind == "text" and text[:1] in "=+-@\t\r" and text else text
