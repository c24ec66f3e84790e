"""Rounds of applications (申报批次): opened with their own window, closed, found for an application."""

import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from casework.core.act import Turn, act
from casework.core.calendar import must_be_interval
from casework.core.refused import Refused
from casework.rulebook import shipped_packs
from models import Round


@act("open_round")
def open_round(
    turn: Turn,
    name: str,
    year: int,
    opens_at: datetime.datetime | None = None,
    closes_at: datetime.datetime | None = None,
    scheme: str = shipped_packs.DEFAULT,
) -> None:
    """Open a round (申报批次) with a window of its own; without one the pack's default window holds."""
    must_be_interval(opens_at, closes_at)
    same = select(col(Round.id)).where(
        col(Round.scheme) == scheme, col(Round.year) == year, col(Round.name) == name
    )
    if turn.session.execute(same).first() is not None:
        raise Refused("refused.round_exists", round=name)
    row = Round(scheme=scheme, year=year, name=name, opens_at=opens_at, closes_at=closes_at)
    turn.session.add(row)
    turn.session.flush()
    turn.subject = f"round {row.id}"
    turn.changed("round", row.id)
    turn.note(name=name, year=year, scheme=scheme, opens_at=opens_at, closes_at=closes_at)
    turn.tell(round=row.id)


@act("close_round")
def close_round(turn: Turn, round_id: int) -> None:
    """Close a round: it takes no more applications."""
    row = turn.session.get(Round, round_id)
    if row is None:
        raise Refused("refused.no_such_round", round=round_id)
    row.state = "closed"
    turn.subject = f"round {round_id}"
    turn.changed("round", round_id)


def find(session: Session, scheme: str, round_id: int | None, applied_at: datetime.datetime) -> Round | None:
    """The round of that number, else the open round of the scheme whose window holds the moment."""
    if round_id is not None:
        found = session.get(Round, round_id)
        if found is None:
            raise Refused("refused.no_such_round", round=round_id)
        if found.state != "open":
            raise Refused("refused.round_closed", round=found.name)
        return found
    waiting = (
        select(Round).where(col(Round.scheme) == scheme, col(Round.state) == "open").order_by(col(Round.id))
    )
    open_rounds: list[Round] = list(session.execute(waiting).scalars())
    for each in open_rounds:
        opens, closes = each.opens_at, each.closes_at
        if (opens is None or opens <= applied_at) and (closes is None or applied_at < closes):
            return each
    return None
