"""Faults of a pack, and the reading of its tables that finds them.

A pack with any fault is refused whole. Every fault is a code with the line and column it stands at, so
that whoever keeps the rules is told all of them at once, in words, and where.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from rules import facts, money
from rules.toml_text import Path, Place

_ID = re.compile(r"[a-z][a-z0-9_]*(?:-[a-z0-9_]+)*\Z")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
_WORD = re.compile(r"[^\s;,=:/]+\Z")  # these stand between readings where a decision lists them
_LARGE = re.compile(r"[1-9][0-9]{4,}(\.[0-9]{1,6})?%?\Z")
"""A rate far above the whole."""
MOST_FEN = 10**15
"""The largest amount that a pack may name."""
MOST_MONTHS, MOST_DAYS = 1_200, 36_600
NOWHERE = "NF"
"""The grade of what was looked for and stands in no source; it has no article."""
TAKEN = ("contract", "year", "quarter", "month", "base")
"""Names by which the language itself means something: a fact of such a name would be shadowed."""
GRADES = ("A", "B", "C", NOWHERE, "made-up", "office")


class Fault(NamedTuple):
    """One thing wrong with a pack; ``params`` fill the sentence that `words` makes of ``code``."""

    line: int
    column: int
    code: str
    params: Mapping[str, object]


class PackFaults(ValueError):
    """A pack that was not loaded, with all its faults in the order of the text."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.line, fault.column)))
        super().__init__(
            "; ".join(
                f"{fault.line}:{fault.column} {fault.code} {dict(fault.params)}" for fault in self.faults
            )
        )


@dataclass(frozen=True, slots=True)
class Unset:
    """The place of a parameter that no source states; ``id`` names its readings."""

    id: str


@dataclass(frozen=True, slots=True)
class FloatFound:
    """What a number with a decimal point is read as: no float ever enters a pack."""

    text: str


@dataclass(frozen=True, slots=True)
class Key:
    """What one key of a table holds: its kind, whether it must be there, and what stands in for it."""

    kind: str
    needed: bool = False
    default: object = None


class Reader:
    """Reads tables by their keys and gathers what is wrong."""

    def __init__(self, places: Mapping[Path, Place]) -> None:
        self.places = places
        self.faults: list[Fault] = []

    def fault(self, path: Path, code: str, **params: object) -> None:
        """Notes a fault at the place of ``path``, or of the nearest thing around it."""
        found = path
        while found and found not in self.places:
            found = found[:-1]
        line, column = self.places.get(found, (1, 1))
        self.faults.append(Fault(line, column, code, params))

    def is_unset(self, raw: object, path: Path) -> bool:
        """Whether a place that can't be unset is; that it can't be is noted."""
        if not isinstance(raw, Mapping) or set(raw) != {"unset"}:
            return False
        self.fault(path, "pack.never_unset", key=path_name(path))
        return True

    def unknown_fact(self, path: Path, name: str) -> None:
        """Notes that a fact is not known; a name of the language's own can't be declared as one."""
        code = "pack.not_here" if name in TAKEN else "pack.unknown_fact"
        self.fault(path, code, fact=name)

    def table(self, data: object, path: Path, keys: Mapping[str, Key]) -> dict[str, Any]:
        """The values of a table by their keys; faults are noted by key."""
        values: dict[str, Any] = {name: key.default for name, key in keys.items()}
        if not isinstance(data, Mapping):
            self.fault(path, "pack.not_table", key=path_name(path))
            return values
        if "unset" not in keys and self.is_unset(data, path):
            return values
        for name in data:
            if name not in keys:
                self.fault((*path, name), "pack.unknown_key", key=name, known=", ".join(sorted(keys)))
        for name, key in keys.items():
            if name in data:
                values[name] = self.value(data[name], (*path, name), key.kind, key.default)
            elif key.needed:
                self.fault(path, "pack.missing_key", key=name, table=path_name(path))
        return values

    def no_floats(self, data: object, path: Path = ()) -> None:
        """Notes a fault for every number with a decimal point, wherever it stands."""
        if isinstance(data, FloatFound):
            self.fault(path, "pack.float", key=path_name(path), value=data.text)
        elif isinstance(data, Mapping):
            for name, member in data.items():
                self.no_floats(member, (*path, name))
        elif isinstance(data, list):
            for number, member in enumerate(data):
                self.no_floats(member, (*path, number))

    def tables(self, data: object, path: Path) -> list[tuple[Path, object]]:
        """The members of a list of tables with their paths."""
        if data is None:
            return []
        if self.is_unset(data, path):
            return []
        if not isinstance(data, list):
            self.fault(path, "pack.not_tables", key=path_name(path))
            return []
        return [((*path, number), member) for number, member in enumerate(data)]

    def value(self, raw: object, path: Path, kind: str, default: object = None) -> Any:
        """One value of a kind; a kind after ``slot:`` may stand unset as ``{ unset = "name" }``."""
        if isinstance(raw, FloatFound):  # `no_floats` has told of it
            return default
        if kind == "any":
            return raw
        if kind.startswith("slot:"):
            if isinstance(raw, Mapping):
                inner = self.table(raw, path, {"unset": Key("id", needed=True)})
                return Unset(str(inner["unset"])) if inner["unset"] else default
            kind = kind[5:]
        if self.is_unset(raw, path):
            return default
        if kind == "terms":
            return _terms(self, raw, path, default)
        if kind.startswith("list:"):
            if not isinstance(raw, list):
                self.fault(path, "pack.not_list", key=path_name(path))
                return default
            return tuple(self.value(member, (*path, number), kind[5:]) for number, member in enumerate(raw))
        good, value = _READ[kind](raw)
        if not good:
            above = kind == "rate" and isinstance(raw, str) and _LARGE.match(raw)
            code = "pack.rate_above_one" if above else f"pack.not_{kind}"
            self.fault(path, code, key=path_name(path), value=raw if isinstance(raw, str) else said(raw))
            return default
        if kind == "rate" and isinstance(value, int) and value > facts.MILLION:
            self.fault(path, "pack.rate_above_one", key=path_name(path), value=str(raw))
            return default
        return value


