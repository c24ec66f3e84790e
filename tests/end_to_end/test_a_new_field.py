"""A field is added by its entry in the table and its column with a migration, and by nothing else."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casework.cases.said_values import Arrival, fingerprint, stored
from models import migrate
from papers.reading import reader
from tests.papers.portal_files import application, table, workbook

ROOT = Path(__file__).resolve().parents[2]
ENTRY = """
[model_name]
type = "text"
means = "The model that is trained."
group = "contract"
search = "name"
headings = ["模型名称"]
"""
COLUMN = "    purpose: str | None = None\n"
NEXT = f"{int(migrate.NEWEST) + 1:04}"
MIGRATION = f'''"""The model that is trained."""

from models.migrations.shapes import column

revision = "{NEXT}"
down_revision = "{migrate.NEWEST}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column("application_version", "model_name?")
'''


def put(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The program with one field more."""
    home = tmp_path / "program"
    for room in ("words", "rules", "models", "papers", "casework"):
        shutil.copytree(ROOT / room, home / room, ignore=shutil.ignore_patterns("__pycache__"))
    (home / "resources").mkdir()
    for each in (ROOT / "resources").iterdir():
        if each.name == "fields_and_headings.toml":
            (home / "resources" / each.name).write_text(each.read_text("utf-8") + ENTRY, "utf-8")
        else:
            (home / "resources" / each.name).symlink_to(each)
    put(home / "models" / "cases.py", COLUMN, COLUMN + "    model_name: str | None = None\n")
    put(home / "models" / "migrate.py", f'"{migrate.NEWEST}")', f'"{migrate.NEWEST}", "{NEXT}")')
    (home / "models" / "migrations" / "versions" / f"{NEXT}_model.py").write_text(MIGRATION, "utf-8")
    return home


@pytest.mark.skipif(sys.platform == "win32", reason="links to folders")
def test_a_field_goes_from_the_portal_s_file_through_the_office(program: Path, tmp_path: Path) -> None:
    script = Path(__file__).with_name("a_new_field.py")
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(program), str(ROOT)))},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    (row,) = reader.portal(workbook(tmp_path / "before.xlsx", table(application(2)))).rows
    before = fingerprint(Arrival(row.row, row.case, row.said), stored(row.said))
    assert done.stdout.split() == [before], "a row that says nothing of it is the same as before"
