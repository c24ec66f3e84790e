"""The migrations make exactly what the models say."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from models import engine, guards, metadata, migrate, sqlite
from models.faults import OfficeFault


def _sql(connection: Connection) -> dict[str, list[str]]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: _plain(sql) for name, sql in rows if name != "alembic_version"}


def _plain(sql: str) -> list[str]:
    """The parts of a DDL, one a line as SQLAlchemy writes them, in one order."""
    return sorted(line.strip().rstrip(",").rstrip() for line in sql.splitlines())


def test_migrated_schema_is_the_models_schema(tmp_path: Path) -> None:
    store = engine.create(tmp_path / "office")
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
    store = engine.create(tmp_path / "office")
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


NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("budget") as batch:
        batch.add_column(sa.Column("remark", sa.String(), nullable=True))
    {more}
"""


def _with_next(tmp_path: Path, more: str = "") -> Path:
    scripts = tmp_path / "migrations"
    (scripts / "versions").mkdir(parents=True)
    (scripts / "env.py").write_text((migrate.SCRIPTS / "env.py").read_text())
    (scripts / "versions" / "0001_office.py").write_text(
        (migrate.SCRIPTS / "versions" / "0001_office.py").read_text()
    )
    (scripts / "versions" / "0002_next.py").write_text(NEXT.format(more=more))
    return scripts


def _fill(path: Path) -> None:
    store = engine.create(path)
    with store.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("INSERT INTO budget VALUES (1, 'a/2026', 'a', 2026, 100, 0, 0, 0, 0)")
        connection.exec_driver_sql(
            "INSERT INTO person VALUES (1, 'p', 'P', 'casework', NULL, 0, 0, '2026-01-01T00:00:00.000000Z')"
        )
        connection.exec_driver_sql(
            "INSERT INTO ledger_entry VALUES"
            " (1, 1, 'available', 1, 100, NULL, NULL, NULL, 'x', '2026-01-01T00:00:00.000000Z', 1)"
        )
    store.close()


def test_a_later_step_keeps_rows_triggers_and_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "office"
    _fill(path)
    copy = migrate.upgrade_file(path, scripts=_with_next(tmp_path))
    after = sqlite.engine(path, read_only=True)
    with after.begin() as connection:
        assert sqlite.trigger_names(connection) == sorted(name for name, _ in sqlite.triggers())
        assert connection.exec_driver_sql("SELECT amount_fen FROM ledger_entry").scalars().all() == [100]
        assert connection.exec_driver_sql("SELECT remark FROM budget").scalars().all() == [None]
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "0002"
    after.dispose()
    before = engine.open_store(copy)
    with before.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM budget").scalar() == 1
    before.close()


@pytest.mark.parametrize("more", ["raise RuntimeError", 'op.execute("DELETE FROM budget")'])
def test_a_step_that_fails_leaves_the_office_as_it_was(tmp_path: Path, more: str) -> None:
    path = tmp_path / "office"
    _fill(path)
    with pytest.raises((RuntimeError, ValueError)):
        migrate.upgrade_file(path, scripts=_with_next(tmp_path, more))
    store = engine.open_store(path)
    with store.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM budget").scalar() == 1
        assert len(sqlite.trigger_names(session.connection())) == len(list(sqlite.triggers()))
    store.close()


def test_an_office_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "office"
    _fill(path)
    migrate.upgrade_file(path, scripts=_with_next(tmp_path))
    with pytest.raises(OfficeFault, match="newer"):
        engine.open_store(path)
