"""What PostgreSQL needs beside the tables: how it is reached, and the triggers that keep rows for ever."""

from collections.abc import Iterator

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect

from models.faults import OfficeFault
from models.guards import FROZEN, KEPT, UNDELETED

FUNCTION = """
CREATE FUNCTION kept_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'kept for ever: %%', TG_NAME;
END
$$
"""


def engine(url: URL, *, read_only: bool) -> Engine:
    """An engine on a server. The reading one sees one state for a whole transaction and can't write."""
    options = {"options": "-c synchronous_commit=on", "connect_timeout": 10}
    made = create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=options)
    if read_only:

        @event.listens_for(made, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    return made


def check_server(connection: Connection) -> None:
    """Refuse a server that would lose what it has confirmed at a power cut.

    Raises:
        OfficeFault: `office.unsafe_server`.
    """
    for setting in ("fsync", "full_page_writes"):
        if connection.exec_driver_sql(f"SHOW {setting}").scalar() == "off":
            raise OfficeFault("office.unsafe_server", setting=setting)


def triggers() -> Iterator[tuple[str, str]]:
    """The function and each guard's trigger: name and DDL. TRUNCATE is a deletion too."""
    yield "kept_for_ever", FUNCTION
    for table in KEPT:
        yield _trigger(f"{table}_kept", table, "UPDATE", "")
    for table in (*KEPT, *UNDELETED):
        yield _trigger(f"{table}_undeleted", table, "DELETE", "")
        name = f"{table}_untruncated"
        yield name, f'CREATE TRIGGER {name} BEFORE TRUNCATE ON "{table}" EXECUTE FUNCTION kept_for_ever()'
    for frozen in FROZEN:
        differs = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in frozen.columns)
        when = f"({frozen.when.format(old='OLD')}) AND ({differs})" if frozen.when else differs
        yield _trigger(f"{frozen.table}_{frozen.name}_frozen", frozen.table, "UPDATE", f"WHEN ({when}) ")


def _trigger(name: str, table: str, on: str, when: str) -> tuple[str, str]:
    ddl = (
        f'CREATE TRIGGER {name} BEFORE {on} ON "{table}" FOR EACH ROW {when}EXECUTE FUNCTION kept_for_ever()'
    )
    return name, ddl


def drop_triggers(connection: Connection) -> None:
    """Take every trigger away, to be made anew at the end of the same transaction."""
    connection.exec_driver_sql("DROP FUNCTION IF EXISTS kept_for_ever() CASCADE")


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
