"""Working days (工作日) in China, where the year's holidays are announced and not computed.

Each autumn the General Office of the State Council publishes next year's holidays: runs of days
off, and Saturdays and Sundays that are worked to make up for them (调休上班). No formula gives
them. They are data, in ``resources/calendars/cn.toml``, each year with the notice it comes from:

    [[year]]
    year = 2026
    document = "国务院办公厅关于2026年部分节假日安排的通知"
    number = "国办发明电〔2025〕7号"
    published_on = 2025-11-04
    worked = [2026-01-04]                 # weekend days that are worked

    [[year.holiday]]
    name = "元旦"
    first = 2026-01-01                    # both days are off
    last = 2026-01-03

A day of a year that the table does not hold is counted by its weekday alone, and every answer
that rests on it is provisional (暂定): it must be said so, and counted again when the notice is
out.

A period of working days begins on the day after the event (民法典 article 201): five working days of
publicity from a Monday end with the next Monday where no holiday lies between.

>>> from datetime import date
>>> calendar = load('''
... [[year]]
... year = 2026
... document = "国务院办公厅关于2026年部分节假日安排的通知"
... number = "国办发明电〔2025〕7号"
... published_on = 2025-11-04
... worked = [2026-01-04]
... [[year.holiday]]
... name = "元旦"
... first = 2026-01-01
... last = 2026-01-03
... ''')
>>> is_workday(calendar, date(2026, 1, 4))
True
>>> add_workdays(calendar, date(2025, 12, 31), 2)
datetime.date(2026, 1, 5)
>>> is_provisional(calendar, date(2027, 1, 4))
True
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

_DAY = timedelta(days=1)


class CalendarError(ValueError):
    """A table of holidays that is wrong in itself; the message says where."""


@dataclass(frozen=True, slots=True)
class Source:
    """The notice that a year of the table comes from."""

    document: str
    number: str
    published_on: date


@dataclass(frozen=True, slots=True)
class Calendar:
    """Holidays and worked weekend days of the years that have been announced."""

    sources: Mapping[int, Source]
    holidays: Mapping[date, str]
    worked: frozenset[date]


def is_provisional(calendar: Calendar, on: date) -> bool:
    """Whether no notice about the year of `on` is in the table."""
    return on.year not in calendar.sources


def is_workday(calendar: Calendar, on: date) -> bool:
    """Whether `on` is worked; by its weekday alone where `is_provisional`."""
    if on.weekday() < 5:
        return on not in calendar.holidays
    return on in calendar.worked


def add_workdays(calendar: Calendar, start_on: date, days: int) -> date:
    """The last of `days` working days that follow `start_on`, itself not counted.

    With no days it is `start_on`. Whether the answer is provisional says `is_provisional` of it:
    the table has no gaps, so that nothing on the way to an announced day is provisional.

    Raises:
        ValueError: `days` is below zero.
    """
    if days < 0:
        raise ValueError("working days are counted forwards")
    on = start_on
    while days:
        on += _DAY
        days -= is_workday(calendar, on)
    return on


def workdays_from(calendar: Calendar, first_on: date, last_on: date) -> int | None:
    """The working days that follow `first_on`, itself not counted, up to and with `last_on`; 0 where it lies
    before. ``None`` where a year between them has not been announced."""
    if last_on.toordinal() <= first_on.toordinal():
        return 0
    if any(year not in calendar.sources for year in range(first_on.year, last_on.year + 1)):
        return None
    days = range(first_on.toordinal() + 1, last_on.toordinal() + 1)
    return sum(is_workday(calendar, date.fromordinal(day)) for day in days)


def workday_by(calendar: Calendar, first_on: date, last_on: date) -> int | None:
    """Which working day after `first_on` a time limit takes `last_on` for: a day off for the one that
    follows it, since the limit of the one before is over. 0 where it lies before, or is the same day."""
    count = workdays_from(calendar, first_on, last_on)
    if not count and last_on.toordinal() <= first_on.toordinal():
        return count
    on = date.fromordinal(last_on.toordinal())  # a moment is its day
    return count if count is None or is_workday(calendar, on) else count + 1


def load(text: str) -> Calendar:
    """A table of holidays from its TOML.

    Raises:
        CalendarError: unknown or missing keys, a day of another year, a year that is there twice
            or missing between two, holidays that overlap, a worked day that is no weekend day or
            a holiday.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CalendarError(str(error)) from error
    _check_keys(table, {"year": list}, "calendar")
    sources: dict[int, Source] = {}
    holidays: dict[date, str] = {}
    worked: set[date] = set()
    for entry in table["year"]:
        _load_year(entry, sources, holidays, worked)
    if not sources or max(sources) - min(sources) != len(sources) - 1:
        raise CalendarError("the years must follow each other without a gap")
    return Calendar(sources, holidays, frozenset(worked))


_YEAR_KEYS = {
    "year": int,
    "document": str,
    "number": str,
    "published_on": date,
    "worked": list,
    "holiday": list,
}
_HOLIDAY_KEYS = {"name": str, "first": date, "last": date}


def _load_year(
    entry: dict[str, Any], sources: dict[int, Source], holidays: dict[date, str], worked: set[date]
) -> None:
    _check_keys(entry, _YEAR_KEYS, "year")
    year = entry["year"]
    if year in sources:
        raise CalendarError(f"{year} is there twice")
    sources[year] = Source(entry["document"], entry["number"], entry["published_on"])
    for holiday in entry["holiday"]:
        _check_keys(holiday, _HOLIDAY_KEYS, f"{year}, holiday")
        on, last, name = holiday["first"], holiday["last"], holiday["name"]
        if on.year != year or last.year != year or last < on:
            raise CalendarError(f"{name}: {on} to {last} are no days of {year}")
        while on <= last:
            if on in holidays:
                raise CalendarError(f"{on} is both {holidays[on]} and {name}")
            holidays[on] = name
            on += _DAY
    for on in entry["worked"]:
        if not isinstance(on, date) or isinstance(on, datetime) or on.year != year:
            raise CalendarError(f"worked: {on} is no day of {year}")
        if on.weekday() < 5 or on in holidays or on in worked:
            raise CalendarError(f"worked: {on} is no weekend day that is off")
        worked.add(on)


def _check_keys(table: dict[str, Any], kinds: Mapping[str, type], where: str) -> None:
    for key in table.keys() - kinds.keys():
        raise CalendarError(f"{where}: unknown key {key}")
    for key, kind in kinds.items():
        if key not in table:
            raise CalendarError(f"{where}: {key} is missing")
        if type(table[key]) is not kind:
            raise CalendarError(f"{where}: {key} must be {kind.__name__}")
