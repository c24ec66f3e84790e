"""What was used of caps under the names of an earlier version, carried over to today's names by entries.

A cap counted per contract once went by the number as it was written: several spellings were several caps,
and two applicants with a contract ``001`` shared one; then a label (``No. 001``) still made another. Today it
goes by the applicant and the cleaned number (`rules.counter_keys`). One that counts by a text of a pack's own
once told capital letters from small ones, and full width from half; and where such a fact was blank, what
stands in for it (the applicant, for a group) once named no counter, so that strangers shared one.

Stored decisions keep the names that they were made with; only the counters move, so that what one contract
has used stands under its one name, and what a decision gives back is found there.
"""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Executable, func, insert, select, update
from sqlmodel import Session, col

from casework.core.office import stored_policy
from models import ApplicationVersion, CapEntry, CapUse, Decision
from models import Policy as PolicyRow
from rules.facts import Facts
from rules.policy import Policy
from rules.witness import decode

ACT = "upgrade"


class _Moved(NamedTuple):
    """What a decision uses of a counter whose name has changed; its entries are by whoever decided."""

    seq: int
    person_id: int
    old: str
    new: str
    fen: int


def bring_over(session: Session, at: datetime.datetime) -> int:
    """Move what decisions use of counters under older names. Returns how many uses were moved."""
    moved = list(_moved(session))
    for one in moved:
        for key, fen in ((one.new, one.fen), (one.old, -one.fen)):
            _count(session, key, fen)
            session.execute(
                insert(CapEntry).values(
                    key=key, amount_fen=fen, decision_seq=one.seq, act=ACT, at=at, person_id=one.person_id
                )
            )
    session.flush()
    return len(moved)


def _count(session: Session, key: str, fen: int) -> None:
    statement = update(CapUse).where(col(CapUse.key) == key).values(used_fen=col(CapUse.used_fen) + fen)
    changed = session.execute(statement, execution_options={"synchronize_session": False})
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        session.execute(insert(CapUse).values(key=key, used_fen=fen))


def _moved(session: Session) -> Iterator[_Moved]:
    """The uses whose counter has another name today, in the order of their decisions."""
    for (sha256,) in session.execute(select(col(PolicyRow.sha256)).order_by(col(PolicyRow.sha256))).all():
        policy = stored_policy(session, sha256)
        scopes = [scope for scope in policy.caps if scope.was_named_otherwise(policy.pack)]
        if not scopes:
            continue
        filled = any(scope.fills(policy.pack) for scope in scopes)
        for seq, person_id, applicant, contract_no, key, fen in session.execute(_used(sha256)).all():
            known = _known(session, policy, seq) if filled else {}
            names = (scope.of_old(policy.pack, key, applicant, contract_no or "", known) for scope in scopes)
            new = next((name for name in names if name != key), key)
            if fen and new != key:
                yield _Moved(seq, person_id, key, new, int(fen))


def _known(session: Session, policy: Policy, seq: int) -> Facts:
    """What a decision knew of its case, with what stood in for what was blank."""
    witness = session.execute(select(col(Decision.witness)).where(col(Decision.seq) == seq)).scalar_one()
    return dict(zip(policy.program.names, decode(policy, witness).values, strict=True))


def _used(sha256: str) -> Executable:
    """What each decision under a policy uses of each counter."""
    return (
        select(
            col(Decision.seq),
            col(Decision.decided_by_id),
            col(ApplicationVersion.applicant_code),
            col(ApplicationVersion.contract_no),
            col(CapEntry.key),
            func.sum(col(CapEntry.amount_fen)),
        )
        .join(CapEntry, col(CapEntry.decision_seq) == col(Decision.seq))
        .join(
            ApplicationVersion,
            (col(ApplicationVersion.application_id) == col(Decision.application_id))
            & (col(ApplicationVersion.version) == col(Decision.version)),
        )
        .where(col(Decision.policy_sha256) == sha256)
        .group_by(
            col(Decision.seq),
            col(Decision.decided_by_id),
            col(ApplicationVersion.applicant_code),
            col(ApplicationVersion.contract_no),
            col(CapEntry.key),
        )
        .order_by(col(Decision.seq), col(CapEntry.key))
    )
