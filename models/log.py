"""The log: a chain of everything that was done, and the office's own row."""

import datetime

from models.columns import indexed, moment, number, raw, sha256, yes_no
from models.table import Table, check


class OfficeRow(Table, table=True):
    """The office itself: one row. `secret` keys the hashes that stand in the log for personal numbers.

    A demonstration's office has a `seed`, from which even its secret codes come, and says so on every paper.
    """

    __tablename__ = "office"
    __table_args__ = (check("one", "id = 1"),)
    id: int = number(primary_key=True)
    uid: str
    name: str
    schema_no: int = number()
    demonstration: bool = yes_no(False)
    seed: str | None = None
    secret: bytes = raw()
    created_at: datetime.datetime = moment()


class LogEntry(Table, table=True):
    """One act in the chain. `hash` is over `prev_hash` and everything else in the row; `payload` is the very
    text that was hashed, canonical JSON."""

    __table_args__ = (check("counts", "seq >= 1"),)
    seq: int = number(primary_key=True)
    prev_hash: str = sha256()
    hash: str = sha256(unique=True)
    at: datetime.datetime = moment()
    person: str
    act: str
    subject: str = indexed()
    payload: str


class LogHead(Table, table=True):
    """The end of the chain: the one row that every writer locks first."""

    __table_args__ = (check("one", "id = 1"),)
    id: int = number(primary_key=True)
    algorithm: str
    seq: int = number()
    hash: str = sha256()
