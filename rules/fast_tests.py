"""The tests of a pack over whole columns, with the three answers of `rules.predicate`.

`judge` gives two columns: the answer, and whether it is known. What a test compares with stands in the
column's own numbers (`rules.fast.Column.number`), so that a day, a sum and a word are compared alike.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias

from rules.fast_columns import MISSING, Array
from rules.faults import Unset
from rules.months import add_months
from rules.predicate import MONTHS, FactRef, Predicate

Judged: TypeAlias = tuple[Array, Array]

LONGEST_TABLE = 80_000
"""Days from the first founding to the last for which a table of month ends is made (two centuries)."""


def judge(
    np: Any, by: Mapping[str, Any], test: Predicate, readings: Mapping[str, Any], round_window: bool = False
) -> Judged:
    """Whether each case passes a test, and whether that can be told.

    Args:
        np: numpy.
        by: the columns by fact.
        test: the test.
        readings: what is taken for each unset parameter of the test.
        round_window: the round's own window, where a case has one, takes the place of the test's.
    """
    if test.op in ("all", "any"):
        return _joint([judge(np, by, part, readings) for part in test.parts], settles=test.op == "any")
    if test.op == "not":
        yes, known = judge(np, by, test.parts[0], readings)
        return known & ~yes, known
    if test.op in MONTHS:
        return _months(np, by, test, readings)
    column = by[str(test.fact)]
    values = column.values
    known = values != MISSING
    if test.op == "given":
        return known if test.value else ~known, np.ones(len(values), dtype=bool)
    if test.op == "within":
        return _within(np, by, column, test.value, round_window) & known, known
    if isinstance(test.value, FactRef):
        other = by[test.value.id]
        known = known & (other.values != MISSING)
        return _compared(np, test.op, values, _translated(np, column, other)) & known, known
    if test.op in ("one_of", "none_of"):
        numbers = [column.number(word) for word in test.value]
        inside = (
            np.isin(values, np.array(numbers, dtype=np.int64)) if len(numbers) > 4 else values == numbers[0]
        )
        for number in numbers[1:] if len(numbers) <= 4 else ():
            inside = inside | (values == number)
        return (inside if test.op == "one_of" else ~inside) & known, known
    bound = readings[test.value.id] if isinstance(test.value, Unset) else test.value
    return _compared(np, test.op, values, column.number(bound)) & known, known


def _joint(parts: list[Judged], settles: bool) -> Judged:
    """``any`` (one yes settles it) or ``all`` (one no does)."""
    yes, known = parts[0]
    settled = known & (yes if settles else ~yes)
    for part_yes, part_known in parts[1:]:
        settled = settled | (part_known & (part_yes if settles else ~part_yes))
        known = known & part_known
    known = known | settled
    return (settled if settles else known & ~settled), known


def _within(np: Any, by: Mapping[str, Any], column: Any, bounds: Any, round_window: bool) -> Array:
    values, inside = column.values, None
    for at, bound in enumerate(bounds):
        limit: Any = None if bound is None else column.number(bound)
        if round_window:
            own = by[("window_from", "window_until")[at]].values
            if (own != MISSING).any():
                open_end = MISSING if at == 0 else 2**63 - 1
                limit = np.where(own == MISSING, open_end if limit is None else limit, own)
        if limit is not None:
            found = values >= limit if at == 0 else values < limit
            inside = found if inside is None else inside & found
    return np.ones(len(values), dtype=bool) if inside is None else inside


def _translated(np: Any, column: Any, other: Any) -> Array:
    """Another column's values in the numbers of this one: words have a place of their own in each."""
    if column.fact.type not in ("text", "choice"):
        return other.values
    table = np.array([column.number(word) for word in other.words] or [-1], dtype=np.int64)
    return np.where(other.values == MISSING, MISSING, table[np.maximum(other.values, 0)])


def _compared(np: Any, op: str, values: Array, bound: Any) -> Array:
    if op == "is":
        return values == bound
    if op == "at_least":
        return values >= bound
    if op == "at_most":
        return values <= bound
    return values > bound if op == "above" else values < bound


def _months(np: Any, by: Mapping[str, Any], test: Predicate, readings: Mapping[str, Any]) -> Judged:
    months = readings[test.value.id] if isinstance(test.value, Unset) else test.value
    fact = readings[test.fact.id] if isinstance(test.fact, Unset) else test.fact
    day, start = by[fact].days, by[test.after].days
    known = (day > 0) & (start > 0)
    end = _ends(np, start, known, int(months))
    if test.op == "less_than_months":
        return (day < end) & known, known
    return (day >= end if test.op == "at_least_months" else day <= end) & known, known


def _ends(np: Any, start: Array, known: Array, months: int) -> Array:
    """The day on which so many months from each start end."""
    if not known.any():
        return start
    days = np.where(known, start, int(start[known][0]))
    first, last = int(days.min()), int(days.max())
    if last - first <= LONGEST_TABLE:
        table = [_end(day, months) for day in range(first, last + 1)]
        return np.array(table, dtype=np.int64)[days - first]
    some, places = np.unique(days, return_inverse=True)
    return np.array([_end(int(day), months) for day in some], dtype=np.int64)[places]


def _end(day: int, months: int) -> int:
    return add_months(date.fromordinal(day), months).toordinal()
