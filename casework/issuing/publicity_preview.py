"""A list of proposed awards as it would be published today: its figures and the very PDF.

The act itself is carried out and taken back (`casework.core.look_ahead`), so that what is shown is what
publishing would store.
"""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from casework.core import look_ahead
from casework.core.act import Turn
from casework.core.office import Office
from casework.issuing import letters
from models import Decision, Letter, Publicity, PublicityItem


class ProposedList(NamedTuple):
    """What publishing would do. `provisional`: holidays of the last day's year are not announced yet."""

    cases: int
    award_fen: int
    from_on: datetime.date
    until_on: datetime.date
    workdays: int
    provisional: bool
    pdf: bytes


def proposed(
    office: Office, person: str, round_id: int | None = None, cases: Sequence[str] = ()
) -> ProposedList:
    """What `publicity.publish` would do now; nothing of it is kept.

    Raises:
        Refused: what publishing itself would refuse.
    """

    def body(turn: Turn) -> ProposedList:
        look_ahead.within(turn, round_id, cases)
        return _read(turn)

    return look_ahead.tried(office, person, "publish", body)


def _read(turn: Turn) -> ProposedList:
    session, number = turn.session, turn.facts["publicity"]
    row = session.get_one(Publicity, number)
    award_fen = (
        select(func.sum(col(Decision.award_fen)))
        .join(PublicityItem, col(PublicityItem.decision_seq) == col(Decision.seq))
        .where(col(PublicityItem.publicity_id) == number)
    )
    letter = session.execute(select(col(Letter.id)).where(col(Letter.publicity_id) == number)).scalar_one()
    return ProposedList(
        turn.facts["cases"],
        int(session.execute(award_fen).scalar_one()),
        row.from_on,
        row.until_on,
        row.workdays,
        turn.facts["provisional"],
        bytes(letters.stored(session, letter)),
    )
