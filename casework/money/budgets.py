"""Budgets: the money of a programme and year, opened when first asked for, raised and cut by entries."""

from typing import NamedTuple

from sqlalchemy import insert, select
from sqlmodel import Session, col

from casework.core.act import Turn, act
from casework.core.office import Office
from casework.core.refused import Refused
from casework.money import ledger
from models import Appropriation, Budget
from rules.money import SignedFen


def find(session: Session, key: str) -> Budget | None:
    """The budget that the rules name `key`, as it stands now."""
    return session.execute(
        select(Budget).where(col(Budget.key) == key).execution_options(populate_existing=True)
    ).scalar()


def left(session: Session, key: str, stated_fen: int | None = None) -> int:
    """What is left of a budget, in fen; of one that no case has opened yet, what its pack states.

    Raises:
        Refused: `refused.no_budget`: the pack states no amount and none has been appropriated.
    """
    found = find(session, key)
    return _stated(key, stated_fen) if found is None else ledger.balance_of(found).available_fen


def opened(turn: Turn, key: str, stated_fen: int | None, ref: str) -> tuple[int, int]:
    """The number of a budget, and what is left of it. The year's budget is opened with what the pack (`ref`)
    states, the first time that a case asks for it.

    Raises:
        Refused: as `left`.
    """
    found = find(turn.session, key)
    if found is not None:
        return found.id, ledger.balance_of(found).available_fen
    amount_fen = _stated(key, stated_fen)
    budget_id = _open(turn, key)
    _give(turn, budget_id, amount_fen, ref, None)
    return budget_id, amount_fen


def _stated(key: str, stated_fen: int | None) -> int:
    if stated_fen is None:
        raise Refused("refused.no_budget", budget=key)
    return stated_fen


@act("appropriate")
def appropriate(turn: Turn, budget: str, allotment_no: str, amount_fen: SignedFen, reason: str = "") -> None:
    """Give a budget (`shenzhen-training-voucher/2026`) money under an allotment number (指标文号), or cut it
    (below zero) by what is still available."""
    if not allotment_no.strip():
        raise Refused("refused.allotment_missing")
    if not amount_fen:
        raise Refused("refused.amount_zero")
    found = find(turn.session, budget)
    budget_id = _open(turn, budget) if found is None else found.id
    _give(turn, budget_id, amount_fen, allotment_no, reason or None)
    turn.subject = f"budget {budget}"
    turn.note(allotment_no=allotment_no, amount_fen=amount_fen)


def _open(turn: Turn, key: str) -> int:
    programme, _, year = key.rpartition("/")
    values = {"key": key, "programme": programme or key, "year": int(year[:4]) if year[:4].isdecimal() else 0}
    inserted = turn.session.execute(insert(Budget).values(**values).returning(col(Budget.id)))
    return int(inserted.scalar_one())


def _give(turn: Turn, budget_id: int, amount_fen: int, allotment_no: str, reason: str | None) -> None:
    journal = ledger.appropriate(turn, budget_id, amount_fen)
    turn.session.execute(
        insert(Appropriation).values(
            budget_id=budget_id,
            allotment_no=allotment_no,
            amount_fen=amount_fen,
            journal=journal,
            reason=reason,
            at=turn.at,
            person_id=turn.person.id,
        )
    )


class InSight(NamedTuple):
    """The figures of one budget as the window keeps them in sight, in fen: after key and year a
    `ledger.Balance`."""

    key: str
    year: int
    appropriation_fen: int
    left_fen: int
    reserved_fen: int
    committed_fen: int
    paid_fen: int
    lapsed_fen: int


def all_in_sight(office: Office) -> tuple[InSight, ...]:
    """The budgets of the newest year, the largest first."""
    order = (col(Budget.year).desc(), col(Budget.appropriation_fen).desc(), col(Budget.id))
    with office.read() as session:
        rows = session.execute(select(Budget).order_by(*order)).scalars().all()
        return tuple(
            InSight(row.key, row.year, *ledger.balance_of(row)) for row in rows if row.year == rows[0].year
        )


def in_sight(office: Office) -> InSight | None:
    """The largest budget of the newest year; None before the first."""
    return next(iter(all_in_sight(office)), None)
