"""The migrations make exactly what the models say."""

import re
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from models import guards, metadata, migrate, sqlite
from tests.models import empty_office


def _sql(connection: Connection) -> dict[str, list[str]]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: _plain(sql) for name, sql in rows if name != "alembic_version"}


def _plain(sql: str) -> list[str]:
    """The parts of a DDL in one order, on whatever lines they stand: SQLite puts an added column last, and
    what it refers to beside it."""
    head, _, rest = sql.partition("(")
    inside, _, tail = rest.rpartition(")")
    parts = re.split(r",\s+(?![^(]*\))|\s+(?=CONSTRAINT )", inside)  # not at the commas inside brackets
    plain = (" ".join(part.split()) for part in parts if part.strip())
    told = sorted(re.sub(r" FOREIGN KEY\(\w+\)", "", part) for part in plain)
    return [" ".join(head.split()), *told, tail.strip()]


def test_migrated_schema_is_the_models_schema(tmp_path: Path) -> None:
    store = empty_office.create(tmp_path / "office")
    by_models = create_engine("sqlite://", module=sqlite.driver())
    with by_models.begin() as connection:
        metadata.create_all(connection)
        wanted = _sql(connection)
    with store.read() as session:
        made = _sql(session.connection())
        triggers = set(sqlite.trigger_names(session.connection()))
        context = MigrationContext.configure(session.connection(), opts={"compare_type": False})
        drift = compare_metadata(context, metadata)
    store.close()
    assert {name: sql for name, sql in made.items() if name not in triggers} == wanted
    assert drift == []


def test_every_guard_has_its_trigger(tmp_path: Path) -> None:
    store = empty_office.create(tmp_path / "office")
    with store.read() as session:
        names = sqlite.trigger_names(session.connection())
    store.close()
    assert len(names) == 2 * len(guards.KEPT) + len(guards.UNDELETED) + len(guards.FROZEN)
    assert names == sorted(name for name, _ in sqlite.triggers())


def test_every_table_is_guarded_or_known_to_be_free() -> None:
    free = {
        "admission",
        "applicant",
        "applicant_name",
        "bank_account",
        "column_map",
        "contact",
        "contract",
        "invoice",
        "provider",
        "round",
    }
    assert set(metadata.tables) == free | set(guards.KEPT) | set(guards.UNDELETED)


def test_the_known_steps_are_those_on_disk() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    assert tuple(reversed([step.revision for step in script.walk_revisions()])) == migrate.KNOWN
