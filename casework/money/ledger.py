"""The ledger: balanced transactions, and the counters that guard the money.

A budget's counters move by one conditional update each, in the transaction that writes the entries: whoever
comes at the same moment, the money that is there is the money that goes. The counters equal the sums of the
entries at every moment (`casework.money.books_check`).
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select, update
from sqlmodel import Session, col

from casework.core.act import Turn
from casework.core.refused import Refused
from models import Budget, LedgerEntry
from models.state_names import COUNTED


class Line(NamedTuple):
    """One side of a transaction."""

    account: str
    amount_fen: int


class About(NamedTuple):
    """What a transaction is for."""

    application_id: int | None = None
    decision_seq: int | None = None
    voucher_id: int | None = None


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
            }
            for line in posted
        ],
    )
    turn.changed("budget", budget_id)
    return journal


def _move(session: Session, budget_id: int, lines: list[Line]) -> None:
    """One conditional update of the budget's row: all counters move, or none and the act is refused."""
    moved = dict.fromkeys((*COUNTED, "appropriation"), 0)
    for line in lines:
        if line.account in COUNTED:
            moved[line.account] += line.amount_fen
        elif line.account == "appropriation":
            moved["appropriation"] -= line.amount_fen
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


def reserve(turn: Turn, budget_id: int, amount_fen: int, about: About = NOTHING) -> int:
    """available → reserved: a draft award, or what a blocked case holds back."""
    return _transfer(turn, budget_id, "available", "reserved", amount_fen, about)


def release(
    turn: Turn, budget_id: int, amount_fen: int, about: About = NOTHING, *, of: str = "reserved"
) -> int:
    """reserved (or committed) → available: returned, refused, withdrawn, expired."""
    return _transfer(turn, budget_id, of, "available", amount_fen, about)


def commit(turn: Turn, budget_id: int, amount_fen: int, about: About = NOTHING) -> int:
    """reserved → committed: approved."""
    return _transfer(turn, budget_id, "reserved", "committed", amount_fen, about)


def _transfer(turn: Turn, budget_id: int, source: str, target: str, amount_fen: int, about: About) -> int:
    if amount_fen <= 0:
        raise ValueError("a transfer moves an amount above zero")
    return post(turn, budget_id, [Line(source, -amount_fen), Line(target, amount_fen)], about)
