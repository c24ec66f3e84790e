"""Thirty-three offices and more that somebody crafted against the checks: each is told, none is a bug, none
hangs, and none costs the machine more than an honest one."""

import contextlib
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from casework.audit.verify import CHECKS
from casework.founding import demonstration
from tests.commandline import Desk
from tests.end_to_end.crafted_offices import OFFICES, craft
from tests.offices import kept

MOST_MEGABYTES = 400
"""What verify may take in all, with Python and the program: a large cell alone is 300."""
MOST_SECONDS = 30


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("crafted") / "demo.office"
    demonstration.demo(path, cases=24, seed=5)
    return path


def test_there_are_enough_of_them() -> None:
    assert len(OFFICES) >= 33


@pytest.mark.parametrize("name", [name for name in OFFICES if not name.startswith("a large")])
def test_a_crafted_office_is_told(demo: Path, tmp_path: Path, desk: Desk, name: str) -> None:
    path = craft(demo, tmp_path / "crafted.office", OFFICES[name])
    started = time.monotonic()
    done = desk("--office", path, "--json", "--user", "auditor", "verify")
    assert time.monotonic() - started < MOST_SECONDS
    assert done.status == 1, done
    told(done.json["checks"], name)


def with_a_page_gone(demo: Path, path: Path, table: str) -> Path:
    """A copy of which the first page of a table or an index can't be read."""
    shutil.copy(demo, path)
    with contextlib.closing(sqlite3.connect(path)) as opened:
        (page,) = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        (size,) = opened.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    return path


@pytest.mark.parametrize("table", ["voucher", "decision", "log_entry", "letter", "ix_application_state"])
def test_a_damaged_page_ends_no_other_check(demo: Path, tmp_path: Path, desk: Desk, table: str) -> None:
    path = with_a_page_gone(demo, tmp_path / "damaged.office", table)
    done = desk("--office", path, "--json", "--user", "auditor", "verify")
    assert (done.status, len(done.json["checks"])) == (1, len(CHECKS)), done
    said = [check["detail"] for check in done.json["checks"] if not check["ok"]]
    assert said and all("数据文件已损坏" in each for each in said), said


@pytest.mark.parametrize("table", ["person", "application_version", "decision", "ix_application_applied_at"])
def test_a_damaged_page_is_told_by_the_list_of_cases_too(
    demo: Path, tmp_path: Path, desk: Desk, table: str
) -> None:
    path = with_a_page_gone(demo, tmp_path / "damaged.office", table)
    done = desk("--office", path, "--json", "--user", "auditor", "cases")
    assert done.status in (0, 2) and done.json.get("error", "office.damaged") == "office.damaged", done


def test_a_schema_that_is_no_text_is_told(demo: Path, tmp_path: Path, desk: Desk) -> None:
    """SQLite's own message quotes the name, which the driver can't decode."""
    path = Path(shutil.copy(demo, tmp_path / "odd.office"))
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as opened:
        opened.execute("PRAGMA writable_schema = ON")
        opened.execute(
            "UPDATE sqlite_master SET name = CAST(x'b8ff' AS TEXT), sql = 'CREATE TRIGGER broken' "
            "WHERE name = 'decision_kept'"
        )
    for command in ("verify", "cases"):
        done = desk("--office", path, "--json", "--user", "auditor", command)
        assert (done.status, done.json["error"]) == (2, "office.damaged")


def told(answer: list[dict[str, Any]], name: str) -> None:
    """Each check was done or says why not, and those that the craft was aimed at failed."""
    failed = {check["name"]: check["detail"] for check in answer if not check["ok"]}
    assert {check["name"] for check in answer} >= set(CHECKS), "the others went on"
    assert failed and OFFICES[name].found <= set(failed), failed
    assert not [said for said in failed.values() if len(said) > 4_000 or "Traceback" in said]


@pytest.mark.parametrize("name", OFFICES)
def test_a_crafted_office_of_an_earlier_version_comes_up_or_stays_as_it_is(
    tmp_path: Path, desk: Desk, name: str
) -> None:
    """Nothing has looked at it before: bringing it up may come upon anything, and that is no bug."""
    older = kept.unpacked("0007/demonstration.office.xz", tmp_path)
    path = craft(older, tmp_path / "crafted.office", OFFICES[name])
    before = path.read_bytes()
    done = desk("--json", "--user", "system", "upgrade", path)
    assert done.status in (0, 2), done
    if done.status == 2:
        assert done.json["error"] in ("office.not_brought_up", "office.damaged", "office.newer"), done
        assert path.read_bytes() == before, "nothing was changed"


VERIFY = """
import json, re, sys
from pathlib import Path
from cli.main import run
status = run(["--office", sys.argv[1], "--json", "--user", "auditor", "verify"])
most = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
print(json.dumps({"status": status, "megabytes": most // 1024}))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="what it took is read there")
@pytest.mark.parametrize("name", [name for name in OFFICES if name.startswith("a large")])
def test_a_large_cell_costs_no_memory(demo: Path, tmp_path: Path, name: str) -> None:
    path = craft(demo, tmp_path / "crafted.office", OFFICES[name])
    command = [sys.executable, "-c", VERIFY, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS, check=False)
    path.unlink()
    answered, measured = map(json.loads, done.stdout.strip().splitlines()[-2:])
    assert measured["status"] == 1, done
    assert measured["megabytes"] < MOST_MEGABYTES, measured
    told(answered["checks"], name)
