"""Rows of text out: CSV in UTF-8, or a workbook of texts where the name ends in ``.xlsx``.

It appears under its name only when the last row is in it; whoever interrupts leaves what was there before.
"""

from __future__ import annotations

import csv
import errno
import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path


def write(target: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Writes the headings and the rows.

    Raises:
        OSError: the file can't be written.
    """
    if not target.parent.exists():  # else the draft's name, which nobody wrote, would be the one told
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(target.parent))
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        if target.suffix.lower() == ".xlsx":
            _write_workbook(draft, headings, rows)
        else:
            _write_csv(draft, headings, rows)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _write_csv(draft: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(rows)


def _write_workbook(draft: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    import xlsxwriter

    draft.touch()  # a folder that can't be written is an error before the work, not after it
    with xlsxwriter.Workbook(str(draft), {"constant_memory": True}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # the same rows give the same bytes
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, column, cell)
