"""Images: what the log remembers of the rows that money and decisions rest on.

Each act's entry holds, for every table here to which it added rows, the first and last of their numbers and
one hash over them as stored. So a row changed, added or taken away behind the log's back is found, even where
the sums were mended too. Only what never changes is imaged (`models.guards`), so the image of a row is the
one that its own act left.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import LargeBinary, select
from sqlmodel import Session, col

from casework.core import many_rows
from models import LogEntry, metadata
from models.guards import FROZEN

_WRITTEN_ONCE = (
    "application_version",
    "approval",
    "appropriation",
    "cap_entry",
    "decision",
    "ledger_entry",
    "paper",
    "publicity_item",
)
_FROZEN_PART = {
    "letter": ("issued",),
    "voucher": ("issued",),
    "pack": ("bytes",),
    "supplement": ("bytes",),
    "person_role": ("given",),
}


def _imaged() -> dict[str, tuple[str, ...]]:
    """The tables that are imaged, and of each the columns that never change (bytes by their hash)."""
    tables = {name: tuple(column.name for column in metadata.tables[name].columns) for name in _WRITTEN_ONCE}
    for name, parts in _FROZEN_PART.items():
        mine = [each for each in FROZEN if each.table == name and each.name in parts]
        frozen = {column for each in mine for column in each.columns}
        tables[name] = tuple(
            column.name
            for column in metadata.tables[name].columns
            if column.primary_key or (column.name in frozen and not isinstance(column.type, LargeBinary))
        )
    return tables


GUARDED = _imaged()
"""Table → columns of the image. Each table's key is a whole number."""

_KEYS = {name: next(iter(metadata.tables[name].primary_key)).name for name in GUARDED}
_COLUMNS = {name: ", ".join(f'"{column}"' for column in columns) for name, columns in GUARDED.items()}
_MARKS = "SELECT " + ", ".join(f"(SELECT coalesce(max({_KEYS[name]}), 0) FROM {name})" for name in GUARDED)

_BATCH = 2000

Range = tuple[int, int, str]


class Faults(NamedTuple):
    """What comparing rows with their images found: rows seen, and (table, first, last) of what differs."""

    rows: int
    differ: tuple[tuple[str, int, int], ...]


def marks(session: Session) -> dict[str, int]:
    """The last number of each guarded table: what comes after it was added by the act under way."""
    row = session.connection().exec_driver_sql(_MARKS).one()
    return dict(zip(GUARDED, row, strict=True))


def since(session: Session, before: dict[str, int]) -> dict[str, Range]:
    """The images of the rows added after `before`."""
    after = marks(session)
    return {
        name: _range(session, name, before[name] + 1, after[name])
        for name in GUARDED
        if after[name] > before[name]
    }


def _range(session: Session, table: str, first: int, last: int) -> Range:
    digest = hashlib.sha256()
    for _, row in _rows(session, table, first, last):
        digest.update(row)
    return first, last, digest.hexdigest()


def _rows(session: Session, table: str, first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """Each row's number and its image: its values as stored, in JSON, ended by a line feed.

    SQLite writes the same JSON itself, at a quarter of the cost.
    """
    key, columns = _KEYS[table], _COLUMNS[table]
    there = f"FROM {table} WHERE {key} BETWEEN {first:d} AND {last:d} ORDER BY {key}"
    if session.connection().dialect.name == "sqlite":
        as_json = f"SELECT {key}, CAST(json_array({columns}) AS BLOB) {there}"
        for batch in many_rows.stream(session, as_json, _BATCH):
            for number, image in batch:
                yield number, image + b"\n"
        return
    place = GUARDED[table].index(key)
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for batch in many_rows.stream(session, f"SELECT {columns} {there}", _BATCH):
        for row in batch:
            yield row[place], encode(list(row)).encode() + b"\n"


def compare(session: Session) -> Faults:
    """Every guarded row against the image its act left in the log, and every row that no act left one of."""
    said: dict[str, list[Range]] = {name: [] for name in GUARDED}
    entries = select(col(LogEntry.payload)).where(col(LogEntry.payload).contains('"rows":{'))
    for (payload,) in session.execute(entries.order_by(col(LogEntry.seq)).execution_options(yield_per=2000)):
        for name, (first, last, digest) in json.loads(payload).get("rows", {}).items():
            said[name].append((first, last, digest))
    rows = 0
    differ: list[tuple[str, int, int]] = []
    for name in GUARDED:
        counted, faults = _compare_table(session, name, said[name])
        rows += counted
        differ.extend(faults)
    return Faults(rows, tuple(differ))


def _compare_table(session: Session, name: str, said: list[Range]) -> tuple[int, list[tuple[str, int, int]]]:
    """One walk over the table beside its images."""
    key = _KEYS[name]
    top = session.connection().exec_driver_sql(f"SELECT coalesce(max({key}), 0) FROM {name}").scalar_one()
    faults: list[tuple[str, int, int]] = []
    rows, digest = 0, hashlib.sha256()
    images = iter([*said, None])
    image = next(images)
    for number, row in _rows(session, name, 0, max(top, 0)):
        rows += 1
        while image is not None and number > image[1]:
            if digest.hexdigest() != image[2]:
                faults.append((name, image[0], image[1]))
            digest, image = hashlib.sha256(), next(images)
        if image is None or number < image[0]:
            faults.append((name, number, number))
        else:
            digest.update(row)
    while image is not None:
        if digest.hexdigest() != image[2]:
            faults.append((name, image[0], image[1]))
        digest, image = hashlib.sha256(), next(images)
    return rows, faults
