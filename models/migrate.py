"""The schema and its steps: build an empty office, bring an older one up to date.

Every run is one transaction: triggers off, the steps, triggers anew from `models.guards`, every reference
checked, then committed or as if it had never been. SQLite's way of changing a table drops its triggers
without a word and, with foreign keys on, deletes the rows that point to it: hence the order here.
`models.upgrade` does it to an office that people work in.
"""

from pathlib import Path

from sqlalchemy import Connection

from models import postgresql, sqlite

SCRIPTS = Path(__file__).resolve().parent / "migrations"

KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012")
"""The steps this program knows, oldest first."""
NEWEST = KNOWN[-1]


def run(connection: Connection, *, to: str = "head") -> None:
    """Bring the schema behind a connection, in a transaction already begun, up to `to`.

    On SQLite the connection's foreign keys must be off (`sqlite.engine(…, foreign_keys=False)`).

    Raises:
        ValueError: a row would be left pointing nowhere; nothing is changed then.
    """
    from alembic import command
    from alembic.config import Config

    engine = sqlite if connection.dialect.name == "sqlite" else postgresql
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    engine.drop_triggers(connection)
    command.upgrade(config, to)
    for _, ddl in engine.triggers():
        connection.exec_driver_sql(ddl)
    lost = engine.broken_references(connection)
    if lost:
        raise ValueError(f"rows that point nowhere after the migration: {', '.join(lost)}")


def version(connection: Connection) -> str | None:
    """The step that an office has come to."""
    found: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return found
