"""PostgreSQL: what can be seen without a server, and the same tables and triggers on a real one."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.dialects import postgresql as dialect
from sqlalchemy.exc import DatabaseError
from sqlalchemy.schema import CreateTable

from models import engine, guards, metadata, migrate, postgresql
from models.faults import OfficeFault
from tests.models import empty_office
from tests.models.filler import CONDITIONS, Filler, changed
from tests.models.server import server

__all__ = ["server"]

DIALECT: Any = dialect.dialect


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_every_table_can_be_said_there(table: str) -> None:
    ddl = str(CreateTable(metadata.tables[table]).compile(dialect=DIALECT()))
    assert "STRICT" not in ddl
    assert "INTEGER" not in ddl  # four bytes: too few for money and for numbers that run for years


def test_the_guards_are_the_same_ones() -> None:
    names = [name for name, _ in postgresql.triggers()]
    kept = len(guards.KEPT) + len((*guards.KEPT, *guards.UNDELETED)) + len(guards.FROZEN)
    remembered = [name for name in names if name.endswith("_remembered")]
    untruncated = [name for name in names if name.endswith("_untruncated")]
    imaged = len(metadata.tables) - 2  # the log's two
    assert len(remembered) == 2 * imaged + 5  # five have no whole number for a key
    assert len(untruncated) == len(metadata.tables)
    assert len(names) == len(set(names)) == kept + len(remembered) + len(untruncated) + 2


@pytest.mark.slow
def test_a_real_server_keeps_the_same_office(server: str) -> None:
    store = empty_office.create(server)
    with store.read() as session:
        connection = session.connection()
        names = postgresql.trigger_names(connection)
        assert names == sorted(name for name, _ in list(postgresql.triggers())[2:])
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        with pytest.raises(DatabaseError, match="read-only"):
            connection.exec_driver_sql("DELETE FROM person")
        session.rollback()
    with pytest.raises(OfficeFault, match=r"office\.exists"):
        empty_office.create(server)
    store.close()


@pytest.mark.slow
def test_a_real_server_keeps_rows_for_ever(server: str) -> None:
    url = engine.url_of(server)
    assert url is not None
    writer = postgresql.engine(url, read_only=False)
    with writer.connect() as connection:
        if not postgresql.tables(connection):
            migrate.run(connection)
        for table in sorted(metadata.tables):
            with connection.begin_nested() as step:
                Filler(connection)(table)
                for sql in (f'DELETE FROM "{table}"', f'TRUNCATE "{table}" CASCADE'):
                    if table not in (*guards.KEPT, *guards.UNDELETED):
                        continue
                    with pytest.raises(DatabaseError, match="kept for ever"), connection.begin_nested():
                        connection.exec_driver_sql(sql)
                if table in guards.KEPT:
                    key = next(iter(metadata.tables[table].primary_key)).name
                    with pytest.raises(DatabaseError, match="kept for ever"), connection.begin_nested():
                        connection.exec_driver_sql(f'UPDATE "{table}" SET "{key}" = "{key}"')
                step.rollback()
        connection.rollback()
    writer.dispose()


@pytest.mark.slow
@pytest.mark.parametrize("frozen", guards.FROZEN, ids=lambda each: f"{each.table}-{each.name}")
def test_a_real_server_freezes_columns(server: str, frozen: guards.Frozen) -> None:
    url = engine.url_of(server)
    assert url is not None
    writer = postgresql.engine(url, read_only=False)
    with writer.connect() as connection:
        if not postgresql.tables(connection):
            migrate.run(connection)
        given = CONDITIONS.get((frozen.table, frozen.name), {})
        row = Filler(connection)(frozen.table, **given)
        for column in frozen.columns:
            change = changed(frozen.table, column, row.get(column)).replace("x'00'", "'\\x00'::bytea")
            with pytest.raises(DatabaseError, match="kept for ever"), connection.begin_nested():
                connection.exec_driver_sql(f'UPDATE "{frozen.table}" SET "{column}" = {change}')
        connection.rollback()
    writer.dispose()
