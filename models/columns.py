"""The kinds of column the office's tables are made of, each right on SQLite and on PostgreSQL.

Moments and days are text in one fixed form: the same characters on both engines, sorted by time, read by
a person without a tool, and hashed into the log as they stand.
"""

import datetime
from typing import Any

from sqlalchemy import BigInteger, Dialect, LargeBinary, SmallInteger, String
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

from models.money import MOST_FEN, Fen

MOMENT_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"


def moment_text(moment: datetime.datetime) -> str:
    """An aware moment as stored: UTC, microseconds, 27 characters (`2026-05-06T01:56:00.000000Z`)."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    utc = moment.astimezone(datetime.UTC)
    return f"{utc.year:04d}{utc.strftime(MOMENT_FORM)[-23:]}"


class StoredValue(ValueError):
    """A cell holds what the program never stores: an impossible day, a text that is no moment."""


def moment_of(text: str) -> datetime.datetime:
    """The aware UTC moment that `moment_text` wrote.

    Raises:
        StoredValue: it wrote no such text.
    """
    try:
        return datetime.datetime.fromisoformat(text)
    except (ValueError, TypeError) as fault:
        raise StoredValue(f"no moment: {text!r:.60}") from fault


def day_of(text: str) -> datetime.date:
    """The day that an ISO text says.

    Raises:
        StoredValue: it says none.
    """
    try:
        return datetime.date.fromisoformat(text)
    except (ValueError, TypeError) as fault:
        raise StoredValue(f"no day: {text!r:.60}") from fault


class Moment(TypeDecorator[datetime.datetime]):
    """A moment: aware in Python, UTC text of fixed length in store. A naive value is refused."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """As it is stored. Raises TypeError for another type, ValueError for a naive moment."""
        if value is None:
            return None
        if not isinstance(value, datetime.datetime):
            raise TypeError(f"a moment is a datetime, not {type(value).__name__}")
        return moment_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime.datetime | None:
        """The aware moment that is stored."""
        return None if value is None else moment_of(value)

    def check(self, column: str) -> str:
        """The condition that the engine holds the column to."""
        return f"length({column}) = 27 AND {column} LIKE '____-__-__T__:__:__.______Z'"


class Day(TypeDecorator[datetime.date]):
    """A calendar day of Asia/Shanghai, as ISO text."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """As it is stored. Raises TypeError for another type, a moment too."""
        if value is None:
            return None
        if type(value) is not datetime.date:
            raise TypeError(f"a day is a date, not {type(value).__name__}")
        return value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime.date | None:
        """The day that is stored."""
        return None if value is None else day_of(value)

    def check(self, column: str) -> str:
        """The condition that the engine holds the column to."""
        return f"length({column}) = 10 AND {column} LIKE '____-__-__'"


class YesNo(TypeDecorator[bool]):
    """A yes or no, 1 or 0 in store; where an answer can be lacking, NULL is *cannot tell*."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        """As it is stored. Raises TypeError for another type, a 1 too."""
        if value is None:
            return None
        if type(value) is not bool:
            raise TypeError(f"a yes or no is a bool, not {type(value).__name__}")
        return int(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:
        """The answer that is stored."""
        return None if value is None else bool(value)

    def check(self, column: str) -> str:
        """The condition that the engine holds the column to."""
        return f"{column} IN (0, 1)"


class Sha256(TypeDecorator[str]):
    """A SHA-256 in 64 lower-case hexadecimal characters."""

    impl = String
    cache_ok = True

    def check(self, column: str) -> str:
        """The condition that the engine holds the column to."""
        return f"length({column}) = 64"


def key() -> Any:
    """The table's own number, given by the engine."""
    return Field(default=None, primary_key=True, sa_type=BigInteger)


def number(default: Any = ..., *, primary_key: bool = False, unique: bool = False) -> Any:
    """A whole number that is not money: a sequence, a year, a count."""
    extra: dict[str, Any] = {"sa_column_kwargs": {"autoincrement": False}} if primary_key else {}
    return Field(default=default, sa_type=BigInteger, primary_key=primary_key, unique=unique, **extra)


def ref(target: str, default: Any = ..., *, index: bool = True, unique: bool = False) -> Any:
    """The number of a row of another table (`"applicant.id"`)."""
    return Field(default=default, foreign_key=target, sa_type=BigInteger, index=index, unique=unique)


def money(default: Any = ..., *, signed: bool = False) -> Any:
    """Fen, never below zero unless `signed`."""
    return Field(default=default, sa_type=Fen(least=-MOST_FEN if signed else 0))


def moment(default: Any = ..., *, index: bool = False) -> Any:
    """An aware moment (`…_at`)."""
    return Field(default=default, sa_type=Moment, index=index)


def day(default: Any = ..., *, index: bool = False) -> Any:
    """A calendar day (`…_on`)."""
    return Field(default=default, sa_type=Day, index=index)


def yes_no(default: Any = ...) -> Any:
    """True or False; with default None also *cannot tell*."""
    return Field(default=default, sa_type=YesNo)


def sha256(
    default: Any = ...,
    *,
    primary_key: bool = False,
    unique: bool = False,
    index: bool = False,
    target: str | None = None,
) -> Any:
    """A hash in hexadecimal; with `target` the hash of a stored content."""
    extra: dict[str, Any] = {"primary_key": primary_key, "unique": unique, "index": index}
    if target is not None:
        extra["foreign_key"] = target
    return Field(default=default, sa_type=Sha256, **extra)


def raw() -> Any:
    """Bytes as they are."""
    return Field(sa_type=LargeBinary)


def key_text() -> Any:
    """A name that is the table's own key."""
    return Field(primary_key=True)


def indexed(default: Any = ...) -> Any:
    """Text that is looked up."""
    return Field(default=default, index=True)


def part_of_key() -> Any:
    """A column of a key of several; the table names the key itself."""
    return Field(nullable=False)


def ref_text(target: str) -> Any:
    """The name of a row of a table whose key is text."""
    return Field(foreign_key=target)
