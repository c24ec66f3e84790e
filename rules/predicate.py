"""Tests on facts, with three answers: yes, no, and can't be told.

A test is one fact with one comparison, or ``all``, ``any`` and ``not`` over tests (`rules.predicate_text`
reads it from a pack). What is compared with may be written out, be another fact, or be an unset parameter.
`compile_predicate` makes of it a function of the case's values and the readings taken; a value that is not
known makes the answer ``None`` unless the rest of the test settles it.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple, TypeAlias

from rules.facts import Value
from rules.faults import Unset
from rules.months import add_months

Values: TypeAlias = tuple[Any, ...]
Readings: TypeAlias = Mapping[str, Any]
Judge: TypeAlias = Callable[[Values, Readings], bool | None]

COMPARE = ("is", "one_of", "none_of", "at_least", "at_most", "above", "below")
MONTHS = ("less_than_months", "at_most_months", "at_least_months")
DAYS = ("less_than_days", "at_most_days", "at_least_days")
WORKDAYS = ("less_than_workdays", "at_most_workdays", "at_least_workdays")
APART = (*MONTHS, *DAYS, *WORKDAYS)
"""Tests on how far one day lies behind another (``after``)."""


class Asked(Exception):
    """An unset parameter was needed for which no reading has been taken yet."""

    @property
    def parameter(self) -> str:
        """Its id."""
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class FactRef:
    """A fact whose value is compared with. Where one of the two is a day and the other a moment (or both are
    moments), ``by`` says how: ``day``, by their days; else a time of day like ``17:00``, at which the day
    stands as a moment."""

    id: str
    by: str = ""


class Span(NamedTuple):
    """The working days from one day to another. The calendar is no part of the rules, so their count is
    worked out where facts become values (`rules.row`), and kept with the decision as a fact of this
    ``name``. ``by``: as a time limit sees it, of which a day off after its last day is not part any more: the
    number of the working day, or of the next one."""

    after: str
    fact: str
    by: bool = False

    @property
    def name(self) -> str:
        """The fact that holds the count."""
        return f"workdays:{'by:' if self.by else ''}{self.after}:{self.fact}"


@dataclass(frozen=True, slots=True)
class Predicate:
    """One node of a test. ``fact`` is a fact's id or an unset parameter that names one."""

    op: str
    fact: str | Unset = ""
    value: Any = None
    after: str = ""
    parts: tuple["Predicate", ...] = ()

    def facts(self, readings: Mapping[str, tuple[Any, ...]]) -> tuple[str, ...]:
        """Every fact the test may look at, in its order; ``readings`` are those of each unset parameter."""
        names: list[str] = []
        if isinstance(self.fact, Unset):
            names += readings.get(self.fact.id, ())
        elif self.fact:
            names.append(self.fact)
        if self.after:
            names.append(self.after)
        if isinstance(self.value, FactRef):
            names.append(self.value.id)
        if self.op in WORKDAYS:
            names.append(self.span.name)
        for part in self.parts:
            names += part.facts(readings)
        return tuple(dict.fromkeys(names))

    @property
    def span(self) -> Span:
        """The working days that a test on them counts: "within so many" is a time limit."""
        return Span(self.after, str(self.fact), self.op == "at_most_workdays")

    def spans(self) -> tuple[Span, ...]:
        """The working days that the test asks for."""
        own = [self.span] if self.op in WORKDAYS else []
        return tuple(dict.fromkeys(own + [span for part in self.parts for span in part.spans()]))

    def unset(self) -> tuple[str, ...]:
        """The unset parameters the test may ask for."""
        names = [slot.id for slot in (self.fact, self.value) if isinstance(slot, Unset)]
        return tuple(dict.fromkeys(names + [name for part in self.parts for name in part.unset()]))


def leaves(test: Predicate) -> Iterator[Predicate]:
    """Each comparison of a test."""
    if not test.parts:
        yield test
    for part in test.parts:
        yield from leaves(part)


def compile_predicate(test: Predicate, index: Mapping[str, int]) -> Judge:
    """The test as a function of a case's values (found by ``index``) and the readings taken so far.

    The function raises `Asked` for an unset parameter that matters and has no reading taken; one that is
    given as ``None`` is not known, as a blank fact is.
    """
    if test.op in ("all", "any"):
        return _compile_joint(
            [compile_predicate(part, index) for part in test.parts], settles=test.op == "any"
        )
    if test.op == "not":
        inner = compile_predicate(test.parts[0], index)

        def judge_not(values: Values, readings: Readings) -> bool | None:
            answer = inner(values, readings)
            return None if answer is None else not answer

        return judge_not
    if test.op in MONTHS:
        return _compile_months(test, index)
    if test.op in DAYS:
        return _compile_days(test, index)
    if isinstance(test.fact, Unset):
        raise ValueError("only a test on months or days may leave its fact unset")
    if test.op in WORKDAYS:
        return _compile_count(test, index[test.span.name])
    return _compile_comparison(test, index[test.fact], index)


def _compile_joint(parts: list[Judge], settles: bool) -> Judge:
    def judge(values: Values, readings: Readings) -> bool | None:
        answer: bool | None = not settles
        for part in parts:
            found = part(values, readings)
            if found is settles:
                return settles
            if found is None:
                answer = None
        return answer

    return judge


