"""Cases as columns of whole numbers, for the fast path (`rules.fast`).

Money is in fen, yes and no are 1 and 0, days and moments are counted, words are their place in the column's
list; `MISSING` is what is not known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, TypeAlias

from rules.facts import MILLION, Fact, Facts, Value
from rules.policy import Policy

Array: TypeAlias = Any
"""One of numpy's arrays, which is imported only where one is made."""

MISSING = -(2**63)
DAY = 86_400_000_000
"""Microseconds of a day: a moment is counted in microseconds."""

_WORDS = ("text", "choice")


@dataclass(frozen=True, slots=True)
class Column:
    """One fact of all cases; ``words`` are those that the numbers of a text or choice stand for."""

    fact: Fact
    values: Array
    words: tuple[str, ...] = ()
    places: Mapping[str, int] | None = None

    def value(self, at: int) -> Value:
        """The fact of one case as the reference takes it."""
        number = int(self.values[at])
        return None if number == MISSING else decoded(self.fact.type, number, self.words)

    def number(self, value: Any) -> int:
        """The number that a value of this fact stands as; -1 for a word that no case has."""
        if self.fact.type in _WORDS:
            return (self.places or {}).get(value, -1)
        return encoded(self.fact.type, value)

    @property
    def days(self) -> Array:
        """The days of a date or moment; what is not known stays below zero."""
        return self.values // DAY if self.fact.type == "moment" else self.values


class Columns(NamedTuple):
    """The facts of all cases by name, in the order of decision."""

    rows: int
    by: Mapping[str, Column]

    def facts(self, at: int) -> Facts:
        """One case's facts."""
        return {name: column.value(at) for name, column in self.by.items()}


def encoded(kind: str, value: Any) -> int:
    """A value that is no word as a number."""
    if kind == "moment":
        if not isinstance(value, datetime):
            return int(value.toordinal()) * DAY
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return value.toordinal() * DAY + seconds * MILLION + value.microsecond
    return int(value.toordinal()) if kind == "date" else int(value)


def decoded(kind: str, number: int, words: Sequence[str] = ()) -> Value:
    """The value that a number stands for."""
    if kind in _WORDS:
        return words[number]
    if kind == "yes_no":
        return bool(number)
    if kind == "date":
        return date.fromordinal(number)
    if kind == "moment":
        days, rest = divmod(number, DAY)
        return datetime.fromordinal(days) + timedelta(microseconds=rest)
    return number


def columns_of(policy: Policy, cases: Iterable[Facts]) -> Columns:
    """The columns of cases whose values have the types of their facts."""
    import numpy

    rows = [[facts.get(name) for name in policy.program.names] for facts in cases]
    columns: dict[str, Column] = {}
    for at, fact in enumerate(policy.program.facts):
        values = [row[at] for row in rows]
        places: dict[str, int] = {}
        if fact.type in _WORDS:
            numbers = [places.setdefault(str(word), len(places)) if word else MISSING for word in values]
        else:
            numbers = [MISSING if value is None else encoded(fact.type, value) for value in values]
        array = numpy.array(numbers, dtype=numpy.int64)
        columns[fact.id] = Column(fact, array, tuple(places), places)
    return Columns(len(rows), columns)
