"""What has been used of each cap: a counter by its name (`Policy.cap_keys`), and the entries that moved it.

A counter equals the sum of its entries at every moment, as a budget's do (`casework.money.ledger`).
"""

from collections.abc import Iterable

from sqlalchemy import insert, select, update
from sqlmodel import Session, col

from casework.core import many_rows
from casework.core.act import Turn
from casework.core.refused import Refused
from models import CapEntry, CapUse


def cap_used(session: Session, keys: Iterable[str]) -> tuple[int, ...]:
    """What has been used of each cap, in the order of `keys`."""
    wanted = list(keys)
    used: dict[str, int] = {}
    for some in many_rows.chunks(wanted):
        found = select(col(CapUse.key), col(CapUse.used_fen)).where(col(CapUse.key).in_(some))
        used.update((key, fen) for key, fen in session.execute(found))
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
