"""The balances of all accounts at a date: by the day entries are for, or by the moment they were recorded.

By day it is what the books say of that day now, with what was booked for it later. By moment it is what stood
in the books when that day ended, whatever was entered since. Entries of earlier versions have one time only.
"""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Executable, and_, func, or_, select
from sqlmodel import Session, col

from casework.core.refused import Refused
from casework.money import ledger
from casework.money.periods import end_of
from models import Budget, LedgerEntry
from models.state_names import COUNTED

DAY, RECORDED = "day", "recorded"
"""By which of its two times an entry counts at a date."""

APART = ("receivable", "recovered", "treasury")
"""Accounts that stand beside the appropriation's."""


class Standing(NamedTuple):
    """A budget at a date: its accounts, those that stand apart in the order of `APART`, and by funder
    what each has `reserved`, `committed`, `paid`, `lapsed`, where funders share awards."""

    key: str
    programme: str
    year: int
    balance: ledger.Balance
    apart: tuple[int, ...]
    funders: tuple[tuple[str, tuple[int, ...]], ...]


def at(session: Session, on: datetime.date | None = None, by: str = DAY) -> tuple[Standing, ...]:
    """Every budget with an entry, at the end of a day (now, without one), in the order of its opening.

    Raises:
        Refused: `refused.no_such_time`: neither `day` nor `recorded`.
    """
    sums: dict[tuple[int, str, str | None], int] = {}
    for budget_id, account, funder, fen in session.execute(_grouped(on, by)):
        sums[budget_id, account, funder] = int(fen)
    drawn = {budget_id for budget_id, _, _ in sums}
    names = select(col(Budget.id), col(Budget.key), col(Budget.programme), col(Budget.year))
    return tuple(
        Standing(key, programme, year, *_accounts(number, sums))
        for number, key, programme, year in session.execute(names.order_by(col(Budget.id)))
        if number in drawn
    )


def _grouped(on: datetime.date | None, by: str) -> Executable:
    entry = LedgerEntry
    wanted = select(
        col(entry.budget_id), col(entry.account), col(entry.funder), func.sum(col(entry.amount_fen))
    ).group_by(col(entry.budget_id), col(entry.account), col(entry.funder))
    if by not in (DAY, RECORDED):
        raise Refused("refused.no_such_time", said=by, known=(DAY, RECORDED))
    if on is None:
        return wanted
    recorded = col(entry.at) < end_of(on)
    if by == RECORDED:
        return wanted.where(recorded)
    return wanted.where(or_(col(entry.for_day) <= on, and_(col(entry.for_day).is_(None), recorded)))


def _accounts(
    number: int, sums: dict[tuple[int, str, str | None], int]
) -> tuple[ledger.Balance, tuple[int, ...], tuple[tuple[str, tuple[int, ...]], ...]]:
    whole: dict[str, int] = {}
    funders: dict[str, dict[str, int]] = {}
    for (budget_id, account, funder), fen in sums.items():
        if budget_id == number:
            whole[account] = whole.get(account, 0) + fen
            if funder is not None:
                funders.setdefault(funder, {})[account] = fen
    stands = ledger.Balance(
        -whole.get("appropriation", 0), whole.get("available", 0), *(whole.get(name, 0) for name in COUNTED)
    )
    return stands, tuple(whole.get(name, 0) for name in APART), tuple(_of_funders(funders))


def _of_funders(funders: dict[str, dict[str, int]]) -> Iterator[tuple[str, tuple[int, ...]]]:
    for funder in sorted(funders):
        yield funder, tuple(funders[funder].get(name, 0) for name in COUNTED)
