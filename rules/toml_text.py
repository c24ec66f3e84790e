"""The text of a pack: where a key stands in it, and the one text that is stored and hashed.

Standard TOML readers give values without places. A fault of a pack must name its line, so `places`
walks the text once more and says where each key begins. `canonical` writes the values back in one
fixed form: equal values give equal bytes whatever the author's spacing, comments and order of keys.
"""

import json
import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
Place: TypeAlias = tuple[int, int]

_KEY = re.compile(r"""\s*([A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')\s*""")
_SKIP = re.compile(r"(?:\s|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")
_SCALAR = re.compile(r"[^,\]}#\n]*")

MOST_PARTS = 10
"""Parts of the longest key (`a.b.c`): the standard reader's time and memory grow with their square."""
_PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_ENDLESS = re.compile(rf"(?<![A-Za-z0-9_\\-]){_PART}(?:[ \t]*\.[ \t]*{_PART}){{{MOST_PARTS}}}")


def data_of(text: str, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """What a TOML text says, read in a time that grows with its length.

    Raises:
        ValueError: it is none.
        RecursionError: it is nested deeper than can be read, or has a key of more than `MOST_PARTS` parts.
    """
    if _ENDLESS.search(text):
        raise RecursionError("a key of too many parts")
    return tomllib.loads(text, parse_float=parse_float)


def places(text: str) -> dict[Path, Place]:
    """Line and column (from 1) of every table, key and list member of a valid TOML text."""
    return dict(_Walker(text).walk())


class Piece(NamedTuple):
    """Where a key or a list member stands in a text: offsets of its begin, of its value, and of the value's
    end. ``head`` counts the headers before it."""

    start: int
    value: int
    end: int
    head: int


class Pieces(NamedTuple):
    """The pieces of a valid TOML text by their paths, and its headers in order: path, begin and end."""

    by: Mapping[Path, Piece]
    heads: tuple[tuple[Path, int, int], ...]


def pieces(text: str) -> Pieces:
    """Where everything stands in a valid TOML text, so that one value can be changed and no other byte."""
    walker = _Walker(text)
    for _ in walker.walk():
        pass
    return Pieces(walker.pieces, tuple(walker.heads))


class _Walker:
    """Reads a text that `tomllib` has accepted, so it need not look for mistakes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.pieces: dict[Path, Piece] = {}
        self.heads: list[tuple[Path, int, int]] = []
        self.starts = [0] + [found.end() for found in re.finditer("\n", text)]

    def walk(self) -> Iterator[tuple[Path, Place]]:
        table: Path = ()
        counts: dict[Path, int] = {}
        while self._skip():
            start = self.at
            if self.text.startswith("[[", start):
                self.at += 2
                name = self._resolve(self._keys("]]"), counts)
                number = counts.get(name, 0)
                counts[name] = number + 1
                table = (*name, number)
                self.heads.append((table, start, self.at))
                yield name, self._place(start)
                yield table, self._place(start)
            elif self.text[start] == "[":
                self.at += 1
                table = self._resolve(self._keys("]"), counts)
                self.heads.append((table, start, self.at))
                yield table, self._place(start)
            else:
                yield from self._pair(table)

    def _resolve(self, keys: Path, counts: Mapping[Path, int]) -> Path:
        """The path a header names: a part that is a list of tables means its last member."""
        path: Path = ()
        for number, key in enumerate(keys, 1):
            path = (*path, key)
            if path in counts and number < len(keys):
                path = (*path, counts[path] - 1)
        return path

    def _pair(self, table: Path) -> Iterator[tuple[Path, Place]]:
        start = self.at
        path = (*table, *self._keys("="))
        yield path, self._place(start)
        self._skip()
        yield from self._whole(path, start)

    def _whole(self, path: Path, start: int) -> Iterator[tuple[Path, Place]]:
        """A value, and where it begins and ends."""
        begins = self.at
        yield from self._value(path)
        ends = begins + len(self.text[begins : self.at].rstrip())
        self.pieces[path] = Piece(start, begins, ends, len(self.heads))

    def _keys(self, end: str) -> Path:
        keys: list[str | int] = []
        while True:
            found = _KEY.match(self.text, self.at)
            if found is None:
                raise ValueError("not a key")
            keys.append(_plain(found[1]))
            self.at = found.end()
            if self.text.startswith(end, self.at):
                self.at += len(end)
                return tuple(keys)
            self.at += 1

    def _value(self, path: Path) -> Iterator[tuple[Path, Place]]:
        first = self.text[self.at]
        if first in "\"'":
            self._string(first)
        elif first == "[":
            yield from self._members(path, "]")
        elif first == "{":
            yield from self._members(path, "}")
        else:
            found = _SCALAR.match(self.text, self.at)
            self.at = found.end() if found else self.at + 1

    def _members(self, path: Path, end: str) -> Iterator[tuple[Path, Place]]:
        self.at += 1
        number = 0
        while self._skip() and self.text[self.at] != end:
            if self.text[self.at] == ",":
                self.at += 1
            elif end == "}":
                yield from self._pair(path)
            else:
                yield (*path, number), self._place(self.at)
                yield from self._whole((*path, number), self.at)
                number += 1
        self.at += 1

    def _string(self, quote: str) -> None:
        long = self.text.startswith(quote * 3, self.at)
        mark = quote * 3 if long else quote
        self.at += len(mark)
        while not self.text.startswith(mark, self.at):
            self.at += 2 if quote == '"' and self.text[self.at] == "\\" else 1
        self.at += len(mark)
        while long and self.text.startswith(quote, self.at):
            self.at += 1

    def _skip(self) -> bool:
        found = _SKIP.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at < len(self.text)

    def _place(self, at: int) -> Place:
        line = bisect_right(self.starts, at)
        return line, at - self.starts[line - 1] + 1


def _plain(key: str) -> str:
    """A key as `tomllib` gives it, without quotes and escapes."""
    return str(*tomllib.loads(f"{key} = 0")) if key[0] == '"' else key.strip("'")


def canonical(data: Mapping[str, Any]) -> bytes:
    """The bytes that stand for these values: sorted keys, one form a value, UTF-8, lines ended by LF.

    Raises:
        TypeError: a value that a pack may not hold (a float above all).
    """
    lines: list[str] = []
    tables: dict[str, Any] = {
        key: value for key, value in data.items() if _is_table(value) or _is_tables(value)
    }
    lines += [f"{_key(key)} = {_inline(data[key])}" for key in sorted(data) if key not in tables]
    for key in sorted(tables):
        value = tables[key]
        for table in value if isinstance(value, list | tuple) else [value]:
            lines += ["", f"[{_key(key)}]" if _is_table(value) else f"[[{_key(key)}]]"]
            lines += [f"{_key(name)} = {_inline(table[name])}" for name in sorted(table)]
    return ("\n".join(lines) + "\n").encode()


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping)


def _is_tables(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(map(_is_table, value))


def _key(key: str) -> str:
    return key if _BARE.match(key) else json.dumps(key, ensure_ascii=False)


def _inline(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)} = {_inline(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_inline, value)) + "]"
    raise TypeError(f"a pack holds no {type(value).__name__}")
