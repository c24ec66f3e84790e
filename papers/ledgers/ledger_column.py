"""A column of a ledger, and what stands around its rows: what is known before a workbook is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Generic, Literal, NamedTuple, TypeVar

import words

R = TypeVar("R")
Value = str | int | date | datetime | None
Kind = Literal["text", "money", "date", "moment", "rate", "number"]
A3, A4 = 8, 9


class Column(NamedTuple, Generic[R]):
    """One column of a ledger: its heading, and where its values come from in a row.

    `kind` says how values are shown: ``text``, ``money`` (fen), ``date``, ``moment`` (naive, Shanghai's
    clock), ``rate`` (millionths), ``number``. A text in a column of figures is shown as text and is no part
    of the total.
    `width` is in characters. Columns with the same `group` beside each other share a heading above.
    In a table of columns, heading and group are codes of sentences until `said_in` says them.
    """

    heading: str
    value: Callable[[R], Value]
    kind: Kind = "text"
    width: float = 12.0
    total: bool = False
    group: str = ""


def said_in(lang: str, columns: Iterable[Column[R]]) -> list[Column[R]]:
    """The columns of a table with their headings and groups in words."""
    return [
        column._replace(
            heading=words.say(column.heading, lang), group=column.group and words.say(column.group, lang)
        )
        for column in columns
    ]


class Sheet(NamedTuple):
    """What stands around the rows of a ledger.

    `notes` stand in one line under the title, `frozen` columns stay in sight, `notice` is shown in red above
    all (a demonstration says so), `made_at` is the date that the file carries.
    """

    name: str
    title: str
    made_at: datetime
    notes: Sequence[str] = ()
    notice: str = ""
    frozen: int = 0
    paper: int = A3
    lang: str = words.DEFAULT
