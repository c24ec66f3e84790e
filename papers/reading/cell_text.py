"""The text of a workbook's cell that holds no text: what it shows, with the value that it keeps.

`calculate` reads rows of text, from whatever file. A date, a number or a truth value of a spreadsheet is read
there as `import` reads it (`papers.reading.portal_values`), so that the same cell is the same fact by both
doors, and one that `import` refuses is none: no contract's number out of a date, no amount out of FALSE.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from papers.reading import portal_dates, portal_values
from papers.reading.number_formats import Formatted
from papers.reading.portal_values import Bad, Cell
from rules import money
from rules.facts import Fact, FactError, Value, read_id

_FORMATTED = "number"
_FROM_ISO = {each.__name__: each.fromisoformat for each in (datetime, date, time)}


class CellText(str):
    """A cell's text, as a spreadsheet shows it, and its value; `since_1904` as its workbook counts days."""

    cell: Cell
    since_1904: bool

    @classmethod
    def of(cls, cell: Cell, since_1904: bool) -> CellText:
        """The text of a number, a day or a truth value."""
        made = cls(portal_values.plain(cell))
        made.cell, made.since_1904 = cell, since_1904
        return made


def packed(cell: Cell) -> Any:
    """A cell as it goes through the pipe: a text or number is itself, a cell without its value its text."""
    if cell is None:
        return ""
    if isinstance(cell, portal_values.Trouble):
        return portal_values.shown(cell) or f"#{cell.code}"
    if isinstance(cell, timedelta):
        return str(cell)
    if isinstance(cell, Formatted):
        return (_FORMATTED, float(cell), cell.code)
    return (type(cell).__name__, cell.isoformat()) if isinstance(cell, date | time) else cell


def unpacked(said: Any, since_1904: bool) -> str:
    """The text of a cell that came through the pipe."""
    if type(said) is str:
        return said
    if type(said) is not tuple:
        return CellText.of(said, since_1904)
    kind, value, *code = said
    return CellText.of(Formatted.of(value, *code) if code else _FROM_ISO[kind](value), since_1904)


def read(fact: Fact, text: CellText, unit_fen: int = money.YUAN_FEN) -> Value:
    """The value of a fact that a cell without text says, as `rules.facts.read` is for text.

    Raises:
        FactError: it is not of the fact's type.
    """
    try:
        return _read(fact, text, unit_fen)
    except Bad as bad:
        raise FactError(bad.code, bad.why) from None


def _read(fact: Fact, text: CellText, unit_fen: int) -> Value:
    if fact.type == "money":
        return portal_values.amount(text.cell, unit_fen)
    if fact.type == "date":
        return portal_dates.day(text.cell, text.since_1904)
    if fact.type == "moment":
        return portal_dates.moment(text.cell, text.since_1904)
    if fact.says in ("id", "code"):  # whole numbers alone name something: `calculate` takes any stable id
        return read_id(portal_values.identity_of_digits(text if portal_values.is_name(text.cell) else None))
    if fact.says == "account":
        return portal_values.account(text.cell)
    value: Value = portal_values.of_text(fact, text, unit_fen)
    return value
