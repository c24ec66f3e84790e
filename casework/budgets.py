"""Budgets: the money of a programme and year, opened when first asked for, raised and cut by entries."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlmodel import Session, col

from casework import ledger
from casework.act import Turn, act
from casework.office import Office
from casework.refused import Refused
from models import Appropriation, Budget
from rules.facts import Value
from rules.policy import Policy


def find(session: Session, key: str) -> Budget | None:
    """The budget that the rules name `key`, as it stands now."""
    return session.execute(
        select(Budget).where(col(Budget.key) == key).execution_options(populate_existing=True)
    ).scalar()


def position(turn: Turn, policy: Policy, facts: Mapping[str, Value]) -> tuple[int | None, int | None]:
    """The number of the budget that a case draws on and what is left of it; None where the pack has none.

    The year's budget is opened with what the pack states, the first time that a case asks for it.

    Raises:
        Refused: `refused.no_budget`: the pack states no amount and none has been appropriated.
    """
    key = policy.budget_key(facts)
    if key is None:
        return None, None
    budget = find(turn.session, key)
    if budget is None:
        amount_fen = policy.budget_amount_fen
        if amount_fen is None:
            raise Refused("refused.no_budget", budget=key)
        budget_id = _open(turn, key)
        _give(turn, budget_id, amount_fen, policy.ref, None)
        return budget_id, amount_fen
    used = budget.reserved_fen + budget.committed_fen + budget.paid_fen + budget.lapsed_fen
    return budget.id, budget.appropriation_fen - used


@act("appropriate")
def appropriate(turn: Turn, budget: str, allotment_no: str, amount_fen: int, reason: str = "") -> None:
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
    """The figures of one budget as the window keeps them in sight, in fen."""

    key: str
    year: int
    appropriation_fen: int
    reserved_fen: int
    committed_fen: int
    paid_fen: int
    lapsed_fen: int

    @property
    def left_fen(self) -> int:
        """What is available."""
        taken = self.reserved_fen + self.committed_fen + self.paid_fen + self.lapsed_fen
        return self.appropriation_fen - taken


def all_in_sight(office: Office) -> tuple[InSight, ...]:
    """The budgets of the newest year, the largest first."""
    order = (col(Budget.year).desc(), col(Budget.appropriation_fen).desc(), col(Budget.id))
    with office.read() as session:
        rows = session.execute(select(Budget).order_by(*order)).scalars().all()
        return tuple(
            InSight(
                row.key,
                row.year,
                row.appropriation_fen,
                row.reserved_fen,
                row.committed_fen,
                row.paid_fen,
                row.lapsed_fen,
            )
            for row in rows
            if row.year == rows[0].year
        )


def in_sight(office: Office) -> InSight | None:
    """The largest budget of the newest year; None before the first."""
    return next(iter(all_in_sight(office)), None)
