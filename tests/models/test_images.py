"""The image of a row is the same on both engines, and no table is without one for want of a line."""

import json
from pathlib import Path

import pytest

from models import engine, images, metadata, postgresql
from tests.models import empty_office
from tests.models.filler import Filler
from tests.models.server import server

__all__ = ["server"]

ODD = "".join(map(chr, range(1, 0x300))) + "'\"\\/\u2028\ufeff\U0001f600 [1] null %s %%"


def test_every_table_is_imaged_or_left_out_with_a_reason(tmp_path: Path) -> None:
    with empty_office.create(tmp_path / "office").read() as session:
        tables = images.of(session.connection())
    assert tables.keys() == metadata.tables.keys() - images.LEFT_OUT.keys()
    for name, table in tables.items():
        assert table.columns == tuple(sorted(column.name for column in metadata.tables[name].columns))
        assert set(table.key) == {column.name for column in metadata.tables[name].primary_key}
    assert {name for name, table in tables.items() if not table.counted} == {
        "cap_use",
        "content",
        "number_series",
        "policy",
        "request",
    }
    assert all(len(reason) > 20 for reason in images.LEFT_OUT.values())
    assert tables.keys() >= images.OPEN


def test_sqlite_writes_what_python_would(tmp_path: Path) -> None:
    with empty_office.create(tmp_path / "office").write() as session:
        fill = Filler(session.connection())
        fill("provider", name=ODD, code='["a",1]')
        fill("content", body=bytes(range(256)), size=256)
        for name in ("provider", "content"):
            table = images.of(session.connection())[name]
            columns = ", ".join(f'"{column}"' for column in table.columns)
            made = f"SELECT {table.sqlite()}, {columns} FROM {name}"
            image, *values = session.connection().exec_driver_sql(made).one()
            assert image == table.written(values)
            assert json.loads(image)[0] == (values[0] if name == "provider" else images.sha256(values[0]))


@pytest.mark.slow
def test_both_engines_remember_the_same(tmp_path: Path, server: str) -> None:
    """What was touched, before it was touched first, from rows with everything odd in them."""
    found = []
    for where in (tmp_path / "office", server):
        with empty_office.create(where).write() as session:
            connection = session.connection()
            fill = Filler(connection)
            fill("provider", id=7, name=ODD, code=None)
            fill("content", sha256="a" * 64, body=bytes(range(256)), size=256)
            fill("number_series", series="s", year=2026, last=1)
            assert connection.exec_driver_sql("UPDATE provider SET code = 'x'").rowcount == 1
            connection.exec_driver_sql("UPDATE provider SET code = 'y'")
            connection.exec_driver_sql("UPDATE number_series SET last = 2")
            found.append(images.touched(connection))
    assert found[0] == found[1]
    assert found[0]["content"] == {"a" * 64: None}
    assert found[0]["number_series"] == {"s/2026": None}
    assert json.loads(found[0]["provider"][7] or b"") == [None, 7, ODD]


@pytest.mark.slow
def test_a_stranger_on_a_server_changes_no_row(server: str) -> None:
    url = engine.url_of(server)
    assert url is not None
    import psycopg

    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as stranger:
        stranger.execute("INSERT INTO provider (id, name) VALUES (99, 'stranger')")
        with pytest.raises(psycopg.errors.UndefinedTable, match="touched"):
            stranger.execute("UPDATE provider SET code = 'z'")
    postgresql.engine(url, read_only=True).dispose()
