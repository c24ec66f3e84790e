"""Working days at the office's place, by the shipped table of holidays."""

import datetime

from casework.core.holidays import calendar
from casework.core.office import SHANGHAI
from casework.core.refused import Refused
from rules.workdays import add_workdays, is_provisional


def after(start_on: datetime.date, days: int) -> datetime.date:
    """The last of so many working days that follow a day."""
    return add_workdays(calendar(), start_on, days)


def provisional(on: datetime.date) -> bool:
    """Whether the holidays of that day's year have not been announced (暂定)."""
    return is_provisional(calendar(), on)


def day_of(at: datetime.datetime) -> datetime.date:
    """The calendar day of an aware moment at the office's place."""
    return at.astimezone(SHANGHAI).date()


def must_be_interval(from_on: datetime.date | None, until_on: datetime.date | None) -> None:
    """Refuse an end (not included) that doesn't come after the beginning; of days, or of moments.

    Raises:
        Refused: `refused.interval`.
    """
    if from_on is not None and until_on is not None and until_on <= from_on:
        raise Refused("refused.interval", from_on=from_on, until_on=until_on)
