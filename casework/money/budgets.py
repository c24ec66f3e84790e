"""Budgets: the money of a programme and year.

Finance fills them (`casework.money.allotments`); a case draws on what has been allotted and never opens one.
"""

import datetime
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlmodel import Session, col

from casework.core.act import Turn
from casework.core.office import Office
from casework.money import ceilings, ledger
from models import Budget


def find(session: Session, key: str) -> Budget | None:
    """The budget that the rules name `key`, as it stands now."""
    return session.execute(
        select(Budget).where(col(Budget.key) == key).execution_options(populate_existing=True)
    ).scalar()


def left(session: Session, key: str) -> int | None:
    """What is left of a budget, in fen; None where finance has allotted nothing to it."""
    found = find(session, key)
    return None if found is None else left_of(found)


def left_of(row: Budget) -> int | None:
    """The same of a budget's row."""
    return ledger.balance_of(row).available_fen if row.appropriation_fen else None


def opened(turn: Turn, key: str) -> int:
    """The number of a budget; where nothing was ever entered in it, it is opened with nothing."""
    found = find(turn.session, key)
    if found is not None:
        return found.id
    programme, _, when = key.rpartition("/")
    year = int(when[:4]) if programme and when[:4].isdecimal() else 0
    values = {"key": key, "programme": programme or key, "year": year}
    inserted = turn.session.execute(insert(Budget).values(**values).returning(col(Budget.id)))
    return int(inserted.scalar_one())


class InSight(NamedTuple):
    """The figures of one budget as the window keeps them in sight, in fen: after key and year a
    `ledger.Balance`, and what its pack states a year (None: no amount)."""

    key: str
    year: int
    appropriation_fen: int
    left_fen: int
    reserved_fen: int
    committed_fen: int
    paid_fen: int
    lapsed_fen: int
    ceiling_fen: int | None


def all_in_sight(office: Office) -> tuple[InSight, ...]:
    """The budgets of this year to which something was allotted (of the newest, where there is none of this
    year), the largest first."""
    order = (col(Budget.year).desc(), col(Budget.appropriation_fen).desc(), col(Budget.id))
    today = office.today()
    with office.read() as session:
        rows = session.execute(select(Budget).where(col(Budget.appropriation_fen) > 0).order_by(*order))
        found = rows.scalars().all()
        years = [row.year for row in found]
        year = today.year if today.year in years else max(years, default=0)
        return tuple(
            InSight(row.key, row.year, *ledger.balance_of(row), _stated(session, row.key, today))
            for row in found
            if row.year == year
        )


def _stated(session: Session, key: str, today: datetime.date) -> int | None:
    found = ceilings.of_budget(session, key, today)
    return None if found is None else found.ceiling_fen
