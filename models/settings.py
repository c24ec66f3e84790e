"""What the office says of itself on its papers, what some letters answer, and how letters arrived."""

import datetime

from sqlalchemy import UniqueConstraint

from models.columns import day, indexed, key, moment, ref
from models.table import Table, check, one_of

DELIVERY_METHODS = ("direct", "left", "post", "electronic", "entrusted", "public_notice")
"""Ways of delivery (送达方式): 直接, 留置, 邮寄, 电子, 委托, 公告 (《民事诉讼法》第七章第二节)."""


class OfficeSetting(Table, table=True):
    """A setting of the office, written once: the last row of a key is the one in force, the others are its
    history. An empty value takes the setting back."""

    id: int = key()
    key: str = indexed()
    value: str
    reason: str
    at: datetime.datetime = moment()
    person_id: int = ref("person.id", index=False)


class Delivery(Table, table=True):
    """How and when a letter reached its addressee (送达), written once: of several of one letter the last
    counts, the others were mistakes and stay on record. `receipt` is the number of the return slip (送达回证)
    or whatever else proves it.
    """

    __table_args__ = (one_of("method", DELIVERY_METHODS),)
    id: int = key()
    letter_id: int = ref("letter.id")
    method: str
    delivered_on: datetime.date = day()
    receipt: str | None = None
    at: datetime.datetime = moment()
    person_id: int = ref("person.id", index=False)


class LetterSubject(Table, table=True):
    """What a letter is about where that is no decision: the objection it answers, or the letter that it says
    is void. Written once, with the letter."""

    __table_args__ = (
        UniqueConstraint("letter_id"),
        check("one", "(objection_id IS NULL) <> (void_letter_id IS NULL)"),
    )
    id: int = key()
    letter_id: int = ref("letter.id", index=False)
    objection_id: int | None = ref("objection.id", None)
    void_letter_id: int | None = ref("letter.id", None)
