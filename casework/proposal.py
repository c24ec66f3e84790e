"""A list of proposed awards as it would be published today: its figures and the very PDF.

The act itself is carried out and taken back, so that what is shown is what publishing would store, and what
stands in its way is said by the act.
"""

import contextlib
import datetime
import inspect
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from casework import letters, publicity
from casework.act import Turn, carry_out
from casework.office import Office
from models import Decision, Letter, Publicity, PublicityItem


class Proposal(NamedTuple):
    """What publishing would do. `provisional`: holidays of the last day's year are not announced yet."""

    cases: int
    award_fen: int
    from_on: datetime.date
    until_on: datetime.date
    workdays: int
    provisional: bool
    pdf: bytes


class _Back(Exception):
    """Takes back what was tried."""


def proposed(office: Office, person: str, round_id: int | None = None, cases: Sequence[str] = ()) -> Proposal:
    """What `publicity.publish` would do now; nothing of it is kept.

    Raises:
        Refused: what publishing itself would refuse.
    """
    found: list[Proposal] = []

    def body(turn: Turn) -> None:
        inspect.unwrap(publicity.publish)(turn, round_id, cases)
        turn.session.flush()
        found.append(_read(turn))
        raise _Back

    with contextlib.suppress(_Back):
        carry_out(office, person, "publish", body)
    return found[0]


def _read(turn: Turn) -> Proposal:
    session, number = turn.session, turn.facts["publicity"]
    row = session.get_one(Publicity, number)
    award_fen = (
        select(func.sum(col(Decision.award_fen)))
        .join(PublicityItem, col(PublicityItem.decision_seq) == col(Decision.seq))
        .where(col(PublicityItem.publicity_id) == number)
    )
    letter = session.execute(select(col(Letter.id)).where(col(Letter.publicity_id) == number)).scalar_one()
    return Proposal(
        turn.facts["cases"],
        int(session.execute(award_fen).scalar_one()),
        row.from_on,
        row.until_on,
        row.workdays,
        turn.facts["provisional"],
        bytes(letters.stored(session, letter)),
    )
