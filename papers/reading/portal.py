"""A portal's file as applications: each row read, rejected with its reason, or a repeat of another.

None is dropped and none is guessed. The rules of each kind of value stand in
`papers.reading.portal_values`, the headings in
`papers.reading.portal_headings`, what is no row in `papers.reading.heading_rows`; here they meet.
`papers.reading.reader` runs it in a child process and gives back a `PortalFile`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import words
from papers.reading.portal_headings import PortalColumn, table
from papers.reading.retyped import Retyped

NAMES: tuple[str, ...] = tuple(name for name, field in table().items() if field["type"] != "term")
"""The fields that a row says, in the order of the table."""
SLOTS = {name: slot for slot, name in enumerate(NAMES)}
"""Where each stands in a row on its way from the reading process."""


_SAID = tuple(name for name in NAMES if name != "case")


class PortalRow(NamedTuple):
    """One row that was read. `row` is the number that Excel shows.

    `said` is what it says by the names of `NAMES`, its case aside: amounts are fen, None is not known,
    `applied_at` is Shanghai's clock (no zone). `extra` are the columns that are no field, as text by heading.
    """

    sheet: str
    row: int
    case: str
    said: dict[str, Any]
    extra: dict[str, str]


class Reject(NamedTuple):
    """A cell for which a row was not taken. A row may have several.

    `row` is the number that Excel shows, `column` the heading, `value` what stands there. `reason` is a code:
    ``credit_code``, ``account_as_number``, ``id_as_number``, ``amount``, ``date``, ``date_order``,
    ``missing``, ``duplicate_case``, ``kind``, ``yes_no``, ``too_long``, ``control``, ``cell_error``,
    ``formula``, ``merged``, ``columns``; the office adds ``recused``. `why` tells more where there is more
    to tell: a check digit. `other` is what the row clashes with, in Chinese and
    English.
    """

    sheet: str
    row: int
    column: str
    value: str
    reason: str
    why: str = ""
    other: tuple[str, str] = ("", "")

    def say(self, lang: str = words.DEFAULT) -> str:
        """The sentence: what is wrong and what to do."""
        code = f"import.{self.reason}"
        detailed = f"{code}.{self.why}"
        params = {"row": self.row, "column": self.column, "value": self.value}
        params |= {"why": self.why, "other": self.other[lang != words.DEFAULT]}
        return words.say(detailed if self.why and words.has(detailed, lang) else code, lang, **params)


class Repeat(NamedTuple):
    """A row that says again, word for word, what another row of the file says."""

    sheet: str
    row: int
    case: str
    first_row: int


class SheetRead(NamedTuple):
    """A sheet and what was found on it. `heading_row` is 0 where there is no table that is known; the unit of
    a column that names none is the one that a note above the table names; `hidden` are the rows that a filter
    or a hand hides."""

    name: str
    height: int
    heading_row: int
    columns: tuple[PortalColumn, ...]
    hidden: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PortalFile:
    """What a portal's file holds: ``rows + distinct rejected rows + repeats`` are all its rows."""

    rows: tuple[PortalRow, ...]
    rejects: tuple[Reject, ...]
    repeats: tuple[Repeat, ...]
    sheets: tuple[SheetRead, ...]
    retyped: tuple[Retyped, ...] = ()

    @property
    def rejected(self) -> int:
        """How many rows were rejected."""
        return len({(reject.sheet, reject.row) for reject in self.rejects})

    @property
    def count(self) -> int:
        """How many rows the file has."""
        return len(self.rows) + self.rejected + len(self.repeats)


class _Days(dict[int | None, date | None]):
    """Days by their number: a file names the same few again and again."""

    def __missing__(self, number: int) -> date:
        day = self[number] = date.fromordinal(number)
        return day


_DAYS = _Days({None: None})
_DAY_SLOTS = tuple(SLOTS[name] for name in NAMES if table()[name]["type"] == "date")
_MOMENT_SLOT = SLOTS["applied_at"]
_SECONDS = 86_400


def packed_moment(moment: datetime) -> int:
    """A moment as a number, for the way between processes."""
    return moment.toordinal() * _SECONDS + moment.hour * 3600 + moment.minute * 60 + moment.second


PackedRow = tuple[str, int, list[Any], dict[str, str] | None]
"""A row between processes: sheet, number, its values in the order of `NAMES`, its extra columns."""


def unpack(packed: Sequence[PackedRow]) -> list[PortalRow]:
    """Rows as `papers.reading.row_reader` packed them."""
    columns: list[Sequence[Any]] = list(zip(*(values for _, _, values, _ in packed), strict=True))
    if not columns:
        return []
    for slot in _DAY_SLOTS:
        columns[slot] = list(map(_DAYS.__getitem__, columns[slot]))
    columns[_MOMENT_SLOT] = [datetime.min + timedelta(0, at - _SECONDS) for at in columns[_MOMENT_SLOT]]
    cases = columns.pop(SLOTS["case"])
    return [
        PortalRow(sheet, row, case, dict(zip(_SAID, values, strict=True)), extra or {})
        for (sheet, row, _, extra), case, values in zip(
            packed, cases, zip(*columns, strict=True), strict=True
        )
    ]
