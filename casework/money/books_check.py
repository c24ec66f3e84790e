"""Whether the books agree: every transaction sums to zero, every counter equals its entries."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from casework.money.ledger import balance_of
from models import Budget, CapEntry, CapUse, LedgerEntry, Period
from models.state_names import COUNTED


class BooksChecked(NamedTuple):
    """What checking the books found: how many entries, and each thing that does not agree (code, where)."""

    entries: int
    faults: tuple[tuple[str, str], ...]


def check(session: Session) -> BooksChecked:
    """Check the books.

    Codes: `journal` (a transaction that does not balance), `counter` (a budget's account), `identity`
    (available and the counters don't make the appropriation), `cap`, `funder` (one's part of a decision below
    zero), `day` (an entry for a day of a period that was closed).
    """
    faults = [("journal", str(journal)) for journal in _unbalanced(session)]
    sums: dict[tuple[int, str], int] = {}
    grouped = select(
        col(LedgerEntry.budget_id), col(LedgerEntry.account), func.sum(col(LedgerEntry.amount_fen))
    ).group_by(col(LedgerEntry.budget_id), col(LedgerEntry.account))
    for budget_id, account, fen in session.execute(grouped):
        sums[budget_id, account] = int(fen)
    for budget in session.execute(select(Budget).execution_options(populate_existing=True)).scalars():
        faults.extend(_budget_faults(budget, sums))
    faults.extend(("cap", key) for key in _caps_apart(session))
    faults.extend(("funder", str(seq)) for seq in _funders_below(session))
    faults.extend(("day", str(journal)) for journal in _days_apart(session))
    entries = session.execute(select(func.count()).select_from(LedgerEntry)).scalar_one()
    return BooksChecked(entries, tuple(faults))


def _unbalanced(session: Session) -> list[int]:
    journal = col(LedgerEntry.journal)
    statement = select(journal).group_by(journal).having(func.sum(col(LedgerEntry.amount_fen)) != 0)
    return list(session.execute(statement).scalars())


def _budget_faults(budget: Budget, sums: dict[tuple[int, str], int]) -> list[tuple[str, str]]:
    stands = balance_of(budget)
    said = {account: getattr(stands, f"{account}_fen") for account in (*COUNTED, "available")}
    said["appropriation"] = -stands.appropriation_fen
    faults = [
        ("counter", f"{budget.key}/{account}")
        for account, fen in said.items()
        if sums.get((budget.id, account), 0) != fen
    ]
    if (
        sum(sums.get((budget.id, account), 0) for account in (*COUNTED, "available"))
        != stands.appropriation_fen
    ):
        faults.append(("identity", budget.key))
    return faults


def _funders_below(session: Session) -> list[int]:
    """The decisions of which less than nothing stands in an account for one of their funders."""
    by = (col(LedgerEntry.decision_seq), col(LedgerEntry.account), col(LedgerEntry.funder))
    wanted = (
        select(col(LedgerEntry.decision_seq))
        .where(col(LedgerEntry.funder).is_not(None), col(LedgerEntry.account).in_(COUNTED))
        .group_by(*by)
        .having(func.sum(col(LedgerEntry.amount_fen)) < 0)
    )
    return sorted({seq or 0 for seq in session.execute(wanted).scalars()})


def _days_apart(session: Session) -> list[int]:
    """The transactions with an entry for a day of a period that was closed before it came."""
    closed = select(col(Period.id)).where(
        col(LedgerEntry.for_day) <= col(Period.last_on), col(LedgerEntry.at) > col(Period.closed_at)
    )
    wanted = select(col(LedgerEntry.journal)).where(closed.correlate(LedgerEntry).exists())
    return sorted(set(session.execute(wanted).scalars()))


def _caps_apart(session: Session) -> list[str]:
    entries = (
        select(col(CapEntry.key).label("key"), func.sum(col(CapEntry.amount_fen)).label("fen"))
        .group_by(col(CapEntry.key))
        .subquery()
    )
    statement = (
        select(col(CapUse.key))
        .outerjoin(entries, entries.c.key == col(CapUse.key))
        .where(col(CapUse.used_fen) != func.coalesce(entries.c.fen, 0))
    )
    return list(session.execute(statement).scalars())
