"""Contracts that an earlier version told apart by how their number was written, told by today's rule.

What an application says stays as it was said; only which contract it is about moves, so that a contract that
was stored as ``HT-1号`` and one as ``HT-1`` are one for whatever comes later (`rules.contract_number`).
"""

from sqlalchemy import select, update
from sqlmodel import Session, col

from models import Application, Contract
from rules.contract_number import number_key


def bring_over(session: Session) -> int:
    """Give every contract its key of today. Where an applicant has one of that key already, its applications
    go to that one, and the row that is left is nobody's. Returns how many contracts were moved."""
    columns = (col(Contract.id), col(Contract.applicant_id), col(Contract.number), col(Contract.number_key))
    rows = session.execute(select(*columns).order_by(col(Contract.id))).all()
    held = {(applicant, key): number for number, applicant, _, key in rows}
    moved = 0
    for contract, applicant, number, before in rows:
        key = number_key(number)
        if key == before:
            continue
        same = held.setdefault((applicant, key), contract)
        if same == contract:
            session.execute(update(Contract).where(col(Contract.id) == contract).values(number_key=key))
            moved += 1
        else:
            named = col(Application.contract_id) == contract
            done = session.execute(update(Application).where(named).values(contract_id=same))
            moved += bool(done.rowcount)  # type: ignore[attr-defined]
    return moved
