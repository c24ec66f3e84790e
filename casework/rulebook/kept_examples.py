"""The example cases of a pack that is being written, as the file that lies beside it: one is added with what
the rules make of it now, or goes. Every other byte of the file stays.
"""

import csv
import io
from collections.abc import Mapping, Sequence

from casework.core.holidays import calendar
from casework.rulebook.wizard_cases import asked, beside
from rules.examples import tried
from rules.pack import Pack
from rules.policy import Policy

SHOWN = ("status", "tier", "award", "binding", "reasons", "readings")
"""What a new file expects of its examples."""


def with_case(pack: Pack, text: str, cells: Mapping[str, str]) -> str:
    """The examples with one more, which expects what the pack decides of it.

    Args:
        text: the CSV as it is; empty where there is none yet.
        cells: the case by fact, with ``note`` and what of its position and settings is not usual.
    """
    headings = _headings(text)
    more = {**cells, **tried(Policy(pack, calendar=calendar()), cells).told}
    if not headings:
        facts = [fact.id for fact in asked(pack)]
        wanted = ["case", *facts, *beside(pack), *(f"expect_{name}" for name in SHOWN)]
        return _lines([wanted, _row(wanted, more, 1)], "\n")
    lines = text.splitlines(keepends=True)
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    number = len(list(csv.DictReader(lines))) + 1
    lacking = [name for name, cell in cells.items() if cell and name not in headings]
    if lacking:
        blank = [""] * len(lacking)
        first, *others = filter(None, _records(text))
        rows = [[*first, *lacking], *([*one, *blank] for one in others)]
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        text, headings = mark + _lines(rows, ending), [*headings, *lacking]
    open_end = "" if text.endswith("\n") else ending
    return text + open_end + _lines([_row(headings, more, number)], ending)


def without(text: str, at: int) -> str:
    """The examples without one of them, counted from 0."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    reader = csv.DictReader(lines)
    begins = reader.line_num if reader.fieldnames else 0
    for number, _ in enumerate(reader):
        if number == at:
            return mark + "".join([*lines[:begins], *lines[reader.line_num :]])
        begins = reader.line_num
    return text


def _row(headings: Sequence[str], cells: Mapping[str, str], number: int) -> list[str]:
    return [str(number) if name == "case" else cells.get(name, "") for name in headings]


def _headings(text: str) -> list[str]:
    return next(iter(_records(text)), [])


def _records(text: str) -> list[list[str]]:
    return list(csv.reader(text.removeprefix("\ufeff").splitlines(keepends=True)))


def _lines(rows: Sequence[Sequence[str]], ending: str) -> str:
    made = io.StringIO(newline="")
    csv.writer(made, lineterminator=ending).writerows(rows)
    return made.getvalue()
