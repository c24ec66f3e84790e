"""What was entered in a budget before: by no person of finance, taken back, under the same number.

An entry that was wrong is never changed: another takes it back, and names it.
"""

import datetime
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlmodel import Session, col

from casework.money.allotment_numbers import number_key, reason_key
from models import Appropriation, AppropriationProposal, Budget, LedgerEntry

BY_FINANCE = (
    "appropriate",
    "confirm_appropriation",
    "replace_appropriation",
    "move_appropriation",
    "reverse_appropriation",
)
"""The acts whose entries give a budget money; an entry of another was made by no person of finance."""


class Given(NamedTuple):
    """An amount that was entered, or waits, under a number: how much, why, and when."""

    amount_fen: int
    reason: str
    at: datetime.datetime


def taken_back() -> Select[int | None]:
    """The numbers of the entries that another takes back."""
    return select(col(Appropriation.replaces_id)).where(col(Appropriation.replaces_id).is_not(None))


def silent_of(session: Session, budget_id: int) -> list[Appropriation]:
    """What stands in a budget that no person of finance entered: the pack's amount, entered by the first case
    of the year in offices of earlier versions."""
    by_finance = select(col(LedgerEntry.journal)).where(
        col(LedgerEntry.budget_id) == budget_id, col(LedgerEntry.act).in_(BY_FINANCE)
    )
    wanted = select(Appropriation).where(
        col(Appropriation.budget_id) == budget_id,
        col(Appropriation.journal).not_in(by_finance),
        col(Appropriation.id).not_in(taken_back()),
    )
    return list(session.execute(wanted.order_by(col(Appropriation.id))).scalars())


def given_under(session: Session, found: Budget | None, budget: str, number: str) -> list[Given]:
    """What a budget was given under an allotment number and keeps, then what waits to be."""
    key, given = number_key(number), []
    if found is not None:
        entered = select(Appropriation).where(
            col(Appropriation.budget_id) == found.id,
            col(Appropriation.replaces_id).is_(None),
            col(Appropriation.id).not_in(taken_back()),
        )
        for row in session.execute(entered).scalars():
            if number_key(row.allotment_no) == key:
                given.append(Given(row.amount_fen, row.reason or "", row.at))
    waiting = select(AppropriationProposal).where(
        col(AppropriationProposal.budget) == budget, col(AppropriationProposal.state) == "proposed"
    )
    for one in session.execute(waiting).scalars():
        if number_key(one.allotment_no) == key:
            given.append(Given(one.amount_fen, one.reason, one.proposed_at))
    return given


def meant_again(given: list[Given], amount_fen: int, reason: str) -> Given | None:
    """The one of those before that the same number seems to mean once more, whatever the amount: a reason
    that none of them has lets it pass. None where nothing stands in the way."""
    said = reason_key(reason)
    same = [one for one in given if reason_key(one.reason) == said]
    if not given or (said and not same):
        return None
    meant = [one for one in same or given if one.amount_fen == amount_fen]
    return (meant or same or given)[-1]
