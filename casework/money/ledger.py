"""The ledger: balanced transactions, and the counters that guard the money.

A budget's counters move by one conditional update each, in the transaction that writes the entries: whoever
comes at the same moment, the money that is there is the money that goes. The counters equal the sums of the
entries at every moment (`casework.money.books_check`). An entry is never changed: what was wrong is taken
back by another. Each has the day it is for and the moment it was recorded; a closed period takes no entry,
and what belongs to one is booked for the first day after it and says so (`casework.money.periods`).
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select, update
from sqlmodel import Session, col

from casework.core.act import Turn
from casework.core.refused import Refused
from casework.money import periods
from casework.money.funder_parts import taken
from models import Budget, LedgerEntry
from models.state_names import COUNTED


class Line(NamedTuple):
    """One side of a transaction; `funder`: whose part of an award it is, None for a whole."""

    account: str
    amount_fen: int
    funder: str | None = None


class About(NamedTuple):
    """What a transaction is for; `on`: the day that it belongs to, where that is not the day of the act."""

    application_id: int | None = None
    decision_seq: int | None = None
    voucher_id: int | None = None
    on: datetime.date | None = None


class Balance(NamedTuple):
    """A budget's money, by account."""

    appropriation_fen: int
    available_fen: int
    reserved_fen: int
    committed_fen: int
    paid_fen: int
    lapsed_fen: int


NOTHING = About()
NOTHING_YET = Balance(0, 0, 0, 0, 0, 0)


def balance(session: Session, budget_id: int) -> Balance:
    """What a budget's counters say now."""
    return balance_of(session.get_one(Budget, budget_id, populate_existing=True))


def balance_of(row: Budget) -> Balance:
    """What a budget's row says: what is available is the appropriation less what stands in `COUNTED`."""
    counted: list[int] = [getattr(row, f"{account}_fen") for account in COUNTED]
    return Balance(row.appropriation_fen, row.appropriation_fen - sum(counted), *counted)


def post(turn: Turn, budget_id: int, lines: Iterable[Line], about: About = NOTHING) -> int:
    """Write a transaction and move the budget's counters with it. Returns its journal number.

    Raises:
        ValueError: the lines don't sum to zero, or move nothing.
        Refused: `refused.budget`: a counter would fall below zero, or more would be used than there is.
    """
    posted = [line for line in lines if line.amount_fen]
    if not posted or sum(line.amount_fen for line in posted) != 0:
        raise ValueError("a transaction's lines must move something and sum to zero")
    _move(turn.session, budget_id, posted)
    journal = _next_journal(turn.session)
    belongs = about.on or turn.today
    booked = periods.open_day(turn, belongs)
    turn.session.execute(
        insert(LedgerEntry),
        [
            {
                "journal": journal,
                "account": line.account,
                "budget_id": budget_id,
                "amount_fen": line.amount_fen,
                "application_id": about.application_id,
                "decision_seq": about.decision_seq,
                "voucher_id": about.voucher_id,
                "act": turn.act,
                "at": turn.at,
                "person_id": turn.person.id,
                "for_day": booked,
                "belongs_on": None if booked == belongs else belongs,
                "funder": line.funder,
            }
            for line in posted
        ],
    )
    turn.changed("budget", budget_id)
    if booked != belongs:
        turn.tell(booked_on=booked, belongs_on=belongs)
    return journal


def _move(session: Session, budget_id: int, lines: list[Line]) -> None:
    """One conditional update of the budget's row: all counters move, or none and the act is refused."""
    moved = dict.fromkeys((*COUNTED, "appropriation"), 0)
    for line in lines:
        if line.account in COUNTED:
            moved[line.account] += line.amount_fen
        elif line.account == "appropriation":
            moved["appropriation"] -= line.amount_fen
    if not any(moved.values()):
        return  # accounts that stand apart
    after: dict[str, Any] = {
        account: getattr(Budget, f"{account}_fen") + fen for account, fen in moved.items()
    }
    used = sum(after[account] for account in COUNTED)
    statement = (
        update(Budget)
        .where(
            col(Budget.id) == budget_id,
            used <= after["appropriation"],
            *[fen >= 0 for fen in after.values()],
        )
        .values({f"{account}_fen": after[account] for account, fen in moved.items() if fen})
    )
    changed = session.execute(statement, execution_options={"synchronize_session": False})
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("refused.budget", left_fen=balance(session, budget_id).available_fen)


def _next_journal(session: Session) -> int:
    return 1 + (session.execute(select(func.max(col(LedgerEntry.journal)))).scalar() or 0)


def appropriate(turn: Turn, budget_id: int, amount_fen: int) -> int:
    """Give a budget money, or take it away (below zero): appropriation → available."""
    return post(turn, budget_id, [Line("appropriation", -amount_fen), Line("available", amount_fen)])


def reserve(
    turn: Turn,
    budget_id: int,
    amount_fen: int,
    about: About = NOTHING,
    parts: Mapping[str | None, int] | None = None,
) -> int:
    """available → reserved: a draft award, or what a blocked case holds back.

    Args:
        parts: each funder's part, where funders share it; they sum to the amount.
    """
    return _transfer(turn, budget_id, "available", "reserved", amount_fen, about, parts)


def release(
    turn: Turn, budget_id: int, amount_fen: int, about: About = NOTHING, *, of: str = "reserved"
) -> int:
    """reserved (or committed) → available: returned, refused, withdrawn, expired."""
    return _transfer(turn, budget_id, of, "available", amount_fen, about)


def commit(turn: Turn, budget_id: int, amount_fen: int, about: About = NOTHING) -> int:
    """reserved → committed: approved."""
    return _transfer(turn, budget_id, "reserved", "committed", amount_fen, about)


def _transfer(
    turn: Turn,
    budget_id: int,
    source: str,
    target: str,
    amount_fen: int,
    about: About,
    parts: Mapping[str | None, int] | None = None,
) -> int:
    """Move an amount; of an award that funders share, each one's part of what stands in the source."""
    if amount_fen <= 0:
        raise ValueError("a transfer moves an amount above zero")
    if parts is None:
        parts = _parts(turn.session, budget_id, source, amount_fen, about)
    if sum(parts.values()) != amount_fen:
        raise ValueError("the parts of an amount sum to it")
    lines = []
    for side, sign in ((source, -1), (target, 1)):
        if side == "available":  # nobody's: what is available is one pot until an award draws on it
            lines.append(Line(side, sign * amount_fen))
        else:
            lines += [Line(side, sign * fen, funder) for funder, fen in parts.items()]
    return post(turn, budget_id, lines, about)


def _parts(
    session: Session, budget_id: int, source: str, amount_fen: int, about: About
) -> Mapping[str | None, int]:
    """The parts of an amount that leaves an account: as its funders stand there for the decision."""
    if about.decision_seq is None or source == "available":
        return {None: amount_fen}
    stands = (
        select(col(LedgerEntry.funder), func.sum(col(LedgerEntry.amount_fen)))
        .where(
            col(LedgerEntry.decision_seq) == about.decision_seq,
            col(LedgerEntry.budget_id) == budget_id,
            col(LedgerEntry.account) == source,
        )
        .group_by(col(LedgerEntry.funder))
        .order_by(col(LedgerEntry.funder))
    )
    held = {funder: int(fen) for funder, fen in session.execute(stands) if fen > 0}
    return {None: amount_fen} if not held.keys() - {None} else taken(held, amount_fen)
