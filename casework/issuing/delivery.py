"""Delivery (送达): how and when a letter arrived, from which day the terms of its remedies run.

The terms: reconsideration within 60 days (《行政复议法》第二十条), a suit within six months
(《行政诉讼法》第四十六条), both from the day on which one knows of the decision. The day itself is not
counted; a term of months ends on the day of the same number, or the month's last; a term whose last day is a
day of rest ends on the first working day after it (《民事诉讼法》第八十五条, by 《行政复议法》第八十八条 and
《行政诉讼法》第一百零一条; 《民法典》第二百零一条至第二百零三条).
"""

import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework.core import calendar, holidays
from casework.core.act import Turn, act
from casework.core.office_settings import CONTESTED
from casework.core.refused import Refused
from casework.core.who_may import Who
from models import Application, Delivery, Letter
from models.settings import DELIVERY_METHODS
from papers.letters.remedies import RECONSIDERATION_DAYS, SUIT_MONTHS
from rules.months import add_months
from rules.workdays import add_workdays, is_workday


class Terms(NamedTuple):
    """The last days for reconsideration and for a suit, both included; `provisional` where the holidays of
    one of them are not announced yet."""

    reconsideration_on: datetime.date
    suit_on: datetime.date
    provisional: bool


def terms(kind: str, delivered_on: datetime.date) -> Terms | None:
    """Until when a letter of a kind can be contested that arrived on a day; None where it decides nothing."""
    if kind not in CONTESTED:
        return None
    reconsideration = _last(delivered_on + datetime.timedelta(days=RECONSIDERATION_DAYS))
    suit = _last(add_months(delivered_on, SUIT_MONTHS))
    return Terms(reconsideration, suit, any(map(calendar.provisional, (reconsideration, suit))))


def _last(on: datetime.date) -> datetime.date:
    """The day itself, or the first working day after it where it is a day of rest."""
    return on if is_workday(holidays.calendar(), on) else add_workdays(holidays.calendar(), on, 1)


def deliverable(who: Who, application: Application) -> frozenset[int]:
    """The letters of a case that are not void; also the bar of `record_delivery`.

    Raises:
        Refused: `refused.no_letter_to_deliver`.
    """
    valid = select(col(Letter.id)).where(
        col(Letter.application_id) == application.id, col(Letter.voided_at).is_(None)
    )
    found = frozenset(who.session.execute(valid).scalars())
    if not found:
        raise Refused("refused.no_letter_to_deliver", case=application.case_no)
    return found


@act("record_delivery", bar=deliverable)
def record_delivery(
    turn: Turn, letter: int, method: str, delivered_on: datetime.date, receipt: str = ""
) -> None:
    """Record how and when a letter arrived (送达). Recorded again, the last counts and the others stay.

    Args:
        method: one of `DELIVERY_METHODS`.
        delivered_on: the day it arrived; by public notice, the day on which it counts as arrived.
        receipt: the number of the return slip (送达回证), or what else proves it.
    """
    row = turn.session.get(Letter, letter)
    if row is None or row.application_id is None:
        raise Refused("refused.no_such_letter", letter=letter)
    if row.voided_at is not None:
        raise Refused("refused.letter_void", number=row.numbered)
    turn.take(turn.session.get_one(Application, row.application_id))
    if method not in DELIVERY_METHODS:
        raise Refused("refused.no_such_method", method=method, known=DELIVERY_METHODS)
    issued_on = calendar.day_of(row.issued_at)
    if not issued_on <= delivered_on <= turn.today:
        raise Refused("refused.delivered_when", from_on=issued_on, until_on=turn.today)
    found = Delivery(
        letter_id=letter, method=method, delivered_on=delivered_on, receipt=receipt.strip() or None,
        at=turn.at, person_id=turn.person.id,
    )  # fmt: skip
    turn.session.add(found)
    turn.session.flush()
    turn.changed("delivery", found.id)
    turn.changed("letter", letter)
    turn.note(number=row.numbered, delivered_on=delivered_on, method=method)
    until = terms(row.kind, delivered_on)
    if until is not None:
        turn.tell(**until._asdict())


def deliveries(session: Session, application_id: int) -> dict[int, Delivery]:
    """The delivery that counts of each letter of a case: the last that was recorded."""
    rows = (
        select(Delivery)
        .join(Letter, col(Letter.id) == col(Delivery.letter_id))
        .where(col(Letter.application_id) == application_id)
        .order_by(col(Delivery.id))
    )
    return {row.letter_id: row for row in session.execute(rows).scalars()}
