"""Working days at the office's place, by the shipped table of holidays."""

import datetime
from functools import cache
from importlib import resources

from casework.core.office import SHANGHAI
from rules.workdays import Calendar, add_workdays, is_provisional, load


@cache
def calendar() -> Calendar:
    """The table of announced holidays and make-up days."""
    return load((resources.files("resources") / "calendars/cn.toml").read_text("utf-8"))


def after(start_on: datetime.date, days: int) -> datetime.date:
    """The last of so many working days that follow a day."""
    return add_workdays(calendar(), start_on, days)


def provisional(on: datetime.date) -> bool:
    """Whether the holidays of that day's year have not been announced (暂定)."""
    return is_provisional(calendar(), on)


def day_of(at: datetime.datetime) -> datetime.date:
    """The calendar day of an aware moment at the office's place."""
    return at.astimezone(SHANGHAI).date()
