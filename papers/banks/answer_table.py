"""The lines of an answer that is a table: headings found by their words, whatever stands above them.

A row below the headings is a line where it has a reference, an account or a status. A text that was cut is
refused with its row: by a last line that stops half way, by a last line that is not the one a whole file ends
with, by a count or a sum that the answer tells of itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from papers.banks import answer_values
from papers.banks.answer_line import AnswerLine
from papers.banks.answer_toml import Answer
from papers.banks.bank_fault import BankFault
from papers.banks.file_rows import FileRows, Rows, bare
from papers.reading.survey import column_number
from rules.plain_text import name_key

MOST_ROWS = 100_000
_LETTERS = re.compile(r"[A-Z]{1,3}")
_AMOUNT = re.compile(r"[-+]?[\d,]*\.?\d+")
TOLD_BY = ("ref", "account", "status")
"""Fields of which a line has one at least."""
LAST = ("date", "flow", "reason", "purpose", "payee")
"""Fields that a line may lack at its end, where a writer leaves empty cells out."""


class Headed(NamedTuple):
    """The rows below the headings, those above, and the column of each field."""

    columns: Mapping[str, int]
    above: list[tuple[int, list[str]]]
    below: list[tuple[int, list[str]]]


def lines(file: str, found: FileRows, answer: Answer) -> list[AnswerLine]:
    """The lines of an answer.

    Raises:
        BankFault: it has not the columns that the bank's file names, or it was cut.
    """
    if answer.last_line:
        _check_last_line(file, found, answer.last_line)
    told: list[AnswerLine] = []
    beside: list[tuple[int, list[str]]] = []
    for rows in _sheets(file, found, answer):
        headed = _headed(file, rows, answer)
        beside += headed.above
        for row, cells in headed.below:
            said = {name: cells[at] if at < len(cells) else "" for name, at in headed.columns.items()}
            if not _is_line(said, cells, answer):
                beside.append((row, cells))
                continue
            last = found.open_end and (row, cells) == headed.below[-1]
            _check_width(file, row, cells, headed.columns, last)
            told.append(answer_values.line(file, row, said, answer))
    if len(told) > MOST_ROWS:
        raise BankFault("bank.answer.many", file=file, most=MOST_ROWS)
    _check_told(file, told, beside, answer)
    return told


def _sheets(file: str, found: FileRows, answer: Answer) -> Iterator[Rows]:
    """The sheet that the bank's file names, or those that have the headings."""
    if answer.sheet and not found.is_text:
        named = [rows for rows in found.sheets if rows.name == answer.sheet]
        if not named:
            names = tuple(rows.name for rows in found.sheets)
            raise BankFault("bank.template.sheet", sheet=answer.sheet, sheets=names, file=file)
        yield from named
        return
    headed = [rows for rows in found.sheets if _missing(rows, answer) == ()]
    yield from headed or found.sheets[:1]


def _is_line(said: Mapping[str, str], cells: Sequence[str], answer: Answer) -> bool:
    first = next((text for cell in cells if (text := bare(cell))), "")
    ends = (*answer.left_out, *filter(None, [answer.last_line]))
    if first.startswith(ends) or any(
        word in first for word in (answer.count_after, answer.sum_after) if word
    ):
        return False
    return any(bare(said.get(name, "")) for name in TOLD_BY)


def _keys(cells: Sequence[str]) -> list[str]:
    return [name_key(bare(cell)) for cell in cells]


def _best(rows: Rows, answer: Answer) -> tuple[int, tuple[str, ...]]:
    """Which line has the most of the headings, and those that it lacks."""
    wanted = [name_key(place) for place in answer.columns.values()]
    best, lacking = 0, tuple(answer.columns.values())
    for at, (_, cells) in enumerate(rows.lines):
        there = set(_keys(cells)) if len(cells) > 1 else set()
        if wanted[0] not in there and len(lacking) < len(wanted) and not there.intersection(wanted):
            continue
        left = tuple(
            place for place, key in zip(answer.columns.values(), wanted, strict=True) if key not in there
        )
        if len(left) < len(lacking):
            best, lacking = at, left
        if not lacking:
            break
    return best, lacking


def _by_letters(answer: Answer) -> bool:
    return all(_LETTERS.fullmatch(place) or place.isdecimal() for place in answer.columns.values())


def _missing(rows: Rows, answer: Answer) -> tuple[str, ...]:
    return () if _by_letters(answer) else _best(rows, answer)[1]


def _headed(file: str, rows: Rows, answer: Answer) -> Headed:
    if _by_letters(answer):
        first = answer.first_row or 1
        columns = {
            name: int(place) - 1 if place.isdecimal() else column_number(place)
            for name, place in answer.columns.items()
        }
        return Headed(
            columns,
            [line for line in rows.lines if line[0] < first],
            [line for line in rows.lines if line[0] >= first],
        )
    at, lacking = _best(rows, answer)
    if lacking:
        raise BankFault("bank.answer.headings", file=file, headings=lacking)
    keys = _keys(rows.lines[at][1])
    for place in answer.columns.values():
        if keys.count(name_key(place)) > 1:
            raise BankFault("bank.answer.two_headings", file=file, heading=place, row=rows.lines[at][0])
    columns = {name: keys.index(name_key(place)) for name, place in answer.columns.items()}
    return Headed(columns, rows.lines[:at], rows.lines[at + 1 :])


def _check_width(file: str, row: int, cells: Sequence[str], columns: Mapping[str, int], last: bool) -> None:
    """A line may lack what is empty at its end, but not what decides, and not at the end of a file without
    an end."""
    lacking = [name for name, at in columns.items() if at >= len(cells)]
    if lacking and (last or not set(lacking) <= set(LAST)):
        raise BankFault("bank.answer.cut_row", file=file, row=row, cells=len(cells))


def _check_last_line(file: str, found: FileRows, wanted: str) -> None:
    held = [line for line in found.sheets[-1].lines if any(map(bare, line[1]))]
    row, cells = held[-1] if held else (1, [""])
    if not "".join(cells).strip().startswith(wanted):
        raise BankFault("bank.answer.cut_end", file=file, row=row, wanted=wanted)


def _check_told(
    file: str, told: Sequence[AnswerLine], beside: Sequence[tuple[int, list[str]]], answer: Answer
) -> None:
    """What the answer says of itself, above its headings or below its lines, agrees with its lines."""
    if answer.count_after:
        said = _after(file, beside, answer.count_after)
        if said.replace(",", "") != str(len(told)):
            raise BankFault("bank.answer.count", file=file, said=said, count=len(told))
    if answer.sum_after:
        said = _after(file, beside, answer.sum_after)
        total = sum(line.amount_fen or 0 for line in told)
        if answer_values.amount(said, answer.unit_fen) != total:
            raise BankFault("bank.answer.sum", file=file, said=said, sum_fen=total)


def _after(file: str, beside: Sequence[tuple[int, list[str]]], word: str) -> str:
    """The figure behind a word, in its cell or the next ones of its line."""
    for _, cells in beside:
        whole = " ".join(map(bare, cells))
        if word in whole and (found := _AMOUNT.search(whole.partition(word)[2])):
            return found[0]
    raise BankFault("bank.answer.untold", file=file, word=word)
