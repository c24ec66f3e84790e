"""What PostgreSQL needs beside the tables: how it is reached, and the triggers that keep rows for ever."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import URL, BigInteger, Connection, Engine, create_engine, event, inspect

from models import images, metadata, tables_read
from models.faults import OfficeFault
from models.guards import FROZEN, KEPT, UNDELETED

FUNCTION = """
CREATE FUNCTION kept_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'kept for ever: %%', TG_NAME;
END
$$
"""


WAITS = "-c lock_timeout=30s -c idle_in_transaction_session_timeout=15min"
"""Nobody waits for ever behind a row that somebody holds, and nobody holds one for ever."""

OURS = {
    "synchronous_commit": "on",
    "search_path": "public,pg_temp",  # nobody's table before ours
    "bytea_output": "hex",  # as images read bytes
    "quote_all_identifiers": "off",  # as definitions are compared
    "standard_conforming_strings": "on",
    "transform_null_equals": "off",
}
"""What else the database, the account or the environment may have set otherwise: the program's statements
mean the same everywhere."""

ALIVE = {"keepalives_idle": 20, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 60_000}
"""A server that went away without a word is noticed within the minute."""
REMEMBERS = """
CREATE FUNCTION remembers_touched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO pg_temp.touched (name, came, image)
    SELECT TG_TABLE_NAME, TG_OP = 'INSERT', pg_catalog.to_jsonb(touched_row) FROM touched_rows touched_row;
    RETURN NULL;
