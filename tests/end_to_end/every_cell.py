"""Every cell of an office changed behind the program's back, one at a time: which changes nobody finds.

The cells are those that the database itself says there are. Guards are out of the way meanwhile; each change
is taken back before the next.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Integer
from sqlmodel import Session

from casework.core import log, rows_compared
from casework.core.act import Turn
from casework.core.office import Office
from casework.people import accounts
from models import images, metadata, schema, sqlite
from tests.casework.books import do
from tests.models.filler import Filler, changed

ALONE = {"office", "log_entry", "log_head"}
"""Tables whose rows the office itself has made."""


def furnished(office: Office) -> None:
    """Have one act leave a row in every table."""

    def one_of_each(turn: Turn) -> None:
        fill = Filler(turn.session.connection(), start=1000)
        for table in metadata.tables:
            if table not in fill.made and table not in ALONE:
                fill(table)

    do(office, one_of_each)


def without_guards(connection: Connection) -> None:
    """Nothing stands in the way until the transaction ends."""
    if connection.dialect.name == "sqlite":
        for name in sqlite.trigger_names(connection):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        return
    connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    found = connection.exec_driver_sql(
        "SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'c' "
        "AND connamespace = 'public'::regnamespace"
    )
    for table, name in found.all():
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


def cells(connection: Connection) -> Iterator[tuple[str, str]]:
    """Every column of every table, as the database has them."""
    for table in sorted(
        {*images.imaged(connection.exec_driver_sql, connection.dialect.name), *images.LEFT_OUT}
    ):
        columns = connection.exec_driver_sql(f'SELECT * FROM "{table}" LIMIT 0').keys()
        yield from ((table, column) for column in columns)


def is_found(session: Session, table: str) -> bool:
    """Whether what verify compares shows a change of this table."""
    if table in {name for name, _, _ in rows_compared.compare(session).differ}:
        return True
    if table == "alembic_version":
        return "step" in schema.differing(session.connection())
    if table not in ("log_entry", "log_head"):
        return False
    try:
        return log.verify(session).fault_seq is not None
    except ValueError:  # a head that names no algorithm: what can't be checked does not hold
        return True


def unfound(office: Office) -> list[tuple[str, str]]:
    """The (table, column) whose change nobody finds."""
    lost: list[tuple[str, str]] = []
    with office.store.writer.connect() as connection, connection.begin() as whole:
        without_guards(connection)
        with Session(connection) as session:
            for table, column in list(cells(connection)):
                connection.exec_driver_sql("SAVEPOINT cell")
                change_last(connection, table, column)
                if not is_found(session, table):
                    lost.append((table, column))
                connection.exec_driver_sql("ROLLBACK TO SAVEPOINT cell")
        whole.rollback()
    return lost


def change_last(connection: Connection, table: str, column: str) -> None:
    """Another value of the same kind in the table's last row."""
    if table == "alembic_version":
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
        return
    key = next(iter(metadata.tables[table].primary_key)).name
    row = f'"{key}" = (SELECT max("{key}") FROM "{table}")'
    stored = connection.exec_driver_sql(f'SELECT "{column}" FROM "{table}" WHERE {row}').scalar()
    change = changed(table, column, _plain(stored))
    if str(stored) == change.strip("'"):
        change = change.replace("2031", "2032").replace("ffff", "eeee")
    if connection.dialect.name != "sqlite":
        change = change.replace("x'00'", "'\\x00'")
    assert connection.exec_driver_sql(f'UPDATE "{table}" SET "{column}" = {change} WHERE {row}').rowcount == 1


def _plain(stored: Any) -> Any:
    return bytes(stored) if isinstance(stored, memoryview) else stored


def missing_or_more(office: Office) -> list[tuple[str, str]]:
    """The tables of which nobody finds that a row is gone, or that there is one more."""
    lost: list[tuple[str, str]] = []
    with office.store.writer.connect() as connection, connection.begin() as whole:
        without_guards(connection)
        with Session(connection) as session:
            for name, table in images.of(connection).items():
                for what, sql in (
                    ("gone", _deleted(name, table.key[0])),
                    ("more", _copied(name, table.key[0])),
                ):
                    connection.exec_driver_sql("SAVEPOINT cell")
                    if name != "office" and connection.exec_driver_sql(sql).rowcount != 1:
                        raise AssertionError(sql)
                    if name != "office" and not is_found(session, name):
                        lost.append((name, what))
                    connection.exec_driver_sql("ROLLBACK TO SAVEPOINT cell")
        whole.rollback()
    return lost


def _deleted(table: str, key: str) -> str:
    return f'DELETE FROM "{table}" WHERE "{key}" = (SELECT max("{key}") FROM "{table}")'


def _copied(table: str, key: str) -> str:
    """One row more, unlike the last in all that must be unlike."""
    alike = [column.name for column in metadata.tables[table].columns]
    unique = {
        column.name
        for index in (*metadata.tables[table].indexes, *metadata.tables[table].constraints)
        if getattr(index, "unique", False) or type(index).__name__ == "UniqueConstraint"
        for column in index.columns  # type: ignore[attr-defined]
    } | {key}
    values = ", ".join(_other(table, name) if name in unique else f'"{name}"' for name in alike)
    columns = ", ".join(f'"{name}"' for name in alike)
    row = f'"{key}" = (SELECT max("{key}") FROM "{table}")'
    return f'INSERT INTO "{table}" ({columns}) SELECT {values} FROM "{table}" WHERE {row}'


def _other(table: str, column: str) -> str:
    whole = isinstance(metadata.tables[table].columns[column].type, Integer)
    return f'"{column}" + 1' if whole else f"""substr("{column}", 2) || 'z'"""


def made(where: str | Path) -> Office:
    """An office with a row in every table."""
    office = Office.create(where)
    accounts.found(office, accounts.DEMO_PEOPLE, "demo")
    furnished(office)
    return office
