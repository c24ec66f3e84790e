"""The rows of a bank's file as text, whatever it is: a workbook's visible sheets, or a text with its mark.

Each goes the way of every file from outside: the guard, then the reading process. Banks' exports protect long
numbers by a tab, an apostrophe or ``="…"``; `bare` takes that off.
"""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import NamedTuple

from papers.reading import child, guard, plain_lines, reader
from papers.reading.cell_text import CellText
from papers.reading.unreadable import Unreadable
from rules.plain_text import UNSEEN

_FORMULA = re.compile(r'="?([^"=]*)"?')
_ROUNDED = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+")
_EXACT_DIGITS = 15
"""Digits that a spreadsheet's number keeps."""


class Rows(NamedTuple):
    """One table: its name in a workbook, (row as an editor or Excel counts it, cells) in order."""

    name: str
    lines: list[tuple[int, list[str]]]


class FileRows(NamedTuple):
    """What a file holds; ``open_end``: its last line has no end, as where a text was cut."""

    sheets: list[Rows]
    open_end: bool
    is_text: bool


def read(path: Path, separator: str = "") -> FileRows:
    """The rows of a file.

    Args:
        separator: between the cells of a text; empty: the mark that stands most often in one line.

    Raises:
        Unreadable: it is no table, or may do harm.
    """
    checked = guard.check(path)
    if checked.kind != "csv":
        return FileRows([Rows(table.name, table.lines) for table in reader.tables(path)], False, False)
    asked = (plain_lines.ASK, str(path.absolute()), checked.encoding, separator)
    lines: list[tuple[int, list[str]]] = []
    open_end = False
    with contextlib.closing(child.run(asked)) as messages:
        for kind, said in messages:
            if kind == "lines":
                lines += said
            else:
                open_end = said
    if not lines:
        raise Unreadable("empty", name=path.name)
    return FileRows([Rows("", lines)], open_end, True)


def bare(cell: str) -> str:
    """A cell without the blanks, marks and quotes around what it says."""
    text = cell.strip() if cell.isascii() else cell.translate(UNSEEN).strip()
    if text.startswith("=") and (found := _FORMULA.fullmatch(text)):
        text = found[1].strip()
    return text[1:].strip() if text[:1] in ("'", "`") else text


def is_rounded(cell: str) -> bool:
    """Whether a number of a spreadsheet has lost digits: it was kept as a number, or written 4.0E+18."""
    if isinstance(cell, CellText) and len(re.sub(r"\D", "", cell.partition(".")[0])) > _EXACT_DIGITS:
        return True
    return ("e" in cell or "E" in cell) and _ROUNDED.fullmatch(bare(cell)) is not None
