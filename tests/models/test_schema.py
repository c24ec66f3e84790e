"""What the steps do not make is found in the schema, and keeps everybody from writing."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from models import engine, schema
from models.faults import OfficeFault
from models.upgrade import upgrade
from tests.models import empty_office, schema_as_made
from tests.models.server import server
from tests.offices import kept

__all__ = ["server"]

CHECKED = (
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, "
    "'CHECK (award_fen BETWEEN 0 AND 1000000000000000)', 'CHECK (1)') WHERE name = 'decision'"
)

ROBBED = "AFTER INSERT ON log_entry BEGIN UPDATE bank_account SET holder = 'x'; END"

ON_A_FILE = [
    (
        "CREATE TRIGGER t AFTER INSERT ON log_entry BEGIN UPDATE bank_account SET number = '1'; END",
        "trigger t",
    ),
    ("CREATE VIEW v AS SELECT * FROM person", "view v"),
    ("DROP TRIGGER decision_kept", "trigger decision_kept"),
    (f"PRAGMA writable_schema = ON; CREATE TRIGGER sqlite_stat_x {ROBBED}", "trigger sqlite_stat_x"),
    ("DROP INDEX ix_application_state", "index ix_application_state"),
    ("DROP INDEX uq_pack_confirmed", "index uq_pack_confirmed"),
    ("CREATE UNIQUE INDEX u ON person (full_name)", "index u"),
    ("CREATE TABLE more (x)", "table more"),
    ("ALTER TABLE person ADD COLUMN pin TEXT", "table person"),
    ("DROP TABLE invoice", "table invoice"),
    (CHECKED, "table decision"),
    ("UPDATE alembic_version SET version_num = '0007'", "step"),
    ("INSERT INTO alembic_version VALUES ('0003')", "step 0003"),
]


@contextlib.contextmanager
def reading(store: engine.Store) -> Iterator[Connection]:
    with store.read() as session:
        yield session.connection()


def by_hand(path: Path, sql: str) -> None:
    """Somebody with the file in hand does this."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(sql)
        connection.commit()


@pytest.mark.parametrize(("sql", "name"), ON_A_FILE, ids=[name for _, name in ON_A_FILE])
def test_what_was_done_to_a_file_is_named(tmp_path: Path, sql: str, name: str) -> None:
    store = empty_office.create(tmp_path / "office")
    with reading(store) as connection:
        assert schema.differing(connection) == []
    store.close()
    by_hand(tmp_path / "office", sql)
    store.reader.dispose()
    with reading(store) as connection:
        assert name in schema.differing(connection)
    store.close()


@pytest.mark.parametrize("name", ["new", *kept.FILES])
def test_what_is_kept_of_a_file_is_what_stands_in_it(tmp_path: Path, name: str) -> None:
    """In a new office and in each that was brought up."""
    if name == "new":
        path = tmp_path / "office"
        empty_office.create(path).close()
    else:
        path = kept.unpacked(name, tmp_path)
        upgrade(path)
    assert schema_as_made.lines(path) == schema.KEPT["sqlite"].read_text(encoding="utf-8")


ACTS_NOT = [each for each in ON_A_FILE if not each[1].startswith("step") and each[0] != CHECKED]


@pytest.mark.parametrize(("sql", "name"), ACTS_NOT, ids=[name for _, name in ACTS_NOT])
def test_an_office_with_a_foreign_trigger_is_only_read(tmp_path: Path, sql: str, name: str) -> None:
    """Also where it came while the office was open and had been written to."""
    store = empty_office.create(tmp_path / "office")
    with store.write() as session:
        session.connection().exec_driver_sql("INSERT INTO provider (name) VALUES ('a')")
    by_hand(tmp_path / "office", sql)
    with pytest.raises(OfficeFault, match=r"office\.foreign") as fault, store.write():
        raise AssertionError
    assert name in str(fault.value.params["names"])
    with reading(store) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM provider").scalar() == 1
    store.close()


def test_one_without_a_condition_of_its_own_is_only_read(tmp_path: Path) -> None:
    """Who has it open goes by the definition as it was; whoever opens it is told."""
    empty_office.create(tmp_path / "office").close()
    by_hand(tmp_path / "office", CHECKED)
    store = engine.open_store(tmp_path / "office")
    assert store.only_read is not None and store.only_read.params["names"] == ("table decision",)
    store.close()


