"""Values out of cells: exactly what was meant, or a `Bad` with the reason why it can't be told.

A cell is what a spreadsheet keeps: text, a number (always a float there), a date or time, a truth value.
Text is read as `rules.facts` reads it, for every door; here is what a spreadsheet adds to that.
Numbers stand for money only where their fifteen digits, which are all that a spreadsheet shows or keeps
exactly, are a whole number of fen; they go through those digits and never through multiplication. Ids are
text: a number that stands for one is taken from the digits in the file (`papers.reading.cells`), or refused.
Dates are read in `papers.reading.portal_dates`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from papers.reading.number_formats import Formatted
from rules import creditcode, money
from rules.facts import Fact, FactError, read, read_account, read_id
from rules.plain_text import Unprintable, clean, is_exponent, says_nothing, unforced


class Trouble(NamedTuple):
    """A cell whose value is not there: ``cell_error`` (#N/A), ``formula`` (never calculated), ``merged``."""

    code: str
    shown: str


Cell: TypeAlias = str | float | bool | datetime | date | time | timedelta | Trouble | None


class Bad(ValueError):
    """A cell that can't be read. `code` is the reason, `why` tells more where there is more to tell."""

    def __init__(self, code: str, why: str = "") -> None:
        super().__init__(code, why)
        self.code = code
        self.why = why


USUAL_NAME = re.compile(r"(?=.{6,40}\Z)[-/A-DF-Z0-9]*[0-9]")
"""A number that names something, with nothing to tidy up nor an E that a spreadsheet may have put there."""
NAME = 200
"""Characters of the longest name; in a longer text the end of a line is a blank."""


def text(cell: Cell, most: int) -> str | None:
    """The text of a cell on one line, or None where it is blank: as `rules.plain_text.clean` takes it in.

    Raises:
        Bad: ``control`` (characters that no paper can hold), ``too_long``, or a `Trouble`.
    """
    if type(cell) is not str:
        if cell is None:
            return None
        cell = plain(cell)
    if most > NAME:
        cell = " ".join(cell.splitlines())
    try:
        cell = clean(cell)
    except Unprintable:
        raise Bad("control") from None
    if len(cell) > most:
        raise Bad("too_long", str(most))
    return cell or None


def words(cell: Cell, most: int) -> str | None:
    """As `text`; words that say nothing (无, a stroke) are None.

    Raises:
        Bad: as `text`.
    """
    said = text(cell, most)
    return None if said is None or says_nothing(said) else said


def of_text(fact: Fact, cell: str, unit_fen: int = money.YUAN_FEN) -> Any:
    """The value of a fact that a cell's text says.

    Raises:
        Bad: the code and the reason of a `rules.facts.FactError`.
    """
    try:
        return read(fact, cell, unit_fen)
    except FactError as error:
        raise Bad(error.code, error.why) from None


def with_unit(cell: Cell, in_yuan: bool) -> Cell:
    """A cell of a column that may be an amount: a number with what its format writes beside it.

    Args:
        in_yuan: a number of the column is yuan where nothing else is said.
    """
    beside = cell.beside(in_yuan) if isinstance(cell, Formatted) else ""
    return digits(cell) + beside if isinstance(cell, Formatted) and beside else cell


def plain(cell: Cell) -> str:
    """A cell as text: numbers with the digits that a spreadsheet shows, dates as ISO.

    Raises:
        Bad: the value is not there (`Trouble`).
    """
    if cell is None:
        return ""
    if type(cell) is str:
        return cell
    if isinstance(cell, Trouble):
        raise Bad(cell.code)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float | int):
        return digits(float(cell))
    if isinstance(cell, datetime):
        return nearest_second(cell).isoformat(" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def nearest_second(cell: datetime) -> datetime:
    """A spreadsheet's moment is a fraction of a day: 01:56 may come as 01:55:59.999997.

    A moment that is no whole second within a millisecond loses its fraction: no clock of an office runs ahead
    of the applicant's, and 23:59:59.999 is still the last day.
    """
    if not cell.microsecond:
        return cell
    near = cell + timedelta(microseconds=500)
    return near.replace(microsecond=0)


def digits(number: float) -> str:
    """A number's fifteen digits without an exponent, as far as there are no more before the point."""
    shown = f"{number:.15g}"
    if "e" not in shown:
        return shown
    exact = format(Decimal(shown), "f")
    return exact if len(exact.split(".")[0].lstrip("-")) <= 15 else shown.upper()


def shown(cell: Cell) -> str:
    """A cell for a message: short, on one line, nothing that could disturb a terminal."""
    if isinstance(cell, Trouble):
        return cell.shown
    said = "".join(map(_visible, plain(cell)))
    return said if len(said) <= 80 else said[:79] + "…"


def _visible(letter: str) -> str:
    if letter.isprintable():
        return letter
    return " " if letter.isspace() else "\N{REPLACEMENT CHARACTER}"


# --- ids -------------------------------------------------------------------------------------------------


def identity(cell: Cell, most: int = 100) -> str | None:
    """A number that names something (a case, a contract): text, half-width, without blanks around it.

    A number cell is not for here: see `identity_of_digits`.

    Raises:
        Bad: ``id_as_number``, or as `text`.
    """
    if cell is None or isinstance(cell, Trouble):
        return text(cell, most)
    if not isinstance(cell, str):
        raise Bad("id_as_number")
    return _named(read_id, cell, most)


def _named(read_cell: Callable[[str], str | None], cell: str, most: int) -> str | None:
    try:
        said = read_cell(unforced(cell))
    except FactError as error:
        raise Bad(error.code, error.why) from None
    except Unprintable:
        raise Bad("control") from None
    if said is not None and len(said) > most:
        raise Bad("too_long", str(most))
    return said


def is_name(cell: Cell) -> bool:
    """Whether a number shows the digits that it is, and nothing besides."""
    return type(cell) is float or (isinstance(cell, Formatted) and cell.is_name)


def identity_of_digits(stored: str | None) -> str:
    """An id from the digits of a number as the file keeps them.

    Fifteen digits are exact in every spreadsheet; more, a fraction or an exponent are not an id any more.

    Raises:
        Bad: ``id_as_number``.
    """
    if stored is None or not stored.isascii() or not stored.isdigit() or len(stored) > 15:
        raise Bad("id_as_number")
    return stored


def account(cell: Cell) -> str | None:
    """A bank account: any text without its blanks (accounts of firms have no check digit).

    Raises:
        Bad: ``account_as_number``: a spreadsheet keeps fifteen digits of a number and loses the rest.
    """
    if cell is None or isinstance(cell, Trouble):
        return text(cell, 64)
    if not isinstance(cell, str):
        raise Bad("account_as_number")
    return _named(read_account, cell, 64)


def credit_code(cell: Cell, confirmed: Container[str] = ()) -> str | None:
    """A unified social credit code, made half-width and checked.

    Args:
        confirmed: codes that a person has confirmed from the licence: their check character may be another.

    Raises:
        Bad: ``credit_code`` with why: a `rules.creditcode.fault`, or ``number``.
    """
    if cell is None or isinstance(cell, Trouble):
        return text(cell, 64)
    if not isinstance(cell, str):
        raise Bad("credit_code", "number")
    code = creditcode.normalise(cell)
    if not code or says_nothing(code):
        return None
    fault = creditcode.fault(code)
    if fault == "check_digit" and code in confirmed:
        return code
    if fault:
        raise Bad("credit_code", "number" if is_exponent(code) else fault)
    return code


# --- money -----------------------------------------------------------------------------------------------


def amount(cell: Cell, unit_fen: int) -> int | None:
    """An amount in fen, out of a cell that is a number or an amount in words.

    Raises:
        Bad: ``amount`` with why: a code of `rules.money.MoneyError`, ``kind`` for a date or truth value, or
            ``format`` where the cell shows another value than it holds.
    """
    try:
        if type(cell) is str:
            return money.parse(cell, unit_fen) if cell.strip() else None
        if type(cell) is float:
            return money.parse(digits(cell), unit_fen)
        if isinstance(cell, Formatted):
            return _as_shown(cell, unit_fen)
    except money.MoneyError as error:
        if error.code == "empty":
            return None
        raise Bad("amount", error.code) from None
    if cell is None:
        return None
    if isinstance(cell, Trouble):
        raise Bad(cell.code)
    raise Bad("amount", "kind")


def _as_shown(cell: Formatted, unit_fen: int) -> int:
    """An amount in the unit that its format writes behind it; in whatever unit, nothing is nothing.

    Raises:
        Bad, money.MoneyError: as `amount`.
    """
    if float(cell) == 0:
        return 0
    found = {money.parse(digits(cell), unit or unit_fen) for unit in cell.units_fen}
    if len(found) != 1:
        raise Bad("amount", "format")
    return found.pop()
