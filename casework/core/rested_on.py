"""What an act rests on: rows that it read and did not write, as they were when it was done.

Who changes a row, lets an act happen and changes it back leaves every row as its last image has it. So each
entry of a person's act also holds a hash over the rows that it rests on: of every table that its transaction
has read (`models.tables_read`) those of its cases, of their applicants, decisions, letters and corrections,
and of a table that belongs to none of these all. `verify` holds that they were then what the log says of them
(`casework.core.rows_compared`): a provider's admission planted for one decision, an objection that was away
for one approval, a recusal taken away to accept a case, a role lent for an hour are found.

What an act about no case looked at in the rows of cases, and what it looked at in the rows of other cases, is
not in it; nor, where a file brings more than `MANY`, what belongs to its cases, but for recusals.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework.core.row_images import Images, over
from models import Decision, images
from models.images import Imaged, Key

MONEY = ("approval", "decision", "ledger_entry", "letter", "voucher")
"""Tables: an act that adds a row to one of them decides, moves money or tells somebody so, and rests on what
belongs to its cases however many they are. All but the first name the case."""

MANY = 200
"""An act on more cases that does none of that (a file's rows that come in) rests on what belongs to them only
where no number is to be told of each: on all of `WHOLE`."""
WHOLE = ("recusal",)

UNRESTED = {
    "cap_use": "an act that adds to one has in its image what it added to, and one that decides and adds "
    "nothing rests on its own counters (`_counters`)",
    "content": "read by the hash of what is in it, which is compared with it",
    "number_series": "an act that rests on one moves it on, and what it was before is in its image",
    "policy": "read by the hash of what is in it, which is compared with it",
    "request": "says only that an act was done before, and none is done then",
}
"""Tables that nothing rests on, and why nobody is misled by one of their rows, changed for one act."""

_OF = ("application_id", "applicant_id", "decision_seq", "letter_id", "correction_id")
"""Columns that never change, by which a row belongs to a case; the first that a table has counts."""

_FOUND = {
    "applicant_id": ("application", "applicant_id", "id"),
    "decision_seq": ("decision", "seq", "application_id"),
    "letter_id": ("letter", "id", "application_id"),
    "correction_id": ("correction", "id", "application_id"),
}
"""Where the values of such a column stand: table, column, and the column that names the case."""


class Part(NamedTuple):
    """Rows of some tables: those whose column has one of the values; without a column, all."""

    column: str
    values: tuple[Key, ...]
    tables: tuple[str, ...]


def parts(session: Session, found: Images, read: Iterable[str], taken: Iterable[int] = ()) -> list[Part]:
    """What an act rests on that left these images, read these tables and took these cases up."""
    added = {table: found[table]["added"] for table in MONEY if "added" in found.get(table, ())}
    cases = {*taken, *_of_images(found.get("application", {})), *_named(session, added)}
    whole: tuple[str, ...] = ()
    if len(cases) > MANY and not added:
        cases, whole = set(), WHOLE
    tables = images.of(session.connection())
    left_out = {*UNRESTED, *_all_changed(found, cases)}
    belonging: dict[tuple[str, str], list[str]] = {}
    for name in sorted((tables.keys() & set(read)) - left_out):
        belonging.setdefault(("", "") if name in whole else _belongs(tables[name]), []).append(name)
    values = _values(session, tuple(sorted(cases)), {of for _, of in belonging})
    counters = _counters(session, found)
    return [
        Part(column, values[of], tuple(names)) for (column, of), names in belonging.items() if not of or cases
    ] + [Part("key", keys, ("cap_use",)) for keys in counters]


def seen_by_index(rested: Sequence[Part]) -> list[str]:
    """Tables of which an act may have read other rows than it rests on, where an index misses some: it looks
    for them by another column than that by which they are hashed here. All of these are small."""
    return [name for part in rested for name in part.tables if not part.column or name in WHOLE]


def _counters(session: Session, found: Images) -> list[tuple[Key, ...]]:
    """The counters of caps of the decisions that were made, but for those that the act moved; none, or one
    tuple of all."""
    if "added" not in found.get("decision", ()):
        return []
    first, last, _ = found["decision"]["added"]
    made = select(col(Decision.cap_keys)).where(col(Decision.seq).between(first, last))
    keys = {key for said in session.execute(made).scalars() for key in said.split("\n") if key}
    keys -= {key for key, _, _ in found.get("cap_use", {}).get("changed", ())}
    return [tuple(sorted(keys))] if keys else []


def _all_changed(found: Images, cases: set[int]) -> Iterator[str]:
    """The cases' own table, where all of them changed: what each was before is in its image."""
    changed = {key for key, _, _ in found.get("application", {}).get("changed", ())}
    if cases and cases <= changed:
        yield "application"


def _of_images(done: Mapping[str, Any]) -> Iterator[int]:
    """The numbers of the rows of a table that were changed or came."""
    yield from (key for key, _, _ in done.get("changed", ()))
    if "added" in done:
        first, last, _ = done["added"]
        yield from range(first, last + 1)


def _named(session: Session, added: Mapping[str, Sequence[Any]]) -> set[int]:
    """The cases that new rows of money are about."""
    connection, asked = session.connection(), sorted(added.keys() - {"approval"})
    if not asked:
        return set()
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    tables = images.of(connection)
    sql = " UNION ".join(
        f"SELECT application_id FROM {table} WHERE {tables[table].key_sql()} BETWEEN {mark} AND {mark}"
        for table in asked
    )
    bounds = tuple(number for table in asked for number in added[table][:2])
    return {case for (case,) in connection.exec_driver_sql(sql, bounds) if case is not None}


def _belongs(table: Imaged) -> tuple[str, str]:
    """The column by which a table's rows belong to a case, and of what in `_OF` it has the values."""
    if table.name in ("application", "applicant"):
        return "id", f"{table.name}_id"
    column = next((each for each in _OF if each in table.columns), "")
    return column, column


def _values(session: Session, cases: tuple[int, ...], wanted: Collection[str]) -> dict[str, tuple[int, ...]]:
    """The numbers that these cases have in each wanted column."""
    found: dict[str, set[int]] = {of: set() for of in wanted}
    connection, asked = session.connection(), sorted(_FOUND.keys() & wanted)
    if cases and asked:
        condition, value = images.among(connection, cases)
        sql = " UNION ALL ".join(
            f"SELECT '{of}', {column} FROM {table} WHERE {case} {condition}"
            for of, (table, column, case) in ((of, _FOUND[of]) for of in asked)
        )
        for of, number in connection.exec_driver_sql(sql, (value,) * len(asked)):
            found[of].add(number)
    return {of: tuple(sorted(numbers)) for of, numbers in found.items()} | {"application_id": cases, "": ()}


Rests = list[tuple[str, tuple[Key, ...], dict[str, str]]]


def taken(session: Session, rested: Sequence[Part], secret: bytes) -> Rests:
    """The hashes over these rows, as they stand in the log's entry: for each part its column, its values, and
    of each table the hash; "" of none."""
    tables = images.of(session.connection())
    digests: dict[tuple[int, str], dict[Key, bytes]] = {}
    wanted = [
        (place, name, part.column, part.values) for place, part in enumerate(rested) for name in part.tables
    ]
    for place, name, key, image in images.read_together(session.connection(), wanted):
        digests.setdefault((place, name), {})[key] = tables[name].digests(secret, [image])[0]
    return [
        (part.column, part.values, {name: _over(digests.get((place, name), {})) for name in part.tables})
        for place, part in enumerate(rested)
    ]


def _over(digests: Mapping[Key, bytes]) -> str:
    return hashed(b"".join(digests[key] for key in sorted(digests)))


def hashed(digests: bytes) -> str:
    """One hash over rows' digests in the order of their keys, at the length that a row's digest has."""
    return over([digests])[: 2 * images.DIGEST] if digests else ""
