"""A server that is gone, held or only to be read: each is a fault with its sentence, on a real one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DatabaseError

import words
from casework.audit.verify import checks
from casework.core.act import by_itself
from casework.core.office import Office
from models import engine, postgresql
from models.faults import OfficeFault
from tests.models.server import programs, running, server

__all__ = ["server"]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def chinese_place() -> Iterator[str]:
    """An office on a server that speaks Chinese, as one does that was installed in Shenzhen."""
    if programs() is None or (os.geteuid() == 0 and shutil.which("setpriv") is None):
        pytest.skip("PostgreSQL is not installed")
    with running(speaks_chinese=True) as url:
        Office.create(url, name="市科技创新局").close()
        yield url


@pytest.fixture(scope="module")
def place(server: str) -> str:
    """An office on a server of its own."""
    Office.create(server, name="市科技创新局").close()
    return server


@contextmanager
def administrator(place: str) -> Iterator[Connection]:
    url = engine.url_of(place)
    assert url is not None
    made = create_engine(url)
    with made.connect() as connection:
        yield connection
    made.dispose()


def end_all_others(place: str) -> None:
    """What a server does that is shut down: every connection of the office is cut."""
    with administrator(place) as connection:
        others = "pid <> pg_backend_pid() AND datname IS NOT NULL"
        sql = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"
        connection.execute(text(sql))


def act(office: Office) -> object:
    return by_itself(office, "sign_in", "person officer", lambda session, at: {"failures": 0})


def test_a_server_gone_in_mid_act_is_told_and_the_next_act_is_done(place: str) -> None:
    with Office.open(place).closing() as office:
        with pytest.raises(OfficeFault, match=r"office\.no_server"), office.write() as session:
            session.execute(text("SELECT 1"))
            end_all_others(place)
            session.execute(text("SELECT 1"))
        act(office)


def test_one_gone_while_it_stores_says_that_nobody_knows(place: str) -> None:
    with Office.open(place).closing() as office:
        with pytest.raises(OfficeFault, match=r"office\.unsure"), office.write() as session:
            session.execute(text("UPDATE log_head SET seq = seq"))
            end_all_others(place)
        with pytest.raises(OfficeFault, match=r"office\.no_server"), office.read() as reading:
            reading.execute(text("SELECT 1"))
            end_all_others(place)
            reading.execute(text("SELECT 1"))


def test_nobody_waits_for_ever_behind_a_row_that_is_held(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "WAITS", "-c lock_timeout=300ms")
    with Office.open(place).closing() as office, administrator(place) as held:
        held.execute(text("SELECT seq FROM log_head FOR UPDATE"))
        with pytest.raises(OfficeFault, match=r"office\.busy"):
            act(office)
        held.rollback()
        act(office)


def test_a_wrong_password_is_told_at_the_server_s_door(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "wrong-password")
    with pytest.raises(OfficeFault, match=r"office\.no_entry"):
        Office.open(place)


def test_a_database_that_there_is_not_is_told(place: str) -> None:
    with pytest.raises(OfficeFault, match=r"office\.no_database"):
        Office.open(place.replace("/postgres", "/no_such_database"))


def test_one_that_speaks_chinese_is_understood(chinese_place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each was told as a server that can't be reached, and a column that is not there as a bug."""
    with administrator(chinese_place) as connection:
        with pytest.raises(DatabaseError, match="不存在"):
            connection.execute(text("SELECT 1 FROM nowhere"))
        connection.rollback()
        for change in ("CREATE ROLE guest", "CREATE ROLE one LOGIN CONNECTION LIMIT 0 PASSWORD 'one'"):
            connection.execute(text(change))
        connection.commit()
    with pytest.raises(OfficeFault, match=r"office\.no_database"):
        Office.open(chinese_place.replace("/postgres", "/no_such_database"))
    with Office.open(chinese_place).closing() as office, administrator(chinese_place) as held:
        act(office)
        held.execute(text("ALTER TABLE voucher RENAME COLUMN code TO kode"))
        held.commit()
        found = {check.name: check for check in checks(office)}
        assert found["vouchers"].undone == "verify.why.column" and found["log"].ok
        with pytest.raises(OfficeFault, match=r"office\.not_as_made"), office.read() as session:
            session.execute(text("SELECT v.code FROM voucher v"))
        held.execute(text("ALTER TABLE voucher RENAME COLUMN kode TO code"))
        held.commit()
    for account, password, code in (
        ("app", "wrong-password", "office.no_entry"),
        ("guest", "none", "office.no_entry"),
        ("one", "one", "office.crowded"),
    ):
        monkeypatch.setenv("PGPASSWORD", password)
        with pytest.raises(OfficeFault) as fault:
            Office.open(chinese_place.replace("app@", f"{account}@"))
        assert fault.value.code == code


