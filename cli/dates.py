"""A day as a command takes it."""

from __future__ import annotations

import datetime

from cli.trouble import Trouble


def date_of(text: str | None, option: str) -> datetime.date | None:
    """The day that an option says; None where it was not given.

    Raises:
        Trouble: it says no day.
    """
    from rules.facts import FactError, read_date

    try:
        return None if text is None else read_date(text)
    except FactError as error:
        raise Trouble("cli.bad_value", option=option) from error
