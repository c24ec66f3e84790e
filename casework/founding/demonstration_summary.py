"""What a demonstration answers: its figures, for whoever made it."""

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from casework.award.standing_decision import stands
from casework.core import files_out
from casework.core.office import Office
from casework.money import ledger
from models import Application, Budget, Decision, Letter, Refusal, Voucher
from rules.money import yuan


def summarise(office: Office) -> dict[str, Any]:
    """Applications by state, decisions, letters and the year's money in yuan, in all and by budget."""
    with office.read() as session:
        states = _counted(session, Application.state)
        decided = _counted(session, Decision.status, stands(), ~_refused_outside())
        kinds = _counted(session, Letter.kind, col(Letter.voided_at).is_(None))
        count = session.execute(select(func.count()).select_from(Voucher)).scalar_one()
        decisions = session.execute(select(func.count()).select_from(Decision)).scalar_one()
        budgets = session.execute(select(col(Budget.id), col(Budget.key)).order_by(col(Budget.key))).all()
        money = {key: ledger.balance(session, number) for number, key in budgets}
    return {
        "applications": sum(states.values()),
        "states": states,
        "decisions": decisions,
        "awards": decided.get("awarded", 0),
        "blocked": decided.get("blocked", 0),
        "refused": states.get("refused", 0),
        **_told(*money.values()),
        "budgets": {key: _told(balance) for key, balance in money.items()},
        "letters": sum(kinds.get(kind, 0) for kind in files_out.LETTERS),
        "vouchers": count,
    }


def _told(*balances: ledger.Balance) -> dict[str, str]:
    """The money of some budgets in yuan."""
    return {
        "reserved": yuan(sum(each.reserved_fen for each in balances)),
        "committed": yuan(sum(each.committed_fen for each in balances)),
        "paid": yuan(sum(each.paid_fen for each in balances)),
        "left": yuan(sum(each.available_fen for each in balances)),
    }


def _refused_outside() -> ColumnElement[bool]:
    """The case of a decision was refused since, for a fact outside the rules."""
    gone = select(col(Refusal.id)).where(
        col(Refusal.decision_seq) == col(Decision.seq), col(Refusal.state) == "confirmed"
    )
    return gone.exists()


def _counted(session: Session, column: str, *which: ColumnElement[bool]) -> dict[str, int]:
    """How many rows have which value in a column, in the order of the values."""
    value = col(column)
    rows = session.execute(select(value, func.count()).where(*which).group_by(value).order_by(value))
    return {name: count for name, count in rows}  # noqa: C416  a row is no pair to mypy
