"""Periods of the books (会计期间): months that are closed take no entry any more.

What belongs to a closed month is booked for the first day after it, and the entry keeps the day that it
belongs to (`ledger.post`). Months are closed in their order, each with all before it, and stay closed.
"""

import datetime
import re

from sqlalchemy import func, insert, select
from sqlmodel import Session, col

from casework.core.act import Turn, act
from casework.core.calendar import day_of
from casework.core.office import SHANGHAI
from casework.core.refused import Refused
from models import LedgerEntry, Period

_DAY = datetime.timedelta(days=1)


def closed_until(session: Session) -> datetime.date | None:
    """The last day of what is closed; None while nothing is."""
    last: datetime.date | None = session.execute(select(func.max(col(Period.last_on)))).scalar()
    return last


def end_of(day: datetime.date) -> datetime.datetime:
    """The moment at which a day is over, at the office's place."""
    return datetime.datetime.combine(day + _DAY, datetime.time(), SHANGHAI)


def open_day(turn: Turn, day: datetime.date) -> datetime.date:
    """The day that something of this day is booked for: itself, or the first that is open."""
    closed = turn.once(closed_until)
    return day if closed is None or day > closed else closed + _DAY


@act("close_period")
def close_period(turn: Turn, month: str) -> None:
    """Close the books up to the end of a month (`2026-05`) that is over.

    Raises:
        Refused: `refused.no_month`, `refused.month_not_over`, `refused.month_closed`, `refused.no_entries`.
    """
    first, last = _days(month)
    if last >= turn.today:
        raise Refused("refused.month_not_over", month=month, until=last)
    closed = closed_until(turn.session)
    if closed is not None and last <= closed:
        raise Refused("refused.month_closed", month=month, until=closed)
    earliest = _earliest(turn.session)
    if earliest is None or earliest > last:
        raise Refused("refused.no_entries", month=month)
    begins = min(first, earliest.replace(day=1)) if closed is None else closed + _DAY
    values = {"first_on": begins, "last_on": last, "closed_at": turn.at, "closed_by_id": turn.person.id}
    made = turn.session.execute(insert(Period).values(**values).returning(col(Period.id)))
    turn.subject = f"period {month}"
    turn.changed("period", int(made.scalar_one()))
    turn.changed("budget")
    turn.tell(from_on=begins, until_on=last)


def _earliest(session: Session) -> datetime.date | None:
    """The first day that an entry is for; None where there is none."""
    day, at = session.execute(select(func.min(col(LedgerEntry.for_day)), func.min(col(LedgerEntry.at)))).one()
    return None if at is None else min(day_of(at), day or day_of(at))


def _days(month: str) -> tuple[datetime.date, datetime.date]:
    """The first and last day of a month as one writes it. Raises `Refused`: `refused.no_month`."""
    said = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})", month.strip(), re.ASCII)
    try:
        first = datetime.date(int(said[1]), int(said[2]), 1) if said else None
        after = None if first is None else (first + 31 * _DAY).replace(day=1)
    except (ValueError, OverflowError):
        first = after = None
    if first is None or after is None:
        raise Refused("refused.no_month", said=month.strip()[:20])
    return first, after - _DAY
