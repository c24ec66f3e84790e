"""Nothing stands in an office's database beside it but what the server brings along."""

from collections.abc import Iterator

import pytest
from sqlalchemy import make_url

from models import engine, schema, schema_on_server
from models.faults import OfficeFault
from tests.models import empty_office
from tests.models.server import server
from tests.offices import kept

__all__ = ["server"]

SAME = (
    "CREATE FUNCTION public.same(varchar, varchar) RETURNS boolean LANGUAGE plpgsql AS "
    "$$ BEGIN RETURN true; END $$; "
)
EQUALS = (
    "CREATE SCHEMA x; CREATE FUNCTION x.same(varchar, varchar) RETURNS boolean LANGUAGE plpgsql AS "
    "$$ BEGIN RETURN true; END $$; "
    "CREATE OPERATOR public.= (leftarg = varchar, rightarg = varchar, function = x.same)"
)
BY_AN_OWNER = [
    (EQUALS, "operator public.=(character varying,character varying)"),
    ("CREATE SCHEMA x", "schema x"),
    ("CREATE SCHEMA x; CREATE TABLE x.person (id bigint)", "table x.person"),
    ("CREATE DOMAIN name AS varchar", "type public.name"),
    ("CREATE TYPE two AS (a int, b int)", "type public.two"),
    ("CREATE TYPE state AS ENUM ('a')", "type public.state"),
    ("CREATE COLLATION other FROM \"C\"", "collation public.other"),
    (
        "CREATE CONVERSION c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
        "conversion public.c",
    ),
    ("CREATE TEXT SEARCH CONFIGURATION c (COPY = simple)", "text search configuration public.c"),
    ("CREATE AGGREGATE max(varchar) (sfunc = textcat, stype = text)", "function max "),
    (
        "CREATE TYPE a AS ENUM ('a'); CREATE FUNCTION f(a) RETURNS bigint LANGUAGE sql AS 'SELECT 1'; "
        "CREATE CAST (a AS bigint) WITH FUNCTION f(a)",
        "cast ",
    ),
]  # fmt: skip
"""What the owner of the database can put into it who is not the server's administrator."""
TO_JSON = (
    "CREATE FUNCTION to_jsonb(bank_account) RETURNS jsonb LANGUAGE sql AS $$ SELECT NULL::jsonb $$; "
    "ALTER EXTENSION plpgsql ADD FUNCTION to_jsonb(bank_account)"
)
BY_AN_ADMINISTRATOR = [
    (TO_JSON, "function to_jsonb public.bank_account"),
    (
        "CREATE VIEW v AS SELECT * FROM person; ALTER EXTENSION plpgsql ADD VIEW v",
        "view v",
    ),
    (
        "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$; "
        "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f(); "
        "ALTER EXTENSION plpgsql ADD EVENT TRIGGER e",
        "event trigger e",
    ),
    (SAME + "CREATE OPERATOR pg_catalog.= (leftarg = varchar, rightarg = varchar, function = public.same)",
     "operator pg_catalog.=(character varying,character varying)"),
    ("CREATE FUNCTION pg_catalog.lower(varchar) RETURNS text LANGUAGE sql AS 'SELECT NULL::text'",
     "function pg_catalog.lower(character varying)"),
    ("CREATE OR REPLACE FUNCTION pg_catalog.lower(text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS "
     "$$ BEGIN RETURN NULL; END $$", "function pg_catalog.lower(pg_catalog.text)"),
    ("CREATE FUNCTION f(varchar, varchar) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 0'; "
     "CREATE OPERATOR CLASS o DEFAULT FOR TYPE varchar USING btree AS FUNCTION 1 f(varchar, varchar)",
     "operator class public.o USING btree"),
    ("CREATE CAST (varchar AS bigint) WITH INOUT AS ASSIGNMENT", "cast (character varying AS bigint)"),
    ("CREATE FOREIGN DATA WRAPPER w", "foreign-data wrapper w"),
    ("CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w", "server s"),
    ("CREATE LANGUAGE other HANDLER plpgsql_call_handler", "language other"),
    ("CREATE SUBSCRIPTION s CONNECTION 'dbname=office' PUBLICATION p WITH (connect = false)",
     "subscription s"),
    ("CREATE ACCESS METHOD m TYPE INDEX HANDLER bthandler", "access method m"),
    ("DROP EXTENSION plpgsql CASCADE; CREATE EXTENSION plpgsql", "extension plpgsql"),
]  # fmt: skip


