"""What decisions still hold of budgets and caps, after their entries, and giving it back (释放)."""

from collections.abc import Collection, Iterable

from sqlalchemy import func, select
from sqlmodel import Session, col

from casework.core import many_rows
from casework.core.act import Turn
from casework.money import ledger
from casework.money.cap_counters import use_caps
from models import CapEntry, Decision, LedgerEntry

HOLDS = ("reserved", "committed", "paid")
"""The accounts in which the money of a decision stands."""


def held(session: Session, seqs: Iterable[int], accounts: Collection[str] = HOLDS) -> dict[int, int]:
    """What decisions hold in these accounts: fen by the budget's number."""
    found: dict[int, int] = {}
    for some in many_rows.chunks(seqs):
        sums = (
            select(col(LedgerEntry.budget_id), func.sum(col(LedgerEntry.amount_fen)))
            .where(col(LedgerEntry.decision_seq).in_(some), col(LedgerEntry.account).in_(accounts))
            .group_by(col(LedgerEntry.budget_id))
        )
        for budget_id, fen in session.execute(sums):
            found[budget_id] = found.get(budget_id, 0) + int(fen)
    return found


def each_held(session: Session, seqs: Iterable[int]) -> list[tuple[int, int, int]]:
    """What each of these decisions holds: its number, the budget's, and fen."""
    found: list[tuple[int, int, int]] = []
    for some in many_rows.chunks(seqs):
        sums = (
            select(
                col(LedgerEntry.decision_seq),
                col(LedgerEntry.budget_id),
                func.sum(col(LedgerEntry.amount_fen)),
            )
            .where(col(LedgerEntry.decision_seq).in_(some), col(LedgerEntry.account).in_(HOLDS))
            .group_by(col(LedgerEntry.decision_seq), col(LedgerEntry.budget_id))
        )
        found += [(seq, budget_id, int(fen)) for seq, budget_id, fen in session.execute(sums)]
    return found


def caps_held(session: Session, seqs: Iterable[int]) -> dict[str, int]:
    """What decisions use of the caps: fen by counter, counters in the order of their names."""
    found: dict[str, int] = {}
    for some in many_rows.chunks(seqs):
        sums = (
            select(col(CapEntry.key), func.sum(col(CapEntry.amount_fen)))
            .where(col(CapEntry.decision_seq).in_(some))
            .group_by(col(CapEntry.key))
            .order_by(col(CapEntry.key))
        )
        for key, fen in session.execute(sums):
            found[key] = found.get(key, 0) + int(fen)
    return found


def release(turn: Turn, decision: Decision) -> int:
    """Give back what a decision still reserves of its budget and uses of its caps. Returns the fen
    released."""
    if not decision.holds_fen:
        return 0
    reserved = sum(held(turn.session, (decision.seq,), ("reserved",)).values())
    if reserved and decision.budget_id is not None:
        ledger.release(
            turn, decision.budget_id, reserved, ledger.About(decision.application_id, decision.seq)
        )
    release_caps(turn, decision)
    return reserved


def release_caps(turn: Turn, decision: Decision) -> None:
    """Give back what a decision still uses of its caps."""
    for key, fen in caps_held(turn.session, (decision.seq,)).items():
        use_caps(turn, (key,), -fen, decision.seq)
