"""Every row against its last image, and every image against the one before it.

The log is walked backwards beside the digests of what stands in the tables now. Where an entry changed a row,
the row must be as the entry left it, and is taken to have been as it was before; where an entry added rows,
they must be, as they were then, those that its hash is over, and are accounted for. What is left at the
beginning, no act has left; what an entry left and is not there has been taken away.
"""

import json
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlmodel import Session

from casework.core import log, many_rows, rested_on, row_images, row_ranges
from models import images
from models.images import DIGEST, Imaged, Key


class Since(NamedTuple):
    """The entry from which on every row is imaged, and its moment as stored."""

    seq: int
    at: str


class Faults(NamedTuple):
    """What comparing rows with their images found: rows seen, (table, first, last) of what differs, and since
    when all rows are imaged (None: never)."""

    rows: int
    differ: tuple[tuple[str, Key, Key], ...]
    since: Since | None = None


class _Standing:
    """The rows of a table as they stood at one point of the log, by their digests.

    What stands now is kept densely; `gone` holds rows that stood then and no longer do, under their keys.
    """

    def __init__(self, session: Session, table: Imaged, secret: bytes) -> None:
        found = row_images.digested(session, table, secret)
        keys: list[Any] = sorted(found)
        self.keys: Sequence[Any] = array("q", keys) if table.counted else keys
        self.digests = bytearray().join(found[key] for key in keys)
        self.accounted = bytearray(len(keys))
        self.gone: dict[Key, bytes] = {}
        self.table = table
        self._columns: dict[str, dict[int, list[int]]] = {}
        self._all: str | None = None

    def _place(self, key: Key) -> int | None:
        """Where a row stands that is not accounted for yet."""
        at = bisect_left(self.keys, key)
        found = at < len(self.keys) and self.keys[at] == key and not self.accounted[at]
        return at if found else None

    def _digest(self, at: int) -> bytes:
        return bytes(self.digests[at * DIGEST : (at + 1) * DIGEST])

    def step_back(self, key: Key, before: bytes, after: bytes) -> bool:
        """Take a row to where it was before it was changed; whether it was as the change left it."""
        self._all, at = None, self._place(key)
        stood = self.gone.pop(key, b"") if at is None else self._digest(at)
        if not before:
            if at is not None:
                self.accounted[at] = 1
        elif at is None:
            self.gone[key] = before
        else:
            self.digests[at * DIGEST : (at + 1) * DIGEST] = before
        return stood == after

    def account(self, first: Key | None = None, last: Key | None = None) -> tuple[int, str]:
        """Account for the rows of an interval (without one, for all): how many stood there, and the hash over
        their digests."""
        self._all, start = None, 0 if first is None else bisect_left(self.keys, first)
        end = len(self.keys) if last is None else bisect_right(self.keys, last)
        stood = self._between(start, end, first, last)
        for key in [key for key in self.gone if _within(key, first, last)]:
            del self.gone[key]
        self.accounted[start:end] = b"\1" * (end - start)
        return len(stood) // DIGEST, row_images.over([stood])

    def _between(self, start: int, end: int, first: Key | None = None, last: Key | None = None) -> bytes:
        """The digests of the rows that stood in an interval, in the order of their keys."""
        gone = [key for key in self.gone if _within(key, first, last)] if self.gone else []
        if gone:
            stood = {key: self.gone[key] for key in gone}
            stood |= {self.keys[at]: self._digest(at) for at in range(start, end) if not self.accounted[at]}
            return b"".join(stood[key] for key in sorted(stood))
        parts = []
        while 0 <= start < end:  # by runs: what was accounted for lies together
            stop = self.accounted.find(1, start, end)
            stop = end if stop < 0 else stop
            parts.append(self.digests[start * DIGEST : stop * DIGEST])
            start = self.accounted.find(0, stop, end)
        return b"".join(parts)

    def of(self, session: Session, column: str, values: Sequence[int]) -> dict[Key, bytes]:
        """The rows that stood whose column has one of the values, in the order of their keys; without a
        column, all."""
        keys: Iterable[Key]
        if not column:
            keys = {*self.keys, *self.gone}
        elif column == "id":
            keys = values
        else:
            keys = [self.keys[at] for at in self._places(session, column, values)]
        found: dict[Key, bytes] = {}
        for key in sorted(keys):
            at = self._place(key)
            digest = self.gone.get(key) if at is None else self._digest(at)
            if digest is not None:
                found[key] = digest
        return found

    def rested(self, session: Session, column: str, values: Sequence[int]) -> str:
        """The hash over them; that over all is kept until one of them changes."""
        if not column:
            if self._all is None:
                self._all = rested_on.hashed(self._between(0, len(self.keys)))
            return self._all
        if column == "id" and self.gone:
            return rested_on.hashed(b"".join(self.of(session, column, values).values()))
        digests, accounted, gone, keys = self.digests, self.accounted, self.gone, self.keys
        stood = [
            gone.get(keys[at], b"") if accounted[at] else digests[at * DIGEST : (at + 1) * DIGEST]
            for at in self._places(session, column, values)
        ]
        return rested_on.hashed(b"".join(stood))

    def _places(self, session: Session, column: str, values: Sequence[int]) -> Sequence[int]:
        """Where the rows stand now whose column, which never changes, has one of the values; in order."""
        if column == "id":
            return [at for value in values if (at := self._place(value)) is not None]
        if column not in self.table.columns:
            raise LookupError(column)  # the log may say anything
        if column not in self._columns:
            sql = f'SELECT {self.table.key_sql()}, "{column}" FROM "{self.table.name}"'
            by_key = {key: value for batch in many_rows.stream(session, sql) for key, value in batch}
            found: dict[int, list[int]] = {}
            for at, key in enumerate(self.keys):
                found.setdefault(by_key[key], []).append(at)
            self._columns[column] = found
        by_value = self._columns[column]
        if len(values) == 1:
            return by_value.get(values[0], ())
        return sorted(at for value in values for at in by_value.get(value, ()))

    def left(self) -> list[Key]:
        """The rows that nothing accounts for."""
        return [key for at, key in enumerate(self.keys) if not self.accounted[at]] + sorted(self.gone)