def test_one_that_can_only_be_read_is_read(place: str) -> None:
    with administrator(place) as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(
            text("ALTER DATABASE postgres SET default_transaction_read_only = on")
        )
    try:
        with Office.open(place).closing() as office:
            assert office.only_read is not None and office.only_read.code == "office.server_read_only"
            assert [check.name for check in checks(office) if not check.ok] == []
            with pytest.raises(OfficeFault, match=r"office\.server_read_only"):
                act(office)
    finally:
        with administrator(place) as connection:
            connection.execute(text("SET default_transaction_read_only = off"))
            connection.commit()
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(
                text("ALTER DATABASE postgres RESET default_transaction_read_only")
            )


@contextmanager
def set_for_the_database(place: str, setting: str) -> Iterator[None]:
    """What an administrator set for whoever comes there."""

    def do(statement: str) -> None:
        with administrator(place) as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(statement))

    do(f"ALTER DATABASE postgres SET {setting}")
    try:
        yield
    finally:
        do("ALTER DATABASE postgres RESET ALL")


@pytest.mark.parametrize(
    "setting",
    ["bytea_output = escape", "quote_all_identifiers = on", "client_encoding = GBK", "DateStyle = German"],
)
def test_what_a_database_is_set_to_changes_nothing_of_an_act(place: str, setting: str) -> None:
    """Images read bytes in one form; another one ended each act as a bug, and so did another encoding."""
    with set_for_the_database(place, setting), Office.open(place).closing() as office:
        act(office)
        assert office.only_read is None
        assert [check.name for check in checks(office) if not check.ok] == []


def test_an_encoding_of_the_environment_changes_nothing_either(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGCLIENTENCODING", "GBK")
    with Office.open(place).closing() as office:
        act(office)
        assert office.row.name == "市科技创新局"
        assert [check.name for check in checks(office) if not check.ok] == []


@pytest.mark.parametrize("role", ["replica", "local"])
def test_a_server_that_switches_the_guards_off_is_only_read(place: str, role: str) -> None:
    """An act would leave rows changed that no image remembers, and nobody could sign in ever after."""
    with Office.open(place).closing() as office:
        act(office)
        before = [check.looked_at for check in checks(office) if check.name == "log"]
    switched = set_for_the_database(place, f"session_replication_role = {role}")
    with switched, Office.open(place).closing() as office:
        assert office.only_read is not None and office.only_read.code == "office.guards_off"
        assert {check.name for check in checks(office) if not check.ok} == {"schema"}
        with pytest.raises(OfficeFault, match=r"office\.guards_off"):
            act(office)
    with Office.open(place).closing() as office:
        assert office.only_read is None
        assert [check.looked_at for check in checks(office) if check.name == "log"] == before


def test_one_bad_table_there_leaves_the_other_checks_done(place: str) -> None:
    with administrator(place) as connection:
        connection.execute(text("ALTER TABLE voucher RENAME COLUMN code TO kode"))
        connection.commit()
    try:
        with Office.open(place).closing() as office:
            found = {check.name: check for check in checks(office)}
        assert found["vouchers"].undone == "verify.why.column"
        assert found["log"].ok and found["ledger"].ok
    finally:
        with administrator(place) as connection:
            connection.execute(text("ALTER TABLE voucher RENAME COLUMN kode TO code"))
            connection.commit()


@pytest.mark.parametrize(
    "code", sorted({*postgresql._BY_STATE.values(), *postgresql._BY_WORDS.values(), "office.unsure"})
)
def test_every_one_has_its_sentence(code: str) -> None:
    for lang in words.LANGUAGES:
        assert words.say(code, lang, path="x")
