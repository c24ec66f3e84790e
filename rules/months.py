"""Whole months between dates, as "founded under twelve months ago" needs them.

A month from a date is the same day of the next month, or that month's last day where it has no
such day: 31 January + 1 month is 28 or 29 February, and 29 February 2024 + 12 months is
28 February 2025 (so counts 民法典 article 202 the end of a period, too). Months are always counted from
the first date, never step by step, or 31 January + 1 + 1 would be 28 March.

A period of months is half-open: who was founded on 10 March 2025 is under twelve months old up to
and on 9 March 2026, and twelve months old on 10 March 2026.

>>> from datetime import date
>>> add_months(date(2024, 2, 29), 12)
datetime.date(2025, 2, 28)
>>> months_between(date(2025, 3, 10), date(2026, 3, 9))
11
>>> months_between(date(2025, 3, 10), date(2026, 3, 10))
12
"""

from calendar import monthrange
from datetime import date


def add_months(on: date, months: int) -> date:
    """The date `months` whole months after `on` (before it, where negative).

    Raises:
        ValueError: the year would leave 1 to 9999.
    """
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    if on.day > 28:
        if not 1 <= year <= 9999:
            raise ValueError(f"no such year: {year}")
        return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))
    return date(year, month + 1, on.day)


def months_between(since: date, until: date) -> int:
    """How many whole months have passed from `since` when `until` comes: the age in months.

    It is the largest n with ``add_months(since, n) <= until``, so that an age is below n exactly
    when `until` lies before the n months' end. Below zero where `until` comes first.
    """
    months = (until.year - since.year) * 12 + until.month - since.month
    return months - (add_months(since, months) > until)
