"""Four packs that use every key of the format between them, and the packs that one changed value makes of
one."""

import copy
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from rules.facts import TYPES
from rules.faults import GRADES, Reader
from rules.pack import Pack
from rules.schema import read_pack
from rules.schema_rules import ROUNDED, SCOPES
from rules.toml_text import canonical

_FOLDER = Path(__file__).parent / "every_key_packs"
PACKS = ("asked", "ranked", "shared-out", "queued")


def text(name: str) -> str:
    """The text of one of the packs: its own rules behind what all begin with."""
    head, own = ((_FOLDER / f"{one}.toml").read_text(encoding="utf-8") for one in ("head", name))
    return f'id = "{name}"\n{head}{own}'


class Altered(NamedTuple):
    """A pack with one value changed or left out, and where."""

    where: tuple[str | int, ...]
    key: str
    pack: Pack


_WORDS: dict[str, tuple[str, ...]] = {
    "type": TYPES,
    "grade": GRADES,
    "mode": (*ROUNDED, "quota", "offset", "afterwards"),
    "share_mode": ROUNDED,
    "payee": ("buyer", "provider"),
    "how": ("exclude", "deduct", "ceiling", "refuse", "raise"),
    "on": ("base", "award", "net"),
    "per": (*SCOPES, "programme"),
    "counts": ("award", "redemption"),
    "unfit": ("stop", "next", "rest"),
    "exceeded": ("rest", "nothing", "stop"),
    "residual": ("largest_remainder", "largest", "to_largest", "left_over"),
    "blocked": ("hold", "ignore"),
    "where": ("line", "step", "ceiling", "end"),
    "period": ("contract", "quarter", "year"),
    "by": ("day",),
    "value": ("yes", "no", "rest", "nothing", "stop"),
    "is": ("yes", "no"),
}
"""What may stand under a key whose words are few."""
_ALIKE = (
    ("contract_amount", "paid", "storage", "net", "score"),
    ("hours", "spare"),
    ("branch", "group", "more_reason"),
    ("founded_on", "signed_on", "accepted_on"),
    ("applied_at", "filed_at"),
    ("own_rate", "officer_rate"),
    ("first", "rest", "second"),
    ("one", "two"),
)
"""Names of one kind each, of facts, tiers and cost lines: one may stand where another does."""


def read(data: dict[str, Any]) -> Pack | None:
    """The pack of these values, None where they are none; without the places of its text, which take time."""
    reader = Reader({})
    values = read_pack(reader, data)
    return None if reader.faults or values is None else Pack(**values, canonical=canonical(data))


def altered(data: dict[str, Any], tables: Collection[str]) -> Iterator[Altered]:
    """Every pack that one changed value, or one key left out, of these tables makes of a pack's data; of the
    many names and words that could stand in a place, the first that makes a pack. Ids stay: they are the
    pack's own names, for people to be told by titles."""
    for where, key, value in _leaves(data, (), ""):
        if key != "id" and where[0] in tables:
            found = (one for other in _others(key, value) for one in _with(data, where, key, other))
            yield from islice(found, 1)
    for where, key in _keys(data, ()):
        if where[0] in tables:
            yield from _with(data, where, key, None)


def _leaves(value: Any, where: tuple[Any, ...], key: str) -> Iterator[tuple[tuple[Any, ...], str, Any]]:
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _leaves(member, (*where, name), name)
    elif isinstance(value, list):
        for at, member in enumerate(value):
            yield from _leaves(member, (*where, at), key)
    else:
        yield where, key, value


def _keys(value: Any, where: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    listed = enumerate(value) if isinstance(value, list) else ()
    members = value.items() if isinstance(value, dict) else listed
    for name, member in members:
        yield (*where, name), str(name)
        yield from _keys(member, (*where, name))


def _others(key: str, value: Any) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, datetime):
        yield value + timedelta(seconds=1)
    elif isinstance(value, date):
        yield value + timedelta(days=1)
    elif value.replace(".", "").isdigit():
        yield from (value.translate(str.maketrans("123456789", "234567891")), "0.01")
    elif key in _WORDS:
        yield from (word for word in _WORDS[key] if word != value)
    elif alike := [names for names in _ALIKE if value.removeprefix("-") in names]:
        yield from (name for name in alike[0] if name != value.removeprefix("-"))
        yield value[1:] if value.startswith("-") else f"-{value}"
    else:
        yield "18:00" if value == "17:00" else value + "x"


def _with(data: Any, where: tuple[Any, ...], key: str, other: Any) -> Iterator[Altered]:
    changed = place = copy.copy(data)
    for step in where[:-1]:
        place[step] = copy.copy(place[step])
        place = place[step]
    if other is None:
        del place[where[-1]]
    else:
        place[where[-1]] = other
    pack = read(changed)
    if pack is not None:
        yield Altered(where, key, pack)
