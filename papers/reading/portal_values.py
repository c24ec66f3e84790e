"""Values out of cells: exactly what was meant, or a `Bad` with the reason why it can't be told.

A cell is what a spreadsheet keeps: text, a number (always a float there), a date or time, a truth value.
Numbers stand for money only where their fifteen digits, which are all that a spreadsheet shows or keeps
exactly, are a whole number of fen; they go through those digits and never through multiplication. Ids are
text: a number that stands for one is taken from the digits in the file (`papers.reading.cells`), or refused.
Dates are read in `papers.reading.portal_dates`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from rules import creditcode, money


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


_WIDE = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
_FULL_WIDTH = {code: code - 0xFEE0 for code in _WIDE}
_FULL_WIDTH |= {0xFF0D: 0x2D, 0xFF0F: 0x2F, 0xFF3F: 0x5F}
INVISIBLE = {0x00AD: None, 0x200B: None, 0x200C: None, 0x200D: None, 0x2060: None, 0xFEFF: None}
_FORCED_TEXT = re.compile(r'="([^"]*)"')
_USUAL_ID = re.compile(r"[-/A-DF-Z0-9]+")
"""An id with nothing to tidy up, nor an E that a spreadsheet may have put there."""
_EXPONENT = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,3}")


def text(cell: Cell, most: int) -> str | None:
    """The text of a cell on one line, or None where it is blank. Blanks of all kinds become one plain blank.

    Raises:
        Bad: ``control`` (characters that no paper can hold), ``too_long``, or a `Trouble`.
    """
    if type(cell) is not str:
        if cell is None:
            return None
        cell = plain(cell)
    if not cell.isprintable() or "  " in cell or cell[:1] == " " or cell[-1:] == " ":
        cell = _tidy(cell)
    if len(cell) > most:
        raise Bad("too_long", str(most))
    return cell or None


def _tidy(said: str) -> str:
    said = " ".join(said.translate(INVISIBLE).split())
    for letter in said:
        kind = unicodedata.category(letter)
        if kind in ("Cc", "Cs") or (kind == "Cf" and not letter.isprintable()):
            raise Bad("control")
    return said


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
    if type(cell) is str and len(cell) <= most and _USUAL_ID.fullmatch(cell):
        return cell
    if cell is None or isinstance(cell, Trouble):
        return text(cell, most)
    if not isinstance(cell, str):
        raise Bad("id_as_number")
    cell = unforced(cell)
    if _is_exponent(cell):
        raise Bad("id_as_number")
    said = text(cell, most)
    return said if said is None or said.isascii() else said.translate(_FULL_WIDTH)


def identity_of_digits(stored: str | None) -> str:
    """An id from the digits of a number as the file keeps them.

    Fifteen digits are exact in every spreadsheet; more, a fraction or an exponent are not an id any more.

    Raises:
        Bad: ``id_as_number``.
    """
    if stored is None or not stored.isascii() or not stored.isdigit() or len(stored) > 15:
        raise Bad("id_as_number")
    return stored


def unforced(said: str) -> str:
    """Text without the marks with which spreadsheets are made to take it as text: ``="0012"``, ``'0012``."""
    if "=" not in said and "'" not in said:
        return said
    forced = _FORCED_TEXT.fullmatch(said.strip())
    return forced[1] if forced else said.removeprefix("'")


def _is_exponent(said: str) -> bool:
    """Whether a text is what a spreadsheet wrote for a long number: ``6.71E+18``."""
    return ("E" in said or "e" in said) and _EXPONENT.fullmatch(said.strip()) is not None


def account(cell: Cell) -> str | None:
    """A bank account: any text without its blanks (accounts of firms have no check digit).

    Raises:
        Bad: ``account_as_number``: a spreadsheet keeps fifteen digits of a number and loses the rest.
    """
    if cell is None or isinstance(cell, Trouble):
        return text(cell, 64)
    if not isinstance(cell, str):
        raise Bad("account_as_number")
    said = unforced(cell)
    if _is_exponent(said):
        raise Bad("account_as_number")
    said = _tidy(said).translate(_FULL_WIDTH) if not (said.isascii() and said.isalnum()) else said
    if len(said) > 64:
        raise Bad("too_long", "64")
    return said.replace(" ", "") or None


def credit_code(cell: Cell) -> str | None:
    """A unified social credit code, made half-width and checked.

    Raises:
        Bad: ``credit_code`` with why: ``length``, ``character``, ``check_digit`` or ``number``.
    """
    if cell is None or isinstance(cell, Trouble):
        return text(cell, 64)
    if not isinstance(cell, str):
        raise Bad("credit_code", "number")
    code = creditcode.normalise(unforced(cell))
    if not code:
        return None
    fault = creditcode.fault(code)
    if fault:
        raise Bad("credit_code", "number" if _is_exponent(code) else fault)
    return code


# --- money -----------------------------------------------------------------------------------------------


def amount(cell: Cell, unit_fen: int) -> int | None:
    """An amount in fen.

    Raises:
        Bad: ``amount`` with why: a code of `rules.money.MoneyError`, or ``kind`` for a date or truth value.
    """
    try:
        if type(cell) is str:
            return money.parse(cell, unit_fen) if cell.strip() else None
        if type(cell) is float:
            return money.parse(digits(cell), unit_fen)
    except money.MoneyError as error:
        if error.code == "empty":
            return None
        raise Bad("amount", error.code) from None
    if cell is None:
        return None
    if isinstance(cell, Trouble):
        raise Bad(cell.code)
    raise Bad("amount", "kind")


# --- words -----------------------------------------------------------------------------------------------


def word(cell: Cell) -> str:
    """A cell as a word to look up: half-width, small, without what stands in brackets, or empty."""
    said = unicodedata.normalize("NFKC", plain(cell).translate(INVISIBLE)).casefold()
    said = re.sub(r"\([^()]*\)", "", said) if not said.startswith("(") else said
    return " ".join(said.split()).strip("。.;,")


def chooser(code: str, choices: dict[str, object]) -> Callable[[Cell], object]:
    """A reader of cells that hold one of a few words; others are `Bad` with this code. Blank is None."""
    seen: dict[Cell, object] = {}

    def choose(cell: Cell) -> object:
        if type(cell) is str and cell in seen:
            return seen[cell]
        said = word(cell)
        if said and said not in choices:
            raise Bad(code)
        found = choices[said] if said else None
        if type(cell) is str and len(seen) < 1_000:
            seen[cell] = found
        return found

    return choose
