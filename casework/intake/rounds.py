"""Rounds of applications (申报批次): opened with their own window, closed, found for an application."""

import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework.cases.round_windows import RoundWindow, open_windows
from casework.core.act import Turn, act
from casework.core.calendar import must_be_interval
from casework.core.refused import Refused
from casework.rulebook import shipped_packs
from casework.rulebook.in_force import Shelf, must_be_scheme
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
    """Open a round (申报批次) with a window of its own; without one the pack's default window holds.

    What no round of the scheme and year has taken in is judged by the window of the nearest
    (`casework.cases.round_windows`).
    """
    must_be_interval(opens_at, closes_at)
    must_be_scheme(turn.session, scheme)
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


def scheme_of(session: Session, scheme: str, round_id: int | None) -> str:
    """What applications are for: the scheme of their round where one is named, else the one that is said;
    where none is, the usual one, or the only one that the office has.

    Raises:
        Refused: `refused.no_such_scheme`; `refused.round_of_another_scheme`: a scheme is said, and the round
            is of another.
    """
    found = None if round_id is None else session.get(Round, round_id)
    if found is not None:
        if scheme and scheme != found.scheme:
            of, asked = map(Shelf(session).called, (found.scheme, scheme))
            raise Refused("refused.round_of_another_scheme", round=found.name, of=of, scheme=asked)
        return found.scheme
    if scheme:
        must_be_scheme(session, scheme)
        return scheme
    there, usual = Shelf(session).schemes(), shipped_packs.DEFAULT
    return there[0] if there and usual not in there else usual


class Places(NamedTuple):
    """Where applications of one scheme go: into the one round that was named, or each into the first of the
    open rounds whose window holds its moment."""

    scheme: str
    named: Round | None
    waiting: tuple[tuple[RoundWindow, Round], ...]

    def holding(self, applied_at: datetime.datetime) -> Round | None:
        """The round of an application of this moment, by Shanghai's clock (no zone)."""
        if self.named is not None:
            return self.named
        for window, each in self.waiting:
            if window.holds(applied_at):
                return each
        return None


def places(session: Session, scheme: str, round_id: int | None = None) -> Places:
    """Where applications can go; a round that is named goes before the scheme.

    Raises:
        Refused: `refused.no_such_round`, `refused.round_closed`.
    """
    if round_id is not None:
        found = session.get(Round, round_id)
        if found is None:
            raise Refused("refused.no_such_round", round=round_id)
        if found.state != "open":
            raise Refused("refused.round_closed", round=found.name)
        return Places(found.scheme, found, ())
    return Places(scheme, None, open_windows(session, scheme))
