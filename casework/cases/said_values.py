"""What an application says, as values by the names of the fields: as it comes, as it is stored, and the
fingerprint by which the same contents are known again.
"""

import datetime
import functools
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from casework.cases.field_table import COLUMNS, FIELDS, SAID
from casework.cases.stored_facts import extra_text
from casework.core import many_rows

Said = Mapping[str, Any]
"""What an application says, by the names of `field_table.SAID`: money in fen, dates as dates, `applied_at` on
Shanghai's clock; None: nothing said."""


def said_of(values: Mapping[str, Any]) -> Said:
    """What values say of each field."""
    return {name: values.get(name) for name in SAID}


Stored = tuple[str | int | None, ...]


class Arrival(NamedTuple):
    """A row that can be read: its number as Excel shows it, its case, what it says, and a pack's own
    facts. `hidden`: a filter or a hand hides it from who looks at the table. `unread` are columns that nobody
    has read and that may tell what others have given, each with what it says; `unsaid` amounts under headings
    without a unit in a table whose other amounts are no yuan, as they were read."""

    row: int
    case: str
    said: Said
    extra: Mapping[str, Any] = {}
    sheet: str = ""
    hidden: bool = False
    unread: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()


def split(row: int, case: str, said: Mapping[str, Any]) -> Arrival:
    """A row's values into the fields every application has and the facts that only a pack declares."""
    extra = {name: value for name, value in said.items() if name not in SAID and value is not None}
    return Arrival(row, case, said_of(said), extra)


@functools.lru_cache(maxsize=8192)
def day_text(on: datetime.date) -> str:
    """A day as it is stored: a file names the same few days again and again."""
    return on.isoformat()


PLACES = {name: place for place, name in enumerate(COLUMNS)}
"""Where each field stands in what `stored` gives."""
_OF_SAID = itemgetter(*PLACES)
_MOMENT = PLACES["applied_at"]
_DAYS, _ANSWERS = (
    tuple(place for name, place in PLACES.items() if FIELDS[name].fact.type == kind)
    for kind in ("date", "yes_no")
)
"""Where what is stored in another form stands: all else is stored as it is."""


def stored(said: Said) -> Stored:
    """What a row says, as its version's columns hold it: in the order of `field_table.COLUMNS`."""
    return next(each_stored([said]))


def each_stored(saids: Sequence[Said]) -> Iterator[Stored]:
    """The same of many rows, which are gone through field by field."""
    columns: list[Sequence[Any]] = list(zip(*map(_OF_SAID, saids), strict=True))
    if not columns:
        return iter(())
    columns[_MOMENT] = [None if at is None else many_rows.utc_text(at) for at in columns[_MOMENT]]
    for place in _DAYS:
        columns[place] = [None if day is None else day_text(day) for day in columns[place]]
    for place in _ANSWERS:
        columns[place] = [None if answer is None else int(answer) for answer in columns[place]]
    return zip(*columns, strict=True)


HASHED = (
    "applied_at", "applicant_name", "applicant", "applicant_kind", "founded_on", "district", "provider",
    "provider_admitted", "service", "contract_no", "signed_on", "starts_on", "ends_on", "contract_amount",
    "net_amount", "leased_in_year", "related_party", "other_national", "other_city", "other_district",
    "other_support", "other_source", "awarded_before", "purpose", "contact", "phone", "bank", "account",
)  # fmt: skip
"""The fields that fingerprints have held from the beginning, in their order. It never changes: offices know
by fingerprints what their portal said before. A field that came later counts where a row says something of
it."""

_HASHED_COLUMNS = itemgetter(*(PLACES[name] for name in HASHED if name in PLACES))
_HASHED_PARTIES = itemgetter(*(name for name in HASHED if name not in PLACES))
_TEXT = "\x1f".join(["%s"] * len(HASHED))
_LATER = tuple(name for name in SAID if name not in HASHED)


def fingerprint(arrival: Arrival, columns: Stored) -> str:
    """A hash of everything that a row says, to tell an unchanged one."""
    said = arrival.said
    text = _TEXT % (_HASHED_COLUMNS(columns) + _HASHED_PARTIES(said))
    if arrival.extra:
        text += extra_text(arrival.extra)
    for name in _LATER:
        if said[name] is not None:
            text += f"\x1f{name}={said[name]}"
    return hashlib.sha256(text.encode()).hexdigest()
