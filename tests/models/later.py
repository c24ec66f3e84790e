"""A step of the schema that the program does not have yet: its offices are then of an earlier version."""

import shutil
from pathlib import Path

import pytest

from models import migrate, schema
from tests.models import empty_office
from tests.models.schema_as_made import lines

STEP = """
import sqlalchemy as sa
from alembic import op

revision = "{after}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("budget", sa.Column("remark", sa.String(), nullable=True))
    {more}
"""
NEXT = f"{int(migrate.NEWEST) + 1:04d}"


def with_later_step(monkeypatch: pytest.MonkeyPatch, folder: Path, more: str = "") -> Path:
    """Have the program know one step more, which adds a column and does what `more` says. Returns its
    steps' folder."""
    scripts = folder / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    step = STEP.format(before=migrate.NEWEST, after=NEXT, more=more)
    (scripts / "versions" / f"{NEXT}_later.py").write_text(step)
    monkeypatch.setattr(migrate, "KNOWN", (*migrate.KNOWN, NEXT))
    monkeypatch.setattr(migrate, "NEWEST", NEXT)
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    _keep_what_it_makes(monkeypatch, folder, more)
    return scripts


def _keep_what_it_makes(monkeypatch: pytest.MonkeyPatch, folder: Path, more: str) -> None:
    """A step that fails, or fills tables for a long time, makes no schema that anybody would keep."""
    if not more:
        folder = folder / "as_made"
        folder.mkdir()
        empty_office.create(folder / "office").close()
        said = folder / "schema.txt"
        said.write_text(lines(folder / "office"), encoding="utf-8")
        monkeypatch.setitem(schema.KEPT, "sqlite", said)
