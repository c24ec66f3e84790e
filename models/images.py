"""The image of a row: all that stands in it, in one canonical form, the same on both engines.

A row's image is the JSON list of its values in the order of its columns' names, bytes by their SHA-256. The
log holds digests of images (`casework.core.row_images`). Which tables there are and what is in them is asked
of the database itself, so that nothing is left out for want of a line here: a new table or column is imaged
as soon as it is there.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

LEFT_OUT = {
    "log_entry": "the chain of hashes is over every cell of it",
    "log_head": "the end of the chain, compared with its last entry",
    "alembic_version": "compared with the schema that this program makes",
}
"""The tables without images, and why nobody is misled by one of their cells."""

OPEN = frozenset(
    {
        "appropriation",
        "approval",
        "budget",
        "cap_entry",
        "decision",
        "ledger_entry",
        "letter",
        "period",
        "publicity_item",
        "voucher",
    }
)
"""The tables whose digests anybody can calculate who has the row, so that money and decisions can be proved
without the office's secret. All others are keyed with it: what a person's phone, account or password could
be guessed to be can't be tried on the log."""

DIGEST = 16
"""Bytes of a row's digest, as of a personal number in the log (`casework.core.log.keyed`)."""

SHA256 = "image_sha256"
"""What SQLite's connections call the SHA-256 of bytes, in hexadecimal."""

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

Key = int | str
Execute = Callable[[str], Iterable[Sequence[Any]]]


class Imaged(NamedTuple):
    """A table that is imaged: its columns by name, those that hold bytes, those of its key, and whether the
    key is a whole number that grows."""

    name: str
    columns: tuple[str, ...]
    raw: frozenset[str]
    key: tuple[str, ...]
    counted: bool

    def key_sql(self, of: str = "") -> str:
        """The key as one value; `of` goes before each column (`OLD.`)."""
        return " || '/' || ".join(f'{of}"{column}"' for column in self.key)

    def sqlite(self, of: str = "") -> str:
        """The image as SQLite writes it itself, at a quarter of what Python takes."""
        values = (
            f'{SHA256}({of}"{column}")' if column in self.raw else f'{of}"{column}"'
            for column in self.columns
        )
        return f"CAST(json_array({', '.join(values)}) AS BLOB)"

    def written(self, values: Iterable[Any]) -> bytes:
        """The same from a row's values, in the order of `columns`."""
        return _ENCODE([sha256(value) if isinstance(value, bytes) else value for value in values]).encode()

    def of_json(self, row: Mapping[str, Any]) -> tuple[Key, bytes]:
        """Key and image of a row that came through PostgreSQL's JSON, which writes bytes in hexadecimal."""
        parts = [row[column] for column in self.key]
        key = parts[0] if len(parts) == 1 else "/".join(map(str, parts))
        values = (
            bytes.fromhex(row[column][2:]) if column in self.raw and row[column] is not None else row[column]
            for column in self.columns
        )
        return key, self.written(values)

    def digests(self, secret: bytes, images: Iterable[bytes]) -> list[bytes]:
        """The digest of each image: half a SHA-256 over it, behind the secret unless the table is open.

        Half of it can't be gone on from, so that what needs HMAC for a whole one is safe here, at a third of
        the time.
        """
        key, hashed = b"" if self.name in OPEN else secret, hashlib.sha256
        return [hashed(key + image).digest()[:DIGEST] for image in images]


def sha256(body: bytes | None) -> str | None:
    """Bytes as they stand in an image."""
    return None if body is None else hashlib.sha256(body).hexdigest()


_SQLITE = (
    "SELECT m.name, c.name, c.type, c.pk FROM main.sqlite_master m JOIN pragma_table_info(m.name, 'main') c "
    "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY m.name, c.name"
)
_SERVER = (
    "SELECT t.relname, a.attname, upper(format_type(a.atttypid, NULL)), "
    "coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0) FROM pg_class t "
    "JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped "
    "LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary "
    "WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace"
)


def imaged(execute: Execute, dialect: str) -> dict[str, Imaged]:
    """The tables that stand in the database, by name; one without a key is none of ours, which is told of the
    schema."""
    columns: dict[str, list[tuple[str, str, int]]] = {}
    for table, column, kind, place in execute(_SQLITE if dialect == "sqlite" else _SERVER):
        if table not in LEFT_OUT:
            columns.setdefault(table, []).append((column, kind, place))
    found = (_imaged(table, sorted(columns[table])) for table in sorted(columns))
    return {table.name: table for table in found if table.key}


def _imaged(table: str, columns: list[tuple[str, str, int]]) -> Imaged:
    keys = [(column, kind) for _, column, kind in sorted((p, c, k) for c, k, p in columns if p > 0)]
    return Imaged(
        table,
        tuple(column for column, _, _ in columns),
        frozenset(column for column, kind, _ in columns if kind in ("BLOB", "BYTEA")),
        tuple(column for column, _ in keys),
        [kind for _, kind in keys] in (["INTEGER"], ["BIGINT"]),
    )


