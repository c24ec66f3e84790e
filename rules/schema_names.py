"""What a pack declares by name before its rules use it: facts of its own, and unset parameters."""

from collections.abc import Mapping
from typing import Any

from rules.draft import Draft, texts
from rules.facts import TYPES, Fact
from rules.faults import Key
from rules.parts import Reading, UnsetParameter
from rules.toml_text import Path

UNSET_TYPES = ("choice", "fact", "rate", "money", "months", "days", "integer", "text", "date", "moment")
_NUMBERS = ("money", "rate", "integer")
_FACT = {
    "id": Key("id", needed=True),
    "type": Key("id", needed=True),
    "title": Key("text"),
    "title_en": Key("text"),
    "headings": Key("list:text", default=()),
    "choices": Key("list:text", default=()),
    "default": Key("any"),
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
            draft.fault((*path, "id"), "pack.twice", id=name)
            continue
        draft.known[name] = draft.declared[name] = Fact(
            name,
            row["type"] if row["type"] in TYPES else "text",  # its own fault is noted
            str(row["title"] or name),
            str(row["title_en"] or name.replace("_", " ")),
            texts(row["headings"]),
            texts(row["choices"]),
            _default(draft, path, row),
        )


def _default(draft: Draft, path: Path, row: Mapping[str, Any]) -> str | int | None:
    """What an empty value stands for: a fact of the same type, or the number 0."""
    default, kind = row["default"], row["type"]
    if default is None:
        return None
    if isinstance(default, str) and default in draft.known and draft.known[default].type == kind:
        return default
    if default == 0 and not isinstance(default, bool) and kind in _NUMBERS:
        return 0
    draft.fault((*path, "default"), "pack.fact_default", fact=str(row["id"]), value=str(default))
    return None


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
