"""Tests on facts, with three answers: yes, no, and can't be told.

A test of a pack is a table: one fact with one comparison, or ``all``, ``any`` and ``not`` over tests.
What is compared with may be written out, be another fact, or be an unset parameter. `compile_predicate`
makes of it a function of the case's values and the readings taken; a value that is not known makes the
answer ``None`` unless the rest of the test settles it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from rules.facts import Fact, Value
from rules.faults import Key, Reader, Unset
from rules.months import add_months
from rules.toml_text import Path

Values: TypeAlias = tuple[Any, ...]
Readings: TypeAlias = Mapping[str, Any]
Judge: TypeAlias = Callable[[Values, Readings], bool | None]

COMPARE = ("is", "one_of", "none_of", "at_least", "at_most", "above", "below")
MONTHS = ("less_than_months", "at_most_months", "at_least_months")
_ORDERED = ("money", "rate", "integer", "date", "moment")


class Asked(Exception):
    """An unset parameter was needed for which no reading has been taken yet."""

    def __init__(self, parameter: str) -> None:
        super().__init__(parameter)
        self.parameter = parameter


@dataclass(frozen=True, slots=True)
class FactRef:
    """A fact whose value is compared with."""

    id: str


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
        for part in self.parts:
            names += part.facts(readings)
        return tuple(dict.fromkeys(names))

    def unset(self) -> tuple[str, ...]:
        """The unset parameters the test may ask for."""
        names = [slot.id for slot in (self.fact, self.value) if isinstance(slot, Unset)]
        return tuple(dict.fromkeys(names + [name for part in self.parts for name in part.unset()]))


def read_predicate(reader: Reader, raw: object, path: Path, known: Mapping[str, Fact]) -> Predicate | None:
    """The test a table states; ``None`` after a fault."""
    if not isinstance(raw, Mapping):
        reader.fault(path, "pack.not_table", key=str(path[-1]))
        return None
    for op in ("all", "any"):
        if op in raw:
            reader.table(raw, path, {op: Key("any")})
            members = raw[op] if isinstance(raw[op], list) and raw[op] else None
            if members is None:
                reader.fault((*path, op), "pack.not_tables", key=op)
                return None
            parts = [
                read_predicate(reader, part, (*path, op, number), known)
                for number, part in enumerate(members)
            ]
            return Predicate(op, parts=tuple(part for part in parts if part))
    if "not" in raw:
        reader.table(raw, path, {"not": Key("any")})
        part = read_predicate(reader, raw["not"], (*path, "not"), known)
        return Predicate("not", parts=(part,)) if part else None
    return _read_comparison(reader, raw, path, known)


def _read_comparison(
    reader: Reader, raw: Mapping[str, object], path: Path, known: Mapping[str, Fact]
) -> Predicate | None:
    ops = [name for name in raw if name in (*COMPARE, *MONTHS, "given", "from", "until")]
    span = set(ops) <= {"from", "until"}
    if not ops or (len(ops) > 1 and not span):
        reader.fault(path, "pack.one_comparison", found=", ".join(ops) or "-")
        return None
    op = ops[0]
    fact = _read_fact(reader, raw, path, known, op)
    if fact is None:
        return None
    keys = {"fact": Key("any"), **{name: Key("any") for name in ops}}
    if op in MONTHS:
        reader.table(raw, path, {**keys, "after": Key("fact", needed=True)})
        return _read_months(reader, raw, path, known, fact, op)
    reader.table(raw, path, keys)
    if op == "given":
        return Predicate("given", fact, reader.value(raw[op], (*path, op), "flag", True))
    kind = known[str(fact)].type
    if (span and kind not in ("date", "moment")) or (
        op in ("at_least", "at_most", "above", "below") and kind not in _ORDERED
    ):
        reader.fault((*path, op), "pack.not_ordered", fact=str(fact), op=op)
        return None
    if span:
        return Predicate("within", fact, _read_bounds(reader, raw, path, kind))
    return Predicate(op, fact, _operand(reader, raw[op], (*path, op), kind, op, known, fact))


def _read_fact(
    reader: Reader, raw: Mapping[str, object], path: Path, known: Mapping[str, Fact], op: str
) -> str | Unset | None:
    """The fact that a comparison is about; None after a fault. Only months are counted from an unset one."""
    if "fact" not in raw:
        reader.fault(path, "pack.missing_key", key="fact", table=str(path[-1]))
        return None
    fact = reader.value(raw["fact"], (*path, "fact"), "slot:fact")
    if not isinstance(fact, str | Unset):
        return None
    if isinstance(fact, str) and fact not in known:
        reader.fault((*path, "fact"), "pack.unknown_fact", fact=fact)
        return None
    if isinstance(fact, Unset) and op not in MONTHS:
        reader.fault((*path, "fact"), "pack.unset_fact", op=op)
        return None
    return fact


def _read_bounds(reader: Reader, raw: Mapping[str, object], path: Path, kind: str) -> tuple[object, ...]:
    """The first and the last day or moment of a span; None where one is open."""
    return tuple(
        reader.value(raw[name], (*path, name), "moment" if kind == "moment" else "date")
        if name in raw
        else None
        for name in ("from", "until")
    )


def _operand(
    reader: Reader, raw: object, path: Path, kind: str, op: str, known: Mapping[str, Fact], fact: str | Unset
) -> object:
    if isinstance(raw, Mapping) and "fact" in raw:
        other = reader.table(raw, path, {"fact": Key("fact", needed=True)})["fact"]
        if other not in known or known[str(other)].type != kind:
            reader.fault(path, "pack.unknown_fact", fact=str(other))
            return None
        return FactRef(str(other))
    if kind == "yes_no":
        if op == "is" and raw in ("yes", "no"):
            return raw == "yes"
        reader.fault(path, "pack.not_yes_no", key=op, value=str(raw))
        return None
    plain = {"choice": "text", "text": "text"}.get(kind, kind)
    shape = "list:" + plain if op in ("one_of", "none_of") else "slot:" + plain
    value = reader.value(raw, path, shape)
    choices = known[fact].choices if isinstance(fact, str) else ()
    for word in (value if isinstance(value, tuple) else (value,)) if choices else ():
        if isinstance(word, str) and word not in choices:
            reader.fault(path, "pack.not_a_choice", fact=str(fact), value=word, choices=", ".join(choices))
    return value


def _read_months(
    reader: Reader,
    raw: Mapping[str, object],
    path: Path,
    known: Mapping[str, Fact],
    fact: str | Unset,
    op: str,
) -> Predicate | None:
    after = raw.get("after")
    for name in (fact, after):
        if isinstance(name, str) and (name not in known or known[name].type not in ("date", "moment")):
            reader.fault(path, "pack.unknown_fact", fact=name)
            return None
    return Predicate(op, fact, reader.value(raw[op], (*path, op), "slot:months"), after=str(after))


def compile_predicate(test: Predicate, index: Mapping[str, int]) -> Judge:
    """The test as a function of a case's values (found by ``index``) and the readings taken so far.

    The function raises `Asked` for an unset parameter that matters and has no reading.
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
    if isinstance(test.fact, Unset):
        raise ValueError("only a test on months may leave its fact unset")
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
    ends: dict[tuple[date, int], date] = {}

    def judge(values: Values, readings: Readings) -> bool | None:
        try:
            months = readings[open_limit] if open_limit else limit
            at = values[index[readings[open_fact]] if wanted is None else wanted]
        except KeyError as missing:
            raise Asked(missing.args[0]) from None
        start = values[founded_at]
        if at is None or start is None:
            return None
        if type(start) is datetime:
            start = start.date()
        end = ends.get((start, months))
        if end is None:
            if len(ends) > 50_000:
                ends.clear()
            end = ends[start, months] = _months_after(start, months)
        day = at.date() if type(at) is datetime else at
        if less:
            return bool(day < end)
        return bool(day >= end) if at_least else bool(day <= end)

    return judge


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

    def judge(values: Values, readings: Readings) -> bool | None:
        limit = values[other] if other is not None else taken(bound, readings)
        value = values[at]
        return None if value is None or limit is None else compare(value, limit)

    return judge


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "is": lambda value, bound: value == bound,
    "one_of": lambda value, bound: value in bound,
    "none_of": lambda value, bound: value not in bound,
    "at_least": lambda value, bound: value >= bound,
    "at_most": lambda value, bound: value <= bound,
    "above": lambda value, bound: value > bound,
    "below": lambda value, bound: value < bound,
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