def _within(key: Key, first: Key | None, last: Key | None) -> bool:
    """Whether a key lies in an interval; without ends, any does."""
    return (first is None or first <= key) and (last is None or key <= last)  # type: ignore[operator]


def compare(session: Session) -> Faults:
    """Every row against the images that acts left of it, and those of before against their ranges."""
    tables, secret = images.of(session.connection()), row_images.secret_of(session)
    standing = {name: _Standing(session, table, secret) for name, table in tables.items()}
    differ: list[tuple[str, Key, Key]] = []
    rested: list[tuple[str, Key, Key]] = []
    since = None
    for seq, at, payload in _backwards(session):
        said = json.loads(payload)
        rested.extend(_rested(session, standing, said.get("rests", ())))
        differ.extend((str(name), first, last) for name, first, last in said.get("images_differed", ()))
        for name, done in said["images"].items():
            differ.extend((name, first, last) for first, last in _undo(standing[name], done))
        since = Since(seq, at)
        if said.get("images_of_all"):
            break
    differ.extend((name, key, key) for name, rows in standing.items() for key in rows.left())
    differ.extend(row_ranges.compare(session))
    # a row that is not as it was left is told once, and not again by each entry that rests on its table
    told = {name for name, _, _ in differ}
    differ.extend(each for each in rested if each[0] not in told)
    count = sum(len(rows.keys) for rows in standing.values())
    return Faults(count, tuple(sorted(set(differ), key=repr)), since)


def begun(session: Session) -> bool:
    """Whether the log holds images."""
    return next(iter(_backwards(session)), None) is not None


def hold(session: Session, names: Sequence[str], subjects: Sequence[str]) -> bool:
    """Whether each row of some tables equals its last image, asked only of the entries about these subjects:
    all that ever touched these tables.

    Raises:
        ValueError, TypeError, LookupError: an entry does not hang in the chain, or does not say what the
            program writes into one.
    """
    tables, secret = images.of(session.connection()), row_images.secret_of(session)
    standing = {name: _Standing(session, tables[name], secret) for name in names}
    for payload in log.payloads_about(session, subjects):
        said = json.loads(payload)
        for name in standing.keys() & said.get("images", {}).keys():
            if _undo(standing[name], said["images"][name]):
                return False
        if said.get("images_of_all"):
            break
    return not any(rows.left() for rows in standing.values())


def _backwards(session: Session) -> Any:
    """The entries that hold images, the last first."""
    sql = "SELECT seq, at, payload FROM log_entry ORDER BY seq DESC"
    for batch in many_rows.stream(session, sql, 500):
        for row in batch:
            if '"images":{' in row[2]:
                yield row


def _rested(
    session: Session, standing: Mapping[str, _Standing], rests: Sequence[Any]
) -> Iterator[tuple[str, Key, Key]]:
    """The tables of which money rested on something else than the log has, as (table, first, last)."""
    for column, values, hashes in rests:
        for name, hashed in hashes.items():
            if standing[name].rested(session, column, values) != hashed:
                keys = list(standing[name].of(session, column, values)) or [""]
                yield name, keys[0], keys[-1]


def _undo(rows: _Standing, done: dict[str, Any]) -> list[tuple[Key, Key]]:
    """Take a table back to before one entry; returns what does not agree, as (first, last)."""
    faults: list[tuple[Key, Key]] = []
    if "all" in done:
        count, hashed = done["all"]
        if rows.account() != (count, hashed):
            faults.append(("", ""))
    for key, before, after in done.get("changed", ()):
        if not rows.step_back(key, bytes.fromhex(before), bytes.fromhex(after)):
            faults.append((key, key))
    if "added" in done:
        first, last, hashed = done["added"]
        if rows.account(first, last)[1] != hashed:
            faults.append((first, last))
    return faults
