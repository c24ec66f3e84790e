"""The ledger: balanced transactions, and the counters that guard the money.

A budget's counters move by one conditional update each, in the transaction that writes the entries: whoever
comes at the same moment, the money that is there is the money that goes. The counters equal the sums of the
entries at every moment, and so do the counters of the caps.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select, update
from sqlmodel import Session, col

from casework.act import Turn
from casework.refused import Refused
from models import Budget, CapEntry, CapUse, LedgerEntry
from models.states import COUNTED


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


def balance(session: Session, budget_id: int) -> Balance:
    """What a budget's counters say now."""
    return _balance(session.get_one(Budget, budget_id, populate_existing=True))


def _balance(row: Budget) -> Balance:
    used = row.reserved_fen + row.committed_fen + row.paid_fen + row.lapsed_fen
    return Balance(
        row.appropriation_fen,
        row.appropriation_fen - used,
        row.reserved_fen,
        row.committed_fen,
        row.paid_fen,
        row.lapsed_fen,
    )


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


def cap_used(session: Session, keys: Iterable[str]) -> tuple[int, ...]:
    """What has been used of each cap, in the order of `keys`."""
    wanted = list(keys)
    found = session.execute(
        select(col(CapUse.key), col(CapUse.used_fen)).where(col(CapUse.key).in_(wanted))
    ).all()
    used: dict[str, int] = {key: fen for key, fen in found}  # noqa: C416
    return tuple(used.get(key, 0) for key in wanted)


def use_caps(turn: Turn, keys: Iterable[str], amount_fen: int, decision_seq: int | None = None) -> None:
    """Add to what has been used of each cap (take from it, where the amount is below zero).

    The rules decide how much of a cap a case may use, in the same transaction; here only the counter and its
    entries are kept equal.

    Raises:
        Refused: `refused.cap`: more would be given back than was used.
    """
    for key in dict.fromkeys(keys):
        if not amount_fen:
            continue
        statement = (
            update(CapUse)
            .where(col(CapUse.key) == key, col(CapUse.used_fen) + amount_fen >= 0)
            .values(used_fen=col(CapUse.used_fen) + amount_fen)
        )
        changed = turn.session.execute(statement, execution_options={"synchronize_session": False})
        if changed.rowcount != 1:  # type: ignore[attr-defined]
            if amount_fen < 0:
                raise Refused("refused.cap", cap=key)
            turn.session.execute(insert(CapUse).values(key=key, used_fen=amount_fen))
        turn.session.execute(
            insert(CapEntry).values(
                key=key,
                amount_fen=amount_fen,
                decision_seq=decision_seq,
                act=turn.act,
                at=turn.at,
                person_id=turn.person.id,
            )
        )


class Check(NamedTuple):
    """What checking the books found: how many entries, and each thing that does not agree (code, where)."""

    entries: int
    faults: tuple[tuple[str, str], ...]


def check(session: Session) -> Check:
    """Do the books agree? Every transaction sums to zero, and every counter equals its entries.

    Codes: `journal` (a transaction that does not balance), `counter` (a budget's account), `identity`
    (available and the counters don't make the appropriation), `cap`.
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
    entries = session.execute(select(func.count()).select_from(LedgerEntry)).scalar_one()
    return Check(entries, tuple(faults))


def _unbalanced(session: Session) -> list[int]:
    journal = col(LedgerEntry.journal)
    statement = select(journal).group_by(journal).having(func.sum(col(LedgerEntry.amount_fen)) != 0)
    return list(session.execute(statement).scalars())


def _budget_faults(budget: Budget, sums: dict[tuple[int, str], int]) -> list[tuple[str, str]]:
    stands = _balance(budget)
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
