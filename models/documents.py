"""Papers in and letters out: contents kept once by their hash, letters under numbers without gaps."""

import datetime

from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint

from models.columns import key, moment, number, part_of_key, raw, ref, sha256
from models.table import Table, check


class Content(Table, table=True):
    """The bytes of a file, once, by their hash."""

    __table_args__ = (check("size", "size = length(body)"),)
    sha256: str = sha256(primary_key=True)
    media: str
    size: int = number()
    body: bytes = raw()


class Paper(Table, table=True):
    """A paper that came with an application."""

    id: int = key()
    application_id: int = ref("application.id")
    kind: str
    name: str
    content_sha256: str = sha256(target="content.sha256", index=True)
    received_at: datetime.datetime = moment()
    person_id: int = ref("person.id", index=False)


class NumberSeries(Table, table=True):
    """The last number given in a series and year (0 where a series never starts anew)."""

    __table_args__ = (PrimaryKeyConstraint("series", "year"), check("counts", "last >= 0"))
    series: str = part_of_key()
    year: int = number()
    last: int = number(0)


class Letter(Table, table=True):
    """A letter that went out: its number, its very bytes by hash, and whether it was voided.

    `numbered` is the number as printed; issued again the letter is the same content.
    """

    __table_args__ = (
        UniqueConstraint("series", "year", "number"),
        UniqueConstraint("code"),
        check("voided", "(voided_at IS NULL) = (void_reason IS NULL)"),
    )
    id: int = key()
    kind: str
    series: str
    year: int = number()
    number: int = number()
    numbered: str
    code: str
    content_sha256: str = sha256(target="content.sha256", index=True)
    application_id: int | None = ref("application.id", None)
    decision_seq: int | None = ref("decision.seq", None)
    publicity_id: int | None = ref("publicity.id", None)
    issued_at: datetime.datetime = moment()
    issued_by_id: int = ref("person.id", index=False)
    voided_at: datetime.datetime | None = moment(None)
    voided_by_id: int | None = ref("person.id", None, index=False)
    void_reason: str | None = None
