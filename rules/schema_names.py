"""What a pack declares by name before its rules use it: facts of its own, and unset parameters."""

from collections.abc import Mapping
from typing import Any

from rules.draft import Draft, texts
from rules.facts import STANDARD, TYPES, Constant, Fact
from rules.faults import Key
from rules.parts import Reading, Total, UnsetParameter
from rules.toml_text import Path

UNSET_TYPES = (
    "choice", "fact", "rate", "money", "months", "days", "integer", "text", "date", "moment", "yes_no",
)  # fmt: skip
_NUMBERS = ("money", "rate", "integer")
MOST_WAYS = 20_000
"""Combinations of the readings of all unset parameters; the shipped packs have sixteen at most."""
_FACT = {
    "id": Key("id", needed=True),
    "type": Key("id", needed=True),
    "title": Key("text"),
    "title_en": Key("text"),
    "headings": Key("list:text", default=()),
    "choices": Key("list:text", default=()),
    "default": Key("any"),
    "known": Key("flag", default=False),
}
_UNSET = {
    "id": Key("id", needed=True),
    "type": Key("id", default="choice"),
    "title": Key("text", needed=True),
    "title_en": Key("text"),
    "note": Key("text", default=""),
    "reading": Key("any"),
}
_READING = {
    "id": Key("word", needed=True),
    "value": Key("any"),
    "source": Key("text", needed=True),
    "title": Key("text"),
    "title_en": Key("text"),
}


def read_facts(draft: Draft) -> None:
    """Declares the facts of the pack's own."""
    for path, raw in draft.reader.tables(draft.data.get("fact"), ("fact",)):
        row = draft.reader.table(raw, path, _FACT)
        draft.one_of((*path, "type"), row["type"], TYPES)
        name = str(row["id"])
        if name in draft.known:
            draft.fault((*path, "id"), "pack.built_in" if name in STANDARD else "pack.twice", id=name)
            continue
        draft.known[name] = draft.declared[name] = Fact(
            name,
            row["type"] if row["type"] in TYPES else "text",  # its own fault is noted
            str(row["title"] or name),
            str(row["title_en"] or name.replace("_", " ")),
            texts(row["headings"]),
            texts(row["choices"]),
            _default(draft, path, row),
            known=bool(row["known"]),
        )


def read_totals(draft: Draft) -> None:
    """Declares the sums of amounts that have a name of their own; one may hold those before it."""
    keys = {
        "id": Key("id", needed=True),
        "of": Key("terms", needed=True),
        "title": Key("text"),
        "title_en": Key("text"),
        "price": Key("slot:money"),
    }
    for path, raw in draft.reader.tables(draft.data.get("sum"), ("sum",)):
        row = draft.reader.table(raw, path, keys)
        name, terms = str(row["id"]), row["of"] or ()
        for fact, _ in terms:
            draft.need_fact((*path, "of"), fact, "money" if row["price"] is None else "integer")
        if name in draft.known:
            draft.fault((*path, "id"), "pack.built_in" if name in STANDARD else "pack.twice", id=name)
            continue
        title = str(row["title"] or name)
        title_en = str(row["title_en"] or name.replace("_", " "))
        draft.totals[name] = Total(name, title, title_en, terms, row["price"])
        draft.known[name] = Fact(name, "money", title, title_en)


def _default(draft: Draft, path: Path, row: Mapping[str, Any]) -> str | int | Constant | None:
    """What an empty value stands for: a fact of the same type, the number 0, or a value that is written."""
    default, kind = row["default"], row["type"]
    if default is None:
        return None
    if isinstance(default, Mapping):
        return _constant(draft, (*path, "default"), default, row)
    if isinstance(default, str) and default in draft.known and draft.known[default].type == kind:
        return default
    if default == 0 and not isinstance(default, bool) and kind in _NUMBERS:
        return 0
    draft.fault((*path, "default"), "pack.fact_default", fact=str(row["id"]), value=str(default))
    return None


def _constant(draft: Draft, path: Path, raw: Mapping[str, Any], row: Mapping[str, Any]) -> Constant | None:
    """``{ value = "100.00" }``: a value of the fact's own type, which an empty cell stands for."""
    kind = row["type"] if row["type"] in TYPES else "text"
    shape = {"text": "text", "choice": "text"}.get(kind, kind)
    value = draft.reader.table(raw, path, {"value": Key(shape, needed=True)})["value"]
    if kind == "choice" and row["choices"] and value not in row["choices"] and value is not None:
        choices = ", ".join(texts(row["choices"]))
        draft.fault(path, "pack.not_a_choice", fact=str(row["id"]), value=str(value), choices=choices)
    return None if value is None else Constant(value)


def read_unset(draft: Draft) -> None:
    """Declares the parameters that no source states, with their readings."""
    for path, raw in draft.reader.tables(draft.data.get("unset"), ("unset",)):
        row = draft.reader.table(raw, path, _UNSET)
        name, kind = str(row["id"]), str(row["type"])
        known = kind in UNSET_TYPES
        draft.one_of((*path, "type"), kind, UNSET_TYPES)
        if name in draft.unset:
            draft.fault((*path, "id"), "pack.twice", id=name)
        readings = _readings(draft, (*path, "reading"), row["reading"], kind if known else "text")
        draft.paths["unset " + name] = path
        title = str(row["title"])
        draft.unset[name] = UnsetParameter(
            name, kind, title, str(row["title_en"] or title), readings, str(row["note"])
        )
    _must_be_few(draft)


def _must_be_few(draft: Draft) -> None:
    """Every combination of readings may have to be calculated: they have an end."""
    ways = 1
    for name, parameter in draft.unset.items():
        ways *= len(parameter.readings) or 1
        if ways > MOST_WAYS:
            draft.fault(draft.paths["unset " + name], "pack.too_many_ways", id=name, most=MOST_WAYS)
            return


def _readings(draft: Draft, path: Path, raw: object, kind: str) -> tuple[Reading, ...]:
    found: dict[str, Reading] = {}
    for place, member in draft.reader.tables(raw, path):
        row = draft.reader.table(member, place, _READING)
        name = str(row["id"])
        value = draft.reader.value(name if row["value"] is None else row["value"], (*place, "value"), kind)
        if kind == "fact":
            draft.need_fact(place, value)
        if name in found:
            draft.fault(place, "pack.twice", id=name)
        title = str(row["title"] or name)
        found[name] = Reading(name, value, str(row["source"]), title, str(row["title_en"] or title))
    if len(found) == 1:
        draft.fault(path, "pack.one_reading", id=next(iter(found)))
    return tuple(found.values())