def test_what_stands_twice_under_one_name_differs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row before the genuine one does not hide behind it."""
    rows = [("trigger t", "evil"), ("trigger t", "ours")]
    monkeypatch.setattr(schema, "_of_file", lambda connection: iter(rows))
    store = empty_office.create(tmp_path / "office")
    with reading(store) as connection:
        assert schema.standing(connection)["trigger t"] != "ours"
    store.close()


def test_what_analysing_makes_is_no_harm(tmp_path: Path) -> None:
    store = empty_office.create(tmp_path / "office")
    by_hand(tmp_path / "office", "INSERT INTO provider (name) VALUES ('a'); ANALYZE")
    with store.write() as session:
        assert schema.differing(session.connection()) == []
    store.close()


def test_where_another_program_brought_it_up_meanwhile_that_is_said(tmp_path: Path) -> None:
    store = empty_office.create(tmp_path / "office")
    by_hand(tmp_path / "office", "CREATE TABLE more (x); UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(OfficeFault, match=r"office\.newer"), store.write():
        raise AssertionError
    store.close()


ON_A_SERVER = [
    (
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$; "
        "CREATE TRIGGER t AFTER INSERT ON log_entry FOR EACH ROW EXECUTE FUNCTION f()",
        "trigger log_entry.t",
    ),
    ("ALTER TABLE decision DISABLE TRIGGER decision_kept", "trigger decision.decision_kept"),
    (
        "CREATE OR REPLACE FUNCTION kept_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RETURN NEW; END $$",
        "function kept_for_ever ",
    ),
    ("CREATE VIEW v AS SELECT * FROM person", "view v"),
    ("CREATE RULE r AS ON INSERT TO log_entry DO ALSO DELETE FROM finding", "rule log_entry.r"),
    ("CREATE FUNCTION length(varchar) RETURNS int LANGUAGE sql AS 'SELECT 64'", "function length "),
    ("CREATE POLICY p ON decision", "policy decision.p"),
    ("ALTER TABLE decision ENABLE ROW LEVEL SECURITY", "relation decision"),
    (
        "ALTER TABLE decision DROP CONSTRAINT ck_decision_awarded",
        "constraint decision.ck_decision_awarded",
    ),
    ("ALTER TABLE voucher DISABLE TRIGGER ALL", "trigger voucher.voucher_undeleted"),
    ("DROP INDEX uq_pack_confirmed", "index uq_pack_confirmed"),
    ("ALTER TABLE person ALTER full_name DROP NOT NULL", "column person.full_name"),
    ("ALTER TABLE voucher ALTER used_fen SET DEFAULT 1", "column voucher.used_fen"),
    ("CREATE TABLE more (x int)", "relation more"),
    ("CREATE TABLE more () INHERITS (provider)", "relation provider"),
    ("ALTER SEQUENCE provider_id_seq MINVALUE -9 INCREMENT -1", "sequence provider_id_seq"),
    ("INSERT INTO alembic_version VALUES ('0003')", "step 0003"),
]


@pytest.mark.slow
def test_what_was_done_to_a_server_is_named(server: str) -> None:
    url = engine.url_of(server)
    assert url is not None
    kept.emptied(server)
    store = empty_office.create(server)
    for sql, name in ON_A_SERVER:
        with store.write(), store.writer.connect() as stranger:
            assert schema.differing(stranger) == []
            stranger.exec_driver_sql(sql)
            found = schema.differing(stranger)
            assert any(each.startswith(name) for each in found), (sql, found)
            assert schema.foreign(stranger) == found, sql
            stranger.rollback()
    with store.writer.begin() as stranger:
        stranger.exec_driver_sql(ON_A_SERVER[3][0])
    with pytest.raises(OfficeFault, match=r"office\.foreign"), store.write():
        raise AssertionError
    with store.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM provider").scalar() == 0
    store.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["new", *kept.DUMPS])
def test_what_is_kept_of_a_server_is_what_it_says(server: str, name: str) -> None:
    """Of a new office, of one brought up, and of both after a dump has been read in."""
    if name == "new":
        kept.emptied(server)
        empty_office.create(server).close()
    else:
        kept.load(name, server)
        upgrade(server, without_copy=True)
    wanted = schema.KEPT["postgresql"].read_text(encoding="utf-8")
    assert schema_as_made.lines(server) == wanted
    kept.dumped_and_loaded(server)
    assert schema_as_made.lines(server) == wanted