def of(connection: Connection) -> dict[str, Imaged]:
    """The same over a connection, which remembers it; after a change of the schema it is to `forget`."""
    found: dict[str, Imaged] | None = connection.info.get("imaged")
    if found is None:
        found = imaged(connection.exec_driver_sql, connection.dialect.name)
        connection.info["imaged"] = found
    return found


def forget(connection: Connection) -> None:
    """Have the tables looked for again."""
    connection.info.pop("imaged", None)


def watch_sqlite(connection: Any) -> None:
    """Have a writing connection (of the DBAPI) keep the image that each row had before it was first touched
    in a transaction: changed or deleted, or, where the key is no whole number, inserted.

    Rows under whole numbers are known to be new by their number, so that inserting many costs no trigger.
    The triggers are the connection's own (TEMP): they see every statement, and nobody else's file has them.
    """
    statements = [
        "PRAGMA temp_store=MEMORY",
        "CREATE TEMP TABLE touched (name TEXT, key, image BLOB, PRIMARY KEY (name, key)) WITHOUT ROWID",
    ]
    for table in imaged(lambda sql: connection.execute(sql).fetchall(), "sqlite").values():
        for on in ("UPDATE", "DELETE") if table.counted else ("UPDATE", "DELETE", "INSERT"):
            statements.append(_watch(table, on))
    # as a script: one by one they would fill the driver's store of prepared statements, which lets go of the
    # youngest of those that were used once, so that none of an act's would be kept
    connection.executescript(";\n".join(statements))


def _watch(table: Imaged, on: str) -> str:
    row, image = ("NEW.", "NULL") if on == "INSERT" else ("OLD.", table.sqlite("OLD."))
    key = table.key_sql(row)
    return (
        f'CREATE TEMP TRIGGER touched_{table.name}_{on.lower()} AFTER {on} ON main."{table.name}" '
        f"WHEN NOT EXISTS (SELECT 1 FROM temp.touched WHERE name = '{table.name}' AND key = {key}) "
        f"BEGIN INSERT INTO touched VALUES ('{table.name}', {key}, {image}); END"
    )


TOUCHED_ON_SERVER = (
    "CREATE TEMP TABLE touched (place bigint GENERATED ALWAYS AS IDENTITY, name text NOT NULL, "
    "came boolean NOT NULL, image jsonb NOT NULL) ON COMMIT DELETE ROWS"
)
"""The same on a server: rows as they were before a statement, or, where `came`, as it inserted them."""


def touched(connection: Connection) -> dict[str, dict[Key, bytes | None]]:
    """The rows that this transaction has touched: by table and key, the image from before; None: new."""
    found: dict[str, dict[Key, bytes | None]] = {}
    if connection.dialect.name == "sqlite":
        for name, key, image in connection.exec_driver_sql("SELECT name, key, image FROM temp.touched"):
            found.setdefault(name, {})[key] = image
        return found
    tables = of(connection)
    stored = connection.exec_driver_sql("SELECT name, came, image FROM pg_temp.touched ORDER BY place")
    for name, came, row in stored:
        key, image = tables[name].of_json(row)
        found.setdefault(name, {}).setdefault(key, None if came else image)
    return found


def untouched(connection: Connection) -> None:
    """Begin anew; on a server a transaction begins so by itself, but not one of several within another."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DELETE FROM temp.touched")
    elif connection.in_nested_transaction():
        connection.exec_driver_sql("DELETE FROM pg_temp.touched")


def among(connection: Connection, values: Sequence[Key]) -> tuple[str, Any]:
    """The condition that something is one of the values, in one word however many they are, and the value to
    bind to it."""
    if connection.dialect.name == "sqlite":
        return "IN (SELECT value FROM json_each(?))", json.dumps(values)
    return "= ANY(%s)", list(values)


def read_together(
    connection: Connection, wanted: Sequence[tuple[int, str, str, tuple[Key, ...]]]
) -> list[tuple[int, str, Key, bytes]]:
    """Rows of several tables in one statement.

    Args:
        wanted: of each table a number of one's own, its name, and the column that must have one of the
            values; without a column all rows.
    """
    tables, is_sqlite = of(connection), connection.dialect.name == "sqlite"
    selects, given = [], []
    for place, name, column, values in wanted:
        table = tables[name]
        row = f"{table.key_sql()}, {table.sqlite()}" if is_sqlite else "NULL, pg_catalog.to_jsonb(t)"
        which = ""
        if column:
            condition, value = among(connection, values)
            which = f' WHERE "{column}" {condition}'
            given.append(value)
        selects.append(f"SELECT {place:d}, '{name}', {row} FROM \"{name}\" t{which}")
    found = connection.exec_driver_sql(" UNION ALL ".join(selects), tuple(given))
    if is_sqlite:
        return [tuple(row) for row in found]
    return [(place, name, *tables[name].of_json(row)) for place, name, _, row in found]