@pytest.fixture(scope="module")
def office(server: str) -> Iterator[engine.Store]:
    """An empty office in a database of somebody who is not the server's administrator."""
    store = engine.open_store(_of_an_owner(server))
    with store.read() as session:
        assert session.connection().exec_driver_sql("SHOW is_superuser").scalar() == "off"
    yield store
    store.close()


def _of_an_owner(server: str) -> str:
    kept.run(
        server, b"CREATE ROLE owner LOGIN PASSWORD 'office-password'; CREATE DATABASE office OWNER owner"
    )
    where = make_url(server).set(username="owner", database="office").render_as_string()
    empty_office.create(where).close()
    return where


@pytest.mark.slow
def test_what_an_owner_puts_beside_the_office_is_named(office: engine.Store) -> None:
    _each_is_named(office, office, BY_AN_OWNER)


@pytest.mark.slow
def test_what_an_administrator_puts_there_too(server: str, office: engine.Store) -> None:
    where = make_url(server).set(database="office").render_as_string()
    administrator = engine.open_store(where)
    _each_is_named(office, administrator, BY_AN_ADMINISTRATOR)
    administrator.close()


def _each_is_named(office: engine.Store, by: engine.Store, done: list[tuple[str, str]]) -> None:
    for sql, name in done:
        with by.writer.connect() as stranger:
            assert schema.differing(stranger) == schema.foreign(stranger) == []
            before = schema_on_server.state(stranger)
            stranger.exec_driver_sql(sql)
            found = schema.differing(stranger)
            assert any(each.startswith(name) for each in found), (sql, found)
            assert schema.foreign(stranger), sql
            assert schema_on_server.state(stranger) != before
            stranger.rollback()
    with office.read() as session:
        assert schema.differing(session.connection()) == []
        assert session.connection().exec_driver_sql("SHOW search_path").scalar() == "public,pg_temp"


@pytest.mark.slow
def test_what_stands_there_does_not_answer_for_itself(office: engine.Store) -> None:
    """An operator by which no number is high enough to be told."""
    sql = (
        EQUALS + "; CREATE FUNCTION x.no(oid, int) RETURNS boolean LANGUAGE sql AS 'SELECT false'; "
        "CREATE OPERATOR public.>= (leftarg = oid, rightarg = int, function = x.no)"
    )
    with office.writer.connect() as stranger:
        stranger.exec_driver_sql(sql)
        found = schema.foreign(stranger)
        assert {"schema x", BY_AN_OWNER[0][1], "operator public.>=(pg_catalog.oid,integer)"} <= set(found)
        stranger.rollback()


@pytest.mark.slow
def test_an_office_beside_an_operator_takes_no_act(office: engine.Store) -> None:
    """Nor does an open one, and the rows that the operator would have changed are as they were."""
    with office.write() as session:
        session.connection().exec_driver_sql("INSERT INTO provider (name) VALUES ('a')")
    with office.writer.begin() as stranger:
        stranger.exec_driver_sql(EQUALS)
    with pytest.raises(OfficeFault, match=r"office\.foreign") as fault, office.write():
        raise AssertionError
    assert BY_AN_OWNER[0][1] in repr(fault.value.params["names"])
    again = engine.open_store(office.name)
    assert again.only_read is not None and again.only_read.code == "office.foreign"
    again.close()
    with office.writer.begin() as stranger:
        stranger.exec_driver_sql("DROP SCHEMA x CASCADE")
    office.only_read = None
