"""The books at a date: the balances of all accounts, the allotments behind them, what is closed."""

import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from casework.core.calendar import day_of
from casework.core.office import Office
from casework.money import balances, periods
from casework.money.allotments_entered import taken_back
from models import Appropriation, Budget


class Allotted(NamedTuple):
    """An entry that gave a budget money or took it. `taken_back`: another has taken it back; `takes_back`:
    the number of the entry that it takes back; `moved_with`: that of the budget it was moved from."""

    entry: int
    budget: str
    allotment_no: str
    amount_fen: int
    recorded_on: datetime.date
    reason: str
    taken_back: bool
    takes_back: int | None
    moved_with: int | None


class Books(NamedTuple):
    """All budgets at a date, the allotments recorded until then, and the last day that is closed now."""

    budgets: tuple[balances.Standing, ...]
    allotments: tuple[Allotted, ...]
    closed_until: datetime.date | None


def books(office: Office, on: datetime.date | None = None, by: str = balances.DAY) -> Books:
    """The books at the end of a day; now, without one.

    Raises:
        Refused: `refused.no_such_time`.
    """
    with office.read() as session:
        standing = balances.at(session, on, by)
        gone = set(session.execute(taken_back()).scalars())
        rows = session.execute(
            select(Appropriation, col(Budget.key))
            .join(Budget, col(Budget.id) == col(Appropriation.budget_id))
            .order_by(col(Appropriation.id))
        )
        told = [
            Allotted(
                row.id,
                key,
                row.allotment_no,
                row.amount_fen,
                day_of(row.at),
                row.reason or "",
                row.id in gone,
                row.replaces_id,
                row.moved_with_id,
            )
            for row, key in rows
        ]
        until = [one for one in told if on is None or one.recorded_on <= on]
        return Books(standing, tuple(until), periods.closed_until(session))
