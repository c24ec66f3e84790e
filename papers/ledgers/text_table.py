"""A table of texts: CSV in UTF-8, or a workbook where the name ends in ``.xlsx``."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path


def write(target: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Writes the headings and the rows. The same rows give the same bytes.

    Raises:
        OSError: the file can't be written.
    """
    if target.suffix.lower() == ".xlsx":
        _write_workbook(target, headings, rows)
    else:
        _write_csv(target, headings, rows)


def _write_csv(target: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        file.write(_line(headings))
        file.writelines(map(_line, rows))


class _Told:
    """What `csv` writes a line to, to be told the line."""

    @staticmethod
    def write(line: str) -> str:
        return line


_quoted: Callable[[Sequence[str]], str] = csv.writer(_Told, lineterminator="\n").writerow


def _line(row: Sequence[str]) -> str:
    """A line as `csv` writes it. Where no cell needs a quote, as in most, it is the cells and commas between:
    `csv` looks at every character for that."""
    line = ",".join(row)
    if not line or '"' in line or "\n" in line or "\r" in line or line.count(",") >= len(row):
        return _quoted(row)
    return line + "\n"


def _write_workbook(target: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from papers.ledgers.workbook_file import workbook  # late: a slow import that CSV does not need

    with workbook(target, constant_memory=True) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, column, cell)
