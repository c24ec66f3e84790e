"""Days and moments out of cells, in any of the dresses that portals give them.

By Shanghai's clock, to the second. What is not certain (a month without its day, 05/06/2026, a number that
may be anything) is `Bad`, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

from papers.reading.portal_values import INVISIBLE, Bad, Cell, Trouble, digits, nearest_second, unforced

_DATE = re.compile(r"(\d{4})\s*([-/.年])\s*(\d{1,2})\s*([-/.月])\s*(\d{1,2})\s*(?:日|号)?")
_CLOCK = re.compile(
    r"(上午|下午|am|pm)?\s*(\d{1,2})\s*[:时点]\s*(?:(\d{1,2})\s*(?:分|:)?\s*(?:(\d{1,2})(?:\.\d+)?\s*秒?)?)?"
)
_USUAL_MOMENT = re.compile(r"([0-9]{4})([-/])([0-9]{2})\2([0-9]{2}) ([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?")
"""As most portals write a moment; all other forms are taken apart step by step."""
_ZONE = re.compile(r"(z|[+-]\d{2}:?\d{2})$")
_COMPACT = re.compile(r"\d{8}")
_SERIAL_FROM, _SERIAL_UNTIL = 10_000, 80_000
"""Serial dates that are taken for dates where the cell has no date format: 1927 to 2119."""
_YEARS = range(1800, 2201)
_EPOCH = datetime(1899, 12, 30)
_TO_1904 = 1462


def moment(cell: Cell, since_1904: bool = False) -> datetime | None:
    """A moment by Shanghai's clock; a bare day is its midnight.

    Raises:
        Bad: ``date``.
    """
    if type(cell) is str:
        return _moment_of_text(cell)
    if type(cell) is datetime:
        found = nearest_second(cell)
    elif type(cell) is float:
        found = _moment_of_number(cell, since_1904)
    elif isinstance(cell, date) and not isinstance(cell, datetime):
        found = datetime(cell.year, cell.month, cell.day)
    elif cell is None:
        return None
    elif isinstance(cell, Trouble):
        raise Bad(cell.code)
    else:
        raise Bad("date")
    if found.year not in _YEARS or found < datetime(1901, 1, 1):
        raise Bad("date")  # spreadsheets have no days before 1900: a small number shown as a date
    return found


def day(cell: Cell, since_1904: bool = False) -> date | None:
    """A day; a time of day beside it is left out.

    Raises:
        Bad: ``date``.
    """
    found = moment(cell, since_1904)
    return None if found is None else found.date()


def term(said: Cell) -> tuple[date, date] | None:
    """First and last day of one cell: ``2026-01-11至2027-01-10``.

    Raises:
        Bad: ``date``.
    """
    if said is None or (isinstance(said, str) and not said.strip()):
        return None
    if not isinstance(said, str):
        raise Bad(said.code if isinstance(said, Trouble) else "date")
    found = _DATE.findall(unicodedata.normalize("NFKC", said))
    if len(found) != 2:
        raise Bad("date")
    first, last = (_date(*map(int, (parts[0], parts[2], parts[4]))) for parts in found)
    return first.date(), last.date()


def _moment_of_number(number: float, since_1904: bool) -> datetime:
    if number.is_integer() and _COMPACT.fullmatch(compact := digits(number)):
        return _date(int(compact[:4]), int(compact[4:6]), int(compact[6:]))
    if not _SERIAL_FROM <= number < _SERIAL_UNTIL:
        raise Bad("date")
    return nearest_second(_EPOCH + timedelta(days=number + (_TO_1904 if since_1904 else 0)))


def _moment_of_text(said: str) -> datetime | None:
    usual = _USUAL_MOMENT.fullmatch(said)
    if usual is not None:
        year, _, month, number, hour, minute, second = usual.groups()
        try:
            told = datetime(int(year), int(month), int(number), int(hour), int(minute), int(second or 0))
        except ValueError:
            raise Bad("date") from None
        if told.year not in _YEARS:
            raise Bad("date")
        return told
    if not said.isascii():
        said = unicodedata.normalize("NFKC", said.translate(INVISIBLE))
    said = unforced(said.strip()).strip().casefold()
    if not said:
        return None
    found = _DATE.match(said)
    if found is None:
        if _COMPACT.fullmatch(said):
            return _date(int(said[:4]), int(said[4:6]), int(said[6:]))
        raise Bad("date")
    year, first, month, second, number = found.groups()
    if first + second not in ("年月", "--", "//", ".."):
        raise Bad("date")
    start = _date(int(year), int(month), int(number))
    rest = said[found.end() :].strip(" t,")
    return start + _clock(rest) if rest else start


def _date(year: int, month: int, number: int) -> datetime:
    if year not in _YEARS:
        raise Bad("date")
    try:
        return datetime(year, month, number)
    except ValueError:
        raise Bad("date") from None


def _clock(rest: str) -> timedelta:
    zone = _ZONE.search(rest)
    found = _CLOCK.fullmatch(rest[: zone.start()].strip() if zone else rest)
    if found is None:
        raise Bad("date")
    half, hour, minute, second = found[1], int(found[2]), int(found[3] or 0), int(found[4] or 0)
    if half in ("下午", "pm") and hour < 12:
        hour += 12
    elif half in ("上午", "am") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        raise Bad("date")
    shift = _to_shanghai(zone[1]) if zone else timedelta()
    return timedelta(hours=hour, minutes=minute, seconds=second) + shift


def _to_shanghai(zone: str) -> timedelta:
    if zone == "z":
        return timedelta(hours=8)
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return timedelta(hours=8) - (offset if zone[0] == "+" else -offset)
