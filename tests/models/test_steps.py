"""Steps of the schema on offices that people worked in: every row stays, old and new offices are alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from models import engine, migrate, postgresql, sqlite
from models.upgrade import upgrade
from tests.models import empty_office
from tests.models.server import server
from tests.offices import kept

__all__ = ["server"]

RENAMED = {
    "0002": {(table, "pack_id"): "scheme" for table in ("application", "round", "pack")},
}
"""What each step calls otherwise: (table, column) → its new name."""

Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]
OLDER_FILES = [name for name in kept.FILES if kept.schema(name) != migrate.NEWEST]
OLDER_DUMPS = [name for name in kept.DUMPS if kept.schema(name) != migrate.NEWEST]


@contextmanager
def connected(where: Path | str) -> Iterator[Connection]:
    """A reading connection to an office of any schema."""
    url = engine.url_of(where)
    opened = postgresql.engine(url, read_only=True) if url else sqlite.engine(Path(where), read_only=True)
    with opened.connect() as connection:
        yield connection
    opened.dispose()


def tables(connection: Connection) -> list[str]:
    return sorted(set(postgresql.tables(connection)) - {"alembic_version"})


def rows_of(where: Path | str) -> Rows:
    """Every table: its columns in their order, and its rows in the order of their values."""
    found: Rows = {}
    with connected(where) as connection:
        for table in tables(connection):
            result = connection.exec_driver_sql(f'SELECT * FROM "{table}"')
            found[table] = list(result.keys()), sorted(map(tuple, result), key=repr)
    return found


def wanted(before: Rows, made: str) -> Rows:
    """The same rows as they must be after the steps that came since."""
    steps = [step for step in migrate.KNOWN if step > made]
    names = {old: new for step in steps for old, new in RENAMED.get(step, {}).items()}
    return {
        table: ([names.get((table, column), column) for column in columns], rows)
        for table, (columns, rows) in before.items()
    }


def without_added(after: Rows, expected: Rows) -> Rows:
    """The rows without the columns that steps have added: those hold nothing yet."""
    found: Rows = {}
    for table, (columns, rows) in after.items():
        kept = [at for at, column in enumerate(columns) if column in expected[table][0]]
        assert {row[at] for row in rows for at in range(len(columns)) if at not in kept} <= {None}, table
        found[table] = (
            [columns[at] for at in kept],
            sorted([tuple(row[at] for at in kept) for row in rows], key=repr),
        )
    return found


def all_there(before: Rows, after: Rows, made: str) -> None:
    """Nothing is lost or changed but what bringing it up itself writes."""
    expected = wanted(before, made)
    columns, rows = expected["office"]
    at = columns.index("schema_no")
    expected["office"] = columns, [(*row[:at], int(migrate.NEWEST), *row[at + 1 :]) for row in rows]
    assert sum(len(rows) for _, rows in before.values()) > 300
    assert all(rows == [] for table, (_, rows) in after.items() if table not in expected)
    after = {table: found for table, found in after.items() if table in expected}
    assert after.keys() == expected.keys()
    found = without_added(after, expected)
    for table in expected:
        assert found[table] == expected[table], table


@pytest.mark.parametrize("name", OLDER_FILES)
def test_every_row_of_a_file_is_there_afterwards(tmp_path: Path, name: str) -> None:
    path = kept.unpacked(name, tmp_path)
    before = rows_of(path)
    upgrade(path)
    all_there(before, rows_of(path), kept.schema(name))


@pytest.mark.parametrize("name", OLDER_FILES)
def test_a_file_brought_up_has_the_schema_of_a_new_one(tmp_path: Path, name: str) -> None:
    path = kept.unpacked(name, tmp_path)
    upgrade(path)
    empty_office.create(tmp_path / "new.office").close()
    schemas = []
    for where in (path, tmp_path / "new.office"):
        with connected(where) as connection:
            sql = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
            schemas.append([tuple(row) for row in connection.exec_driver_sql(sql)])
    assert schemas[0] == schemas[1]


@pytest.mark.slow
@pytest.mark.parametrize("name", OLDER_DUMPS)
def test_every_row_on_a_server_is_there_afterwards(server: str, name: str) -> None:
    kept.load(name, server)
    before = rows_of(server)
    upgrade(server, without_copy=True)
    all_there(before, rows_of(server), kept.schema(name))


TRIGGERS = (
    "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger "
    "WHERE NOT tgisinternal ORDER BY 1, 2",
)
TABLES = (
    "SELECT table_name, column_name, ordinal_position, is_nullable, data_type, column_default "
    "FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 3",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    "SELECT sequencename, data_type::text FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1",
)


def told(url: str, queries: tuple[str, ...]) -> list[list[tuple[Any, ...]]]:
    """What the server says of its schema."""
    with connected(url) as connection:
        found = [[tuple(row) for row in connection.exec_driver_sql(sql)] for sql in queries]
    assert all(found)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", OLDER_DUMPS)
def test_one_on_a_server_has_the_schema_of_a_new_one(server: str, name: str) -> None:
    """Both go through a dump, which writes a condition otherwise, a step's too. Triggers are made anew."""
    kept.load(name, server)
    upgrade(server, without_copy=True)
    triggers = told(server, TRIGGERS)
    kept.dumped_and_loaded(server)
    standing = told(server, TABLES)
    kept.emptied(server)
    empty_office.create(server).close()
    assert triggers == told(server, TRIGGERS)
    kept.dumped_and_loaded(server)
    assert standing == told(server, TABLES)
