"""The lists of proposed awards as they would be published today: their figures and the very PDF.

The act itself is carried out and taken back (`casework.core.look_ahead`), so that what is shown is what
publishing would store.
"""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from casework.core import look_ahead, office_fonts
from casework.core.act import Turn
from casework.core.office import Office
from casework.core.refused import Refused
from casework.core.stored_files import stored_body
from casework.issuing import numbered_paper
from models import Decision, Letter, Publicity, PublicityItem
from papers.draft_file import private_folder
from papers.drawing.merging import merge


class Proposed(NamedTuple):
    """What publishing would do: the lists, their cases and sum, and as long as the longest of them runs.

    `provisional`: holidays of the last day's year are not announced yet. `pdf` are the lists, one behind the
    other. `kept_back` are the cases that something keeps from being listed.
    """

    lists: int
    cases: int
    award_fen: int
    from_on: datetime.date
    until_on: datetime.date
    workdays: int
    provisional: bool
    pdf: bytes
    kept_back: tuple[str, ...] = ()


def proposed(office: Office, person: str, round_id: int | None = None, cases: Sequence[str] = ()) -> Proposed:
    """What `publicity.publish` would do now; nothing of it is kept.

    Raises:
        Refused: what publishing itself would refuse.
    """

    def body(turn: Turn) -> tuple[Proposed, list[look_ahead.Paper]]:
        look_ahead.within(turn, round_id, cases)
        return _read(turn), list(turn.later or ())

    with office.apart() as there:  # a round has hundreds of cases
        found, papers = look_ahead.tried(there, person, "publish", body)
        bodies = [office_fonts.draw_ahead(office, paper) for paper in papers]
        if not all(map(_lasts, bodies)):
            found, bodies = _drawn_at_once(there, person, round_id, cases)
    return found._replace(pdf=bodies[0] if len(bodies) == 1 else _behind_each_other(bodies))


def _lasts(body: bytes) -> bool:
    try:
        numbered_paper.must_last(body)
    except Refused:
        return False
    return True


def _drawn_at_once(
    there: Office, person: str, round_id: int | None, cases: Sequence[str]
) -> tuple[Proposed, list[bytes]]:
    """The same where a list can't be kept as it is: the act draws it and looks which names it leaves out."""

    def body(turn: Turn) -> tuple[Proposed, list[bytes]]:
        turn.later = None
        look_ahead.within(turn, round_id, cases)
        numbers = [each["publicity"] for each in turn.facts["lists"]]
        letters = select(col(Letter.content_sha256)).where(col(Letter.publicity_id).in_(numbers))
        kept = turn.session.execute(letters.order_by(col(Letter.id))).scalars().all()
        return _read(turn), [stored_body(turn.session, each) for each in kept]

    return look_ahead.tried(there, person, "publish", body)


def _read(turn: Turn) -> Proposed:
    session, told = turn.session, turn.facts
    numbers = [each["publicity"] for each in told["lists"]]
    rows = session.execute(select(Publicity).where(col(Publicity.id).in_(numbers))).scalars().all()
    award_fen = (
        select(func.sum(col(Decision.award_fen)))
        .join(PublicityItem, col(PublicityItem.decision_seq) == col(Decision.seq))
        .where(col(PublicityItem.publicity_id).in_(numbers))
    )
    return Proposed(
        len(rows),
        told["cases"],
        int(session.execute(award_fen).scalar_one()),
        rows[0].from_on,
        told["until_on"],
        max(row.workdays for row in rows),
        told["provisional"],
        b"",
        tuple(told.get("kept_back", ())),
    )


def _behind_each_other(bodies: Sequence[bytes]) -> bytes:
    with private_folder() as folder:
        path = folder / "lists.pdf"
        merge(bodies, path)
        return path.read_bytes()