def _terms(reader: Reader, raw: object, path: Path, default: object) -> Any:
    """Facts of a sum with their signs: ``["a", "-b"]`` is a less b."""
    if not isinstance(raw, list) or not raw:
        reader.fault(path, "pack.not_terms", key=path_name(path))
        return default
    found = []
    for number, member in enumerate(raw):
        name = member.removeprefix("-").strip() if isinstance(member, str) else member
        if reader.value(name, (*path, number), "fact") is None:
            return default
        found.append((str(name), -1 if str(member).startswith("-") else 1))
    return tuple(found)


def said(raw: object) -> str:
    """A value as a pack writes it, as far as a sentence needs it."""
    if isinstance(raw, Mapping):
        return "{ " + ", ".join(f"{name} = {said(member)}" for name, member in raw.items()) + " }"
    return f'"{raw}"' if isinstance(raw, str) else str(raw).lower() if isinstance(raw, bool) else str(raw)


def path_name(path: Path) -> str:
    """A place in a pack as a person is told it, members counted from one: ``condition.2.fact``."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path) or "pack"


def _id(raw: object) -> tuple[bool, object]:
    return isinstance(raw, str) and bool(_ID.match(raw)), raw


def _text(raw: object) -> tuple[bool, object]:
    return isinstance(raw, str) and bool(raw.strip()), raw


def _flag(raw: object) -> tuple[bool, object]:
    return isinstance(raw, bool), raw


def _word(raw: object) -> tuple[bool, object]:
    return isinstance(raw, str) and bool(_WORD.match(raw)), raw


def _version(raw: object) -> tuple[bool, object]:
    return isinstance(raw, str) and bool(_VERSION.match(raw)), raw


def _whole(most: int, least: int = 0) -> Callable[[object], tuple[bool, object]]:
    def read(raw: object) -> tuple[bool, object]:
        return isinstance(raw, int) and not isinstance(raw, bool) and least <= raw <= most, raw

    return read


def _money(raw: object) -> tuple[bool, object]:
    if not isinstance(raw, str) or not re.fullmatch(r"[0-9]{1,14}(\.[0-9]{1,2})?", raw):
        return False, None
    try:
        return True, money.parse(raw)
    except money.MoneyError:  # above every amount there is
        return False, None


def _unit(raw: object) -> tuple[bool, object]:
    good, fen = _money(raw)
    return good and fen != 0, fen


def _rate(raw: object) -> tuple[bool, object]:
    if not isinstance(raw, str):
        return False, None
    try:
        return True, facts.read_rate(raw)
    except facts.FactError:
        return False, None


def _date(raw: object) -> tuple[bool, object]:
    return isinstance(raw, date) and not isinstance(raw, datetime), raw


def _moment(raw: object) -> tuple[bool, object]:
    if isinstance(raw, datetime):
        return raw.tzinfo is None, raw
    if isinstance(raw, date):
        return True, datetime(raw.year, raw.month, raw.day)
    return False, None


def _yes_no(raw: object) -> tuple[bool, object]:
    return raw in ("yes", "no"), raw == "yes"


def _grade(raw: object) -> tuple[bool, object]:
    return raw in GRADES, raw


_READ = {
    "id": _id,
    "text": _text,
    "flag": _flag,
    "word": _word,
    "version": _version,
    "integer": _whole(MOST_FEN),
    "months": _whole(MOST_MONTHS),
    "days": _whole(MOST_DAYS),
    "money": _money,
    "unit": _unit,
    "rate": _rate,
    "date": _date,
    "moment": _moment,
    "grade": _grade,
    "yes_no": _yes_no,
    "fact": _id,
    "choice": _id,
}