END
$$
"""
"""Keeps what rows were before a statement, for the images of the act (`models.images`). Who is not this
program has no such table, and so changes no row."""


def engine(url: URL, *, read_only: bool) -> Engine:
    """An engine on a server. The reading one sees one state for a whole transaction and can't write."""
    settings = " ".join(f"-c {name}={value}" for name, value in OURS.items())
    options = {"options": f"{settings} {WAITS}", "client_encoding": "utf8", "connect_timeout": 10, **ALIVE}
    made = create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=options)
    if read_only:

        @event.listens_for(made, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    else:

        @event.listens_for(made, "connect")
        def _watch(connection: Any, record: Any) -> None:
            connection.execute(images.TOUCHED_ON_SERVER)
            connection.commit()

        tables_read.watch(made)
    return made


def aside(writer: Engine) -> Engine:
    """Another engine like a writing one, each transaction of which sees one state (for `set_aside`)."""
    made = engine(writer.url, read_only=False)

    @event.listens_for(made, "begin")
    def _one_state(connection: Connection) -> None:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")

    return made


_SHARED = ("log_entry", "content")
"""Tables that are large, are only added to, and to which nothing is added that is taken back."""


def set_aside(connection: Connection) -> None:
    """From here on this transaction's statements come upon copies of the tables, which are its own and gone
    with it: whatever it changes and locks, nobody waits for it."""
    names = sorted(set(metadata.tables) - set(_SHARED))
    copies = (
        f'CREATE TEMP TABLE "{name}" (LIKE public."{name}" INCLUDING ALL) ON COMMIT DROP; '
        f'INSERT INTO pg_temp."{name}" SELECT * FROM public."{name}"'
        for name in names
    )
    connection.exec_driver_sql("; ".join((*copies, "SET LOCAL search_path TO pg_temp, public")))


_BY_STATE = {
    "08": "office.no_server",
    "57P": "office.no_server",
    "25P03": "office.no_server",
    "28": "office.no_entry",
    "3D000": "office.no_database",
    "55P03": "office.busy",
    "57014": "office.busy",
    "40": "office.busy",
    "53100": "office.full",
    "53": "office.crowded",
    "58": "office.disk",
    "25006": "office.server_read_only",
    "42501": "office.no_right_there",
    "XX001": "office.damaged",
    "XX002": "office.damaged",
    "22021": "office.bad_value",
}
"""What a server says by its five characters, the longer beginning first where two begin alike."""
_BY_WORDS = {
    "authentication failed": "office.no_entry",
    "认证": "office.no_entry",
    "no password supplied": "office.no_entry",
    "pg_hba.conf": "office.no_entry",
    "not permitted to log in": "office.no_entry",
    "不允许角色": "office.no_entry",
    "does not exist": "office.no_database",
    "不存在": "office.no_database",
    "too many clients": "office.crowded",
    "太多": "office.crowded",
    "too many connections": "office.crowded",
    "remaining connection slots": "office.crowded",
    "已保留的连接位置": "office.crowded",
}
"""What it says while one connects, where there are none, in English and where it speaks Chinese."""


def fault_code(error: BaseException | None) -> str | None:
    """The code of what the server or the way to it did, where an error is of that kind."""
    state = getattr(error, "sqlstate", None)
    if state:
        return next((code for begins, code in _BY_STATE.items() if state.startswith(begins)), None)
    if type(error).__name__ not in ("OperationalError", "ConnectionTimeout", "InterfaceError"):
        return None
    said = str(error)
    return next((code for words, code in _BY_WORDS.items() if words in said), "office.no_server")


def check_server(connection: Connection) -> None:
    """Refuse a server that would lose what it has confirmed at a power cut.

    Raises:
        OfficeFault: `office.unsafe_server`.
    """
    for setting in ("fsync", "full_page_writes"):
        if connection.exec_driver_sql(f"SHOW {setting}").scalar() == "off":
            raise OfficeFault("office.unsafe_server", setting=setting)


def alone(connection: Connection) -> None:
    """Have whoever else makes an office in this database wait until this transaction is over."""
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(x'564F5543'::int)")


def only_reads(connection: Connection) -> str | None:
    """The code of why an office there can only be read, where that is so: a copy of another server, a server
    that is switched to reading, or an account without the right."""
    sql = "SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on'"
    if connection.exec_driver_sql(sql).scalar():
        return "office.server_read_only"
    may = "SELECT bool_and(has_table_privilege(c.oid, 'UPDATE')) FROM pg_class c WHERE c.relname = 'log_head'"
    return "office.no_right_there" if connection.exec_driver_sql(may).scalar() is False else None


def triggers() -> Iterator[tuple[str, str]]:
    """The functions and each trigger: name and DDL. TRUNCATE is a deletion too."""
    yield "kept_for_ever", FUNCTION
    yield "remembers_touched", REMEMBERS
    for table in KEPT:
        yield _trigger(f"{table}_kept", table, "UPDATE", "")
    for table in (*KEPT, *UNDELETED):
        yield _trigger(f"{table}_undeleted", table, "DELETE", "")
    for frozen in FROZEN:
        differs = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in frozen.columns)
        when = f"({frozen.when.format(old='OLD')}) AND ({differs})" if frozen.when else differs
        yield _trigger(f"{frozen.table}_{frozen.name}_frozen", frozen.table, "UPDATE", f"WHEN ({when}) ")
    for table in sorted(metadata.tables):
        name = f"{table}_untruncated"
        yield name, f'CREATE TRIGGER {name} BEFORE TRUNCATE ON "{table}" EXECUTE FUNCTION kept_for_ever()'
    for table in sorted(set(metadata.tables) - set(images.LEFT_OUT)):
        key = [column.type for column in metadata.tables[table].primary_key]
        counted = len(key) == 1 and isinstance(key[0], BigInteger)
        for on in ("UPDATE", "DELETE") if counted else ("UPDATE", "DELETE", "INSERT"):
            yield _remembers(table, on)


def _remembers(table: str, on: str) -> tuple[str, str]:
    name, which = f"{table}_{on.lower()}_remembered", "NEW" if on == "INSERT" else "OLD"
    ddl = (
        f'CREATE TRIGGER {name} AFTER {on} ON "{table}" REFERENCING {which} TABLE AS touched_rows '
        "FOR EACH STATEMENT EXECUTE FUNCTION remembers_touched()"
    )
    return name, ddl


def _trigger(name: str, table: str, on: str, when: str) -> tuple[str, str]:
    ddl = (
        f'CREATE TRIGGER {name} BEFORE {on} ON "{table}" FOR EACH ROW {when}EXECUTE FUNCTION kept_for_ever()'
    )
    return name, ddl


def drop_triggers(connection: Connection) -> None:
    """Take every trigger away, to be made anew at the end of the same transaction."""
    for function in ("kept_for_ever", "remembers_touched"):
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}() CASCADE")


def trigger_names(connection: Connection) -> list[str]:
    """The triggers that stand in the database."""
    sql = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname"
    return [name for (name,) in connection.exec_driver_sql(sql)]


def broken_references(connection: Connection) -> list[str]:
    """None: PostgreSQL does not let a reference break."""
    return []


def tables(connection: Connection) -> list[str]:
    """The tables that stand in the database already."""
    return inspect(connection).get_table_names()
