"""What is kept for ever can't be changed or deleted, by any way SQL offers, in any column."""

import pytest
from sqlalchemy.exc import DatabaseError

from models import guards, metadata
from models.guards import Frozen
from tests.models.filler import CONDITIONS, Filler, changed


def _key(table: str) -> str:
    return next(iter(metadata.tables[table].primary_key)).name


@pytest.mark.parametrize("table", guards.KEPT)
def test_kept_rows_stay_as_written(fill: Filler, table: str) -> None:
    row = fill(table)
    key = _key(table)
    for column in metadata.tables[table].columns:
        change = changed(table, column.name, row.get(column.name))
        with pytest.raises(DatabaseError, match=f"kept for ever: {table}_kept"):
            fill.connection.exec_driver_sql(f'UPDATE "{table}" SET "{column.name}" = {change}')
    with pytest.raises(DatabaseError, match=f"kept for ever: {table}_undeleted"):
        fill.connection.exec_driver_sql(f'DELETE FROM "{table}"')
    with pytest.raises(DatabaseError, match="kept for ever"):
        columns = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" for _ in row)
        sql = f'INSERT OR REPLACE INTO "{table}" ({columns}) VALUES ({marks})'
        fill.connection.exec_driver_sql(sql, tuple(row.values()))
    with pytest.raises(DatabaseError, match="kept for ever"):
        again = f'INSERT INTO "{table}" SELECT * FROM "{table}" WHERE true'
        fill.connection.exec_driver_sql(f'{again} ON CONFLICT DO UPDATE SET "{key}" = "{key}"')


@pytest.mark.parametrize("table", guards.UNDELETED)
def test_rows_that_change_are_still_never_deleted(fill: Filler, table: str) -> None:
    row = fill(table)
    with pytest.raises(DatabaseError, match=f"kept for ever: {table}_undeleted"):
        fill.connection.exec_driver_sql(f'DELETE FROM "{table}"')
    with pytest.raises(DatabaseError, match="kept for ever"):
        columns = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" for _ in row)
        sql = f'REPLACE INTO "{table}" ({columns}) VALUES ({marks})'
        fill.connection.exec_driver_sql(sql, tuple(row.values()))


@pytest.mark.parametrize("frozen", guards.FROZEN, ids=lambda each: f"{each.table}-{each.name}")
def test_frozen_columns_never_change(fill: Filler, frozen: Frozen) -> None:
    row = fill(frozen.table, **CONDITIONS.get((frozen.table, frozen.name), {}))
    for column in frozen.columns:
        change = changed(frozen.table, column, row.get(column))
        with pytest.raises(DatabaseError, match="kept for ever"):
            fill.connection.exec_driver_sql(f'UPDATE "{frozen.table}" SET "{column}" = {change}')
        fill.connection.exec_driver_sql(f'UPDATE "{frozen.table}" SET "{column}" = "{column}"')


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("letter", "voided_at = '2026-05-21T00:00:00.000000Z', void_reason = 'x'"),
        ("voucher", "state = 'in_use', used_fen = 1"),
        ("pack", "state = 'confirmed', confirmed_at = '2026-05-21T00:00:00.000000Z'"),
        ("supplement", "state = 'confirmed', confirmed_at = '2026-05-21T00:00:00.000000Z'"),
        ("budget", "reserved_fen = 5"),
        ("application", "state = 'accepted'"),
        ("person", "locked = 1"),
    ],
)
def test_what_may_change_does(fill: Filler, table: str, change: str) -> None:
    fill(table)
    assert fill.connection.exec_driver_sql(f'UPDATE "{table}" SET {change}').rowcount == 1