def _compile_months(test: Predicate, index: Mapping[str, int]) -> Judge:
    fact, limit, founded_at = test.fact, test.value, index[test.after]
    wanted = None if isinstance(fact, Unset) else index[fact]
    less, at_least = test.op == "less_than_months", test.op == "at_least_months"
    open_fact = fact.id if isinstance(fact, Unset) else ""
    open_limit = limit.id if isinstance(limit, Unset) else ""
    ends: dict[date | tuple[date, int], date] = {}

    def judge(values: Values, readings: Readings) -> bool | None:
        try:
            months = readings[open_limit] if open_limit else limit
            at = values[index[readings[open_fact]] if wanted is None else wanted]
        except KeyError as missing:
            raise Asked(missing.args[0]) from None
        start = values[founded_at]
        if at is None or start is None or months is None:
            return None
        if type(start) is datetime:
            start = start.date()
        of = (start, months) if open_limit else start
        end = ends.get(of)
        if end is None:
            if len(ends) > 50_000:
                ends.clear()
            end = ends[of] = _months_after(start, months)
        day = at.date() if type(at) is datetime else at
        if less:
            return bool(day < end)
        return bool(day >= end) if at_least else bool(day <= end)

    return judge


def _compile_days(test: Predicate, index: Mapping[str, int]) -> Judge:
    fact, limit, start_at = test.fact, test.value, index[test.after]
    within = _APART[test.op.partition("_days")[0]]

    def judge(values: Values, readings: Readings) -> bool | None:
        days = taken(limit, readings) if isinstance(limit, Unset) else limit
        at = values[index[taken(fact, readings) if isinstance(fact, Unset) else fact]]
        start = values[start_at]
        if at is None or start is None or days is None:
            return None
        return within(at.toordinal() - start.toordinal(), days)

    return judge


def _compile_count(test: Predicate, at: int) -> Judge:
    limit, within = test.value, _APART[test.op.partition("_workdays")[0]]

    def judge(values: Values, readings: Readings) -> bool | None:
        days = taken(limit, readings) if isinstance(limit, Unset) else limit
        count = values[at]
        return None if count is None or days is None else within(count, days)

    return judge


_APART: Mapping[str, Callable[[int, int], bool]] = {
    "less_than": lambda days, limit: days < limit,
    "at_most": lambda days, limit: days <= limit,
    "at_least": lambda days, limit: days >= limit,
}


def _months_after(start: date, months: int) -> date:
    try:
        return add_months(start, months)
    except ValueError:  # after the calendar's last year: no day of ours reaches it
        return date.max


def taken(slot: Unset, readings: Readings) -> Any:
    """The value of the reading taken for an unset parameter.

    Raises:
        Asked: none has been taken.
    """
    try:
        return readings[slot.id]
    except KeyError:
        raise Asked(slot.id) from None


def _compile_comparison(test: Predicate, at: int, index: Mapping[str, int]) -> Judge:
    op, bound = test.op, test.value
    if op == "given":
        return lambda values, readings: (values[at] is not None and values[at] != "") is bound
    if op == "known":
        return lambda values, readings: None if values[at] is None or values[at] == "" else True
    if isinstance(bound, FactRef | Unset):
        return _compile_moving(test, at, index)
    if op == "within":
        opens, closes = bound

        def judge_within(values: Values, readings: Readings) -> bool | None:
            value = values[at]
            if value is None:
                return None
            return (opens is None or value >= opens) and (closes is None or value < closes)

        return judge_within
    hold: Any = frozenset(bound) if op in ("one_of", "none_of") else bound
    compare = _COMPARE[op]

    def judge(values: Values, readings: Readings) -> bool | None:
        value = values[at]
        return None if value is None else compare(value, hold)

    return judge


def _compile_moving(test: Predicate, at: int, index: Mapping[str, int]) -> Judge:
    bound, compare = test.value, _COMPARE[test.op]
    other = index[bound.id] if isinstance(bound, FactRef) else None
    if isinstance(bound, FactRef) and bound.by:
        compare = _by(bound.by, compare)

    def judge(values: Values, readings: Readings) -> bool | None:
        limit = values[other] if other is not None else taken(bound, readings)
        value = values[at]
        return None if value is None or limit is None else compare(value, limit)

    return judge


def _by(by: str, compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """The comparison of a day and a moment: by their days, or with the day at a time of its."""
    if by == "day":
        return lambda value, limit: compare(value.toordinal(), limit.toordinal())
    at = time.fromisoformat(by)

    def moment(value: Any) -> datetime:
        return value if isinstance(value, datetime) else datetime.combine(value, at)

    return lambda value, limit: compare(moment(value), moment(limit))


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "is": operator.eq,
    "one_of": lambda value, bound: value in bound,
    "none_of": lambda value, bound: value not in bound,
    "at_least": operator.ge,
    "at_most": operator.le,
    "above": operator.gt,
    "below": operator.lt,
}


def missing_facts(
    test: Predicate, values: Values, index: Mapping[str, int], readings: Readings
) -> tuple[str, ...]:
    """The unknown facts because of which a test could not be told under these readings."""
    if test.parts:
        found: list[str] = []
        for part in test.parts:
            if compile_predicate(part, index)(values, readings) is None:
                found += missing_facts(part, values, index, readings)
        return tuple(dict.fromkeys(found))
    names = [taken(test.fact, readings) if isinstance(test.fact, Unset) else test.fact]
    if test.after:
        names.append(test.after)
    if isinstance(test.value, FactRef):
        names.append(test.value.id)
    return tuple(name for name in dict.fromkeys(names) if values[index[name]] is None)


def shown(value: Value) -> object:
    """A value as it stands in a line of an explanation: a plain number or text."""
    kind = type(value)
    if kind is date or kind is datetime:
        return value.isoformat()  # type: ignore[union-attr]  # the line above says what it is
    return _SHOWN_AS[value] if kind is bool else value  # type: ignore[index]


_SHOWN_AS = {True: "yes", False: "no"}
