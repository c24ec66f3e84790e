"""A portal's file as applications: each row read, rejected with its reason, or a repeat of another.

None is dropped and none is guessed. The rules of each kind of value stand in `papers.values`, the headings in
`papers.columns`, what is no row in `papers.headings`; here they meet. `papers.reader` runs it in a child
process and gives back a `PortalFile`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import words
from papers.columns import Column
from papers.retyped import Corrected


class PortalRow(NamedTuple):
    """One row that was read. Amounts are fen, None is not known, `applied_at` is Shanghai's clock (no zone).

    `row` is the number that Excel shows. `facts` are the columns that are no field, as text by heading.
    """

    sheet: str
    row: int
    case: str
    applied_at: datetime
    applicant_name: str
    credit_code: str
    applicant_kind: str
    founded_on: date | None
    district: str | None
    contact_name: str | None
    contact_phone: str | None
    provider_name: str
    provider_admitted: bool | None
    service_item: str | None
    contract_no: str
    signed_on: date | None
    starts_on: date | None
    ends_on: date | None
    contract_amount_fen: int
    net_amount_fen: int | None
    leased_in_year_fen: int | None
    related_party: bool | None
    other_national_fen: int | None
    other_city_fen: int | None
    other_district_fen: int | None
    other_support_fen: int | None
    other_support_source: str | None
    awarded_before_fen: int | None
    purpose: str | None
    bank_name: str | None
    bank_account: str | None
    facts: dict[str, str]


FIELDS: tuple[str, ...] = PortalRow._fields[2:-1]
SLOTS = {name: slot for slot, name in enumerate(FIELDS)}


class Reject(NamedTuple):
    """A cell for which a row was not taken. A row may have several.

    `row` is the number that Excel shows, `column` the heading, `value` what stands there. `reason` is a code:
    ``credit_code``, ``account_as_number``, ``id_as_number``, ``amount``, ``date``, ``date_order``,
    ``missing``, ``duplicate_case``, ``kind``, ``yes_no``, ``too_long``, ``control``, ``cell_error``,
    ``formula``, ``merged``, ``columns``. `why` tells more where there is more to tell: a check digit.
    """

    sheet: str
    row: int
    column: str
    value: str
    reason: str
    why: str = ""

    def say(self, lang: str = words.DEFAULT) -> str:
        """The sentence: what is wrong and what to do."""
        code = f"import.{self.reason}"
        detailed = f"{code}.{self.why}"
        params = {"row": self.row, "column": self.column, "value": self.value, "why": self.why}
        return words.say(detailed if self.why and words.has(detailed, lang) else code, lang, **params)


class Repeat(NamedTuple):
    """A row that says again, word for word, what another row of the file says."""

    sheet: str
    row: int
    case: str
    first_row: int


class SheetRead(NamedTuple):
    """A sheet and what was found on it. `heading_row` is 0 where there is no table that is known."""

    name: str
    height: int
    heading_row: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class PortalFile:
    """What a portal's file holds: ``rows + distinct rejected rows + repeats`` are all its rows."""

    rows: tuple[PortalRow, ...]
    rejects: tuple[Reject, ...]
    repeats: tuple[Repeat, ...]
    sheets: tuple[SheetRead, ...]
    corrected: tuple[Corrected, ...] = ()

    @property
    def rejected(self) -> int:
        """How many rows were rejected."""
        return len({(reject.sheet, reject.row) for reject in self.rejects})

    @property
    def count(self) -> int:
        """How many rows the file has."""
        return len(self.rows) + self.rejected + len(self.repeats)


_DAYS: dict[int | None, date | None] = {None: None}
_DAY_SLOTS = tuple(SLOTS[name] + 2 for name in ("founded_on", "signed_on", "starts_on", "ends_on"))
_MOMENT_SLOT = SLOTS["applied_at"] + 2
_SECONDS = 86_400


def packed_moment(moment: datetime) -> int:
    """A moment as a number, for the way between processes."""
    return moment.toordinal() * _SECONDS + moment.hour * 3600 + moment.minute * 60 + moment.second


def unpack(packed: list[Any]) -> PortalRow:
    """A row as `papers.rows` packed it."""
    for slot in _DAY_SLOTS:
        number = packed[slot]
        if number is not None:
            packed[slot] = _DAYS.get(number) or _DAYS.setdefault(number, date.fromordinal(number))
    packed[_MOMENT_SLOT] = datetime.min + timedelta(0, packed[_MOMENT_SLOT] - _SECONDS)
    if packed[-1] is None:
        packed[-1] = {}
    return PortalRow._make(packed)
