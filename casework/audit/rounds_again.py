"""Whether rounds that were decided together come out again as a whole: ranks, shares and residuals.

Each decision follows again from its own witness (`casework.audit.replay`); that the witnesses of a round
fit each other, that a share is the one its request has among all, is seen only by deciding the round again.
"""

import json
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from casework.core.office import stored_policy
from models import LogEntry
from rules.faults import PackFaults
from rules.round import TODAY, AsOnce, decide_round
from rules.witness import Witness, decode

_SQL = (
    "SELECT policy_sha256, witness, cap_keys, holds_fen FROM decision "
    "WHERE seq BETWEEN {first} AND {last} ORDER BY seq"
)

_DAYS = (
    TODAY,
    AsOnce(every_counter=True, taken_back_after=True),
    AsOnce(cut_refused=True, every_counter=True, taken_back_after=True),
    AsOnce(*(True,) * 4),
)
"""What held on which day, the latest first."""


def rounds_again(session: Session) -> tuple[int, tuple[str, ...]]:
    """How many rounds were decided together, and which do not come out again, by their decisions' numbers."""
    count, faults = 0, []
    entries = select(col(LogEntry.payload)).where(
        col(LogEntry.act) == "decide", col(LogEntry.payload).contains('"together":[')
    )
    for (payload,) in session.execute(entries.order_by(col(LogEntry.seq))).all():
        for one in json.loads(payload)["together"]:
            count += 1
            if not _comes_out_again(session, one):
                faults.append(f"{one['first']}-{one['last']}")
    return count, tuple(faults)


def _comes_out_again(session: Session, one: dict[str, Any]) -> bool:
    sql = _SQL.format(first=int(one["first"]), last=int(one["last"]))
    rows = session.connection().exec_driver_sql(sql).all()
    if len(rows) != one["cases"] or len({row.policy_sha256 for row in rows}) != 1:
        return False
    try:
        policy = stored_policy(session, rows[0].policy_sha256)
        witnesses = [decode(policy, row.witness) for row in rows]
    except (LookupError, ValueError, PackFaults):
        return False
    used: dict[str, int] = {}
    keys = [tuple(row.cap_keys.split("\n")) if row.cap_keys else () for row in rows]
    for some, witness in zip(keys, witnesses, strict=True):
        for key, fen in zip(some, witness.used, strict=False):
            used.setdefault(key, fen)
    facts = [dict(zip(policy.program.names, witness.values, strict=True)) for witness in witnesses]
    for as_once in _DAYS:
        again = decide_round(policy, facts, used, one["left_fen"], keys=keys, as_once=as_once)
        if all(
            _same(decision.witness, witness) and decision.holds_fen == row.holds_fen
            for decision, witness, row in zip(again, witnesses, rows, strict=True)
        ):
            return True
    return False


def _same(one: Witness, other: Witness) -> bool:
    return one[1:] == other[1:]
