"""Tests read from a pack: a table with one fact and one comparison, or ``all``, ``any`` and ``not`` over
such.

What is wrong with one is said with the key, what was needed, what was found, and the form that works.
"""

import re
from collections.abc import Mapping

from rules.facts import Fact
from rules.faults import Key, Reader, Unset, path_name, said
from rules.predicate import APART, COMPARE, DAYS, MONTHS, FactRef, Predicate
from rules.toml_text import Path

Known = Mapping[str, Fact]
"""What a test may name: declared and standard facts, sums, and the base."""

_ORDERED = ("money", "rate", "integer", "date", "moment")
_TIMES = ("date", "moment")
_OPS = (*COMPARE, *APART, "given", "known", "from", "until")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]\Z")


def read_predicate(reader: Reader, raw: object, path: Path, known: Known) -> Predicate | None:
    """The test a table states; ``None`` after a fault."""
    if not isinstance(raw, Mapping):
        reader.fault(path, "pack.not_table", key=path_name(path))
        return None
    if reader.is_unset(raw, path):
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


def _read_comparison(reader: Reader, raw: Mapping[str, object], path: Path, known: Known) -> Predicate | None:
    ops = [name for name in raw if name in _OPS]
    span = set(ops) <= {"from", "until"}
    if not ops or (len(ops) > 1 and not span):
        odd = [name for name in raw if name not in (*_OPS, "fact", "after")]
        if odd and not ops:
            reader.fault((*path, odd[0]), "pack.unknown_key", key=odd[0], known=", ".join(_OPS))
        else:
            reader.fault(path, "pack.one_comparison", found=", ".join(ops) or "-", known=", ".join(_OPS))
        return None
    op = ops[0]
    fact = _read_fact(reader, raw, path, known, op)
    if fact is None:
        return None
    keys = {"fact": Key("any"), **{name: Key("any") for name in ops}}
    if op in APART:
        reader.table(raw, path, {**keys, "after": Key("fact", needed=True)})
        return _read_apart(reader, raw, path, known, fact, op)
    reader.table(raw, path, keys)
    if op == "given":
        return Predicate("given", fact, reader.value(raw[op], (*path, op), "flag", True))
    if op == "known":
        if raw[op] is not True:
            reader.fault((*path, op), "pack.known_true", value=said(raw[op]))
            return None
        return Predicate("known", fact)
    return _read_value(reader, raw, path, known, str(fact), op)


def _read_value(
    reader: Reader, raw: Mapping[str, object], path: Path, known: Known, fact: str, op: str
) -> Predicate | None:
    kind = known[fact].type
    span = op in ("from", "until")
    if (span and kind not in _TIMES) or (
        op in ("at_least", "at_most", "above", "below") and kind not in _ORDERED
    ):
        reader.fault((*path, op), "pack.not_ordered", fact=fact, op=op, found=kind)
        return None
    if span:
        return Predicate("within", fact, _read_bounds(reader, raw, path, kind))
    return Predicate(op, fact, _operand(reader, raw[op], (*path, op), op, known, fact))


def _read_fact(
    reader: Reader, raw: Mapping[str, object], path: Path, known: Known, op: str
) -> str | Unset | None:
    """The fact that a comparison is about; None after a fault. Only months and days count from an unset
    one."""
    if "fact" not in raw:
        reader.fault(path, "pack.missing_key", key="fact", table=path_name(path))
        return None
    fact = reader.value(raw["fact"], (*path, "fact"), "slot:fact")
    if not isinstance(fact, str | Unset):
        return None
    if isinstance(fact, str) and fact not in known:
        reader.unknown_fact((*path, "fact"), fact)
        return None
    if isinstance(fact, Unset) and op not in (*MONTHS, *DAYS):
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


def _operand(reader: Reader, raw: object, path: Path, op: str, known: Known, fact: str) -> object:
    kind = known[fact].type
    if isinstance(raw, Mapping) and "fact" in raw:
        return _other_fact(reader, raw, path, known, fact)
    if kind == "yes_no":
        if op != "is":
            reader.fault(path, "pack.not_yes_no", key=op, value=said(raw))
            return None
        return reader.value(raw, path, "slot:yes_no")
    plain = {"choice": "text", "text": "text"}.get(kind, kind)
    shape = "list:" + plain if op in ("one_of", "none_of") else "slot:" + plain
    value = reader.value(raw, path, shape)
    for word in (value if isinstance(value, tuple) else (value,)) if known[fact].choices else ():
        if isinstance(word, str) and word not in known[fact].choices:
            choices = ", ".join(known[fact].choices)
            reader.fault(path, "pack.not_a_choice", fact=fact, value=word, choices=choices)
    return value


def _other_fact(
    reader: Reader, raw: Mapping[str, object], path: Path, known: Known, fact: str
) -> FactRef | None:
    """Another fact that is compared with: of the same type, or a day with a moment, by day or at a time."""
    keys = {"fact": Key("fact", needed=True), "by": Key("id"), "at": Key("text")}
    row = reader.table(raw, path, keys)
    other, by = str(row["fact"]), str(row["at"] or row["by"] or "")
    if other not in known:
        reader.unknown_fact(path, other)
        return None
    kinds = known[fact].type, known[other].type
    if kinds[0] != kinds[1] and not (kinds[0] in _TIMES and kinds[1] in _TIMES):
        reader.fault(path, "pack.fact_types", fact=fact, type=kinds[0], other=other, found=kinds[1])
        return None
    if "moment" not in kinds or not (by or kinds[0] != kinds[1]):
        if by:
            reader.fault(path, "pack.by_day", fact=fact, type=kinds[0], other=other, found=kinds[1])
        return FactRef(other)
    good = by == "day" if row["at"] is None else bool(_TIME.match(by)) and kinds[0] != kinds[1]
    if not good or (row["at"] and row["by"]):
        reader.fault(path, "pack.by_day", fact=fact, type=kinds[0], other=other, found=kinds[1])
        return None
    return FactRef(other, by)


def _read_apart(
    reader: Reader, raw: Mapping[str, object], path: Path, known: Known, fact: str | Unset, op: str
) -> Predicate | None:
    after = raw.get("after")
    for name in (fact, after):
        if not isinstance(name, str):
            continue
        if name not in known:
            reader.unknown_fact(path, name)
            return None
        if known[name].type not in _TIMES:
            reader.fault(path, "pack.fact_type", fact=name, found=known[name].type, needed=", ".join(_TIMES))
            return None
    kind = "months" if op in MONTHS else "days"
    slot = "slot:" + kind
    return Predicate(op, fact, reader.value(raw[op], (*path, op), slot), after=str(after))
