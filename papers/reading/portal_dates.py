"""Days and moments out of cells: text as `rules.days` reads it, and the numbers that spreadsheets keep.

By Shanghai's clock, to the second. What is not certain (a number that may be anything) is `Bad`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from papers.reading.portal_values import Bad, Cell, Trouble, digits, nearest_second, of_text
from rules import days
from rules.facts import Fact

_DAY, _MOMENT = Fact("day", "date"), Fact("moment", "moment")
_SERIAL_FROM, _SERIAL_UNTIL = 10_000, 80_000
"""Serial dates that are taken for dates where the cell has no date format: 1927 to 2119."""
_EPOCH = datetime(1899, 12, 30)
_TO_1904 = 1462


def moment(cell: Cell, since_1904: bool = False) -> datetime | None:
    """A moment by Shanghai's clock; a bare day is its midnight.

    Raises:
        Bad: ``date``.
    """
    if type(cell) is str:
        told: datetime | None = of_text(_MOMENT, cell)
        return told
    if type(cell) is datetime:
        found = nearest_second(cell)
    elif isinstance(cell, float):
        found = _moment_of_number(cell, since_1904)
    elif isinstance(cell, date) and not isinstance(cell, datetime):
        found = datetime(cell.year, cell.month, cell.day)
    elif cell is None:
        return None
    elif isinstance(cell, Trouble):
        raise Bad(cell.code)
    else:
        raise Bad("date")
    if found < datetime(1901, 1, 1):
        raise Bad("date")  # spreadsheets have no days before 1900: a small number shown as a date
    return found


def day(cell: Cell, since_1904: bool = False) -> date | None:
    """A day; a time of day beside it is left out.

    Raises:
        Bad: ``date``.
    """
    if type(cell) is str:
        told: date | None = of_text(_DAY, cell)
        return told
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
    try:
        found = days.days_in(said)
    except days.NoDay:
        raise Bad("date") from None
    if len(found) != 2:
        raise Bad("date")
    return found[0], found[1]


def _moment_of_number(number: float, since_1904: bool) -> datetime:
    if number.is_integer() and len(compact := digits(number)) == 8:
        on: date = of_text(_DAY, compact)
        return datetime(on.year, on.month, on.day)
    if not _SERIAL_FROM <= number < _SERIAL_UNTIL:
        raise Bad("date")
    return nearest_second(_EPOCH + timedelta(days=number + (_TO_1904 if since_1904 else 0)))
