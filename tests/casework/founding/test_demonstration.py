"""The demonstration: the same seed, the same office and the same papers; clean under every check."""

import datetime
import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from casework.audit import replay, verify
from casework.core.office import Office
from casework.founding import demonstration, made_up_applications
from rules import creditcode

CASES = 40


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object]]:
    folder = tmp_path_factory.mktemp("demo")
    return folder, demonstration.demo(folder / "demo.office", cases=CASES, seed=7, out=folder / "papers")


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_it_goes_to_the_issued_voucher_with_every_kind_of_outcome(
    shown: tuple[Path, dict[str, object]],
) -> None:
    folder, summary = shown
    states = summary["states"]
    assert isinstance(states, dict)
    assert set(states) == {"issued", "refused", "suspended"}
    assert summary["awards"] == states["issued"]
    assert summary["blocked"] == states["suspended"]
    assert summary["refused"] == states["refused"]
    assert summary["vouchers"] == states["issued"]
    assert json.dumps(summary)
    papers = hashes(folder / "papers")
    letters = [name for name in papers if name.startswith("letters/")]
    assert len(letters) == summary["letters"]
    assert {"portal.xlsx", "ledgers/voucher-2026.xlsx", "publicity/publicity-2026-00001.pdf"} <= set(papers)


@pytest.mark.parametrize("there", [False, True], ids=["a new folder", "a folder that was there"])
def test_one_that_is_stopped_leaves_nothing_of_it(tmp_path: Path, there: bool) -> None:
    out, looks = tmp_path / "papers", list[int]()
    if there:
        out.mkdir()
        (out / "mine.txt").write_text("mine")

    def tick() -> None:
        looks.append(1)
        if (out / "portal.xlsx").exists():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demonstration.demo(tmp_path / "demo.office", cases=12, seed=7, out=out, tick=tick)
    assert len(looks) > 20
    left = {path.name for path in tmp_path.rglob("*")}
    assert left == ({"papers", "mine.txt", "portal.xlsx"} if there else set())


def test_the_office_is_clean(shown: tuple[Path, dict[str, object]]) -> None:
    with Office.open(shown[0] / "demo.office").closing() as office:
        answer = replay.replay(office)
        assert answer["same"] == answer["decisions"] > CASES - 5
        assert answer["differ"] == []
        assert [check.name for check in verify.checks(office) if not check.ok] == []


def test_every_paper_says_what_it_is(shown: tuple[Path, dict[str, object]]) -> None:
    import subprocess

    for path in [
        *(shown[0] / "papers" / "letters").glob("*00001.pdf"),
        *(shown[0] / "papers").glob("publicity/*"),
    ]:
        done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
        assert "演示" in done.stdout.decode()


@pytest.mark.slow
def test_the_same_seed_gives_the_same_papers(shown: tuple[Path, dict[str, object]], tmp_path: Path) -> None:
    demonstration.demo(tmp_path / "demo.office", cases=CASES, seed=7, out=tmp_path / "papers")
    assert hashes(tmp_path / "papers") == hashes(shown[0] / "papers")


@pytest.mark.slow
def test_the_default_demonstration_is_as_large_as_promised(tmp_path: Path) -> None:
    summary = demonstration.demo(tmp_path / "demo.office", out=tmp_path / "papers")
    assert summary["awards"] >= 40
    assert summary["letters"] >= 30
    assert min(summary["blocked"], summary["refused"]) >= 3
    assert {"submitted", "correction", "calculated", "publicity", "approved"} < set(summary["states"])


@pytest.mark.slow
def test_one_that_is_left_at_work_is_the_same_office_and_the_same_papers(tmp_path: Path) -> None:
    told = [
        demonstration.demo(tmp_path / f"{name}.office", cases=20, seed=7, out=tmp_path / name, living=True)
        for name in ("one", "other")
    ]
    assert hashes(tmp_path / "one") == hashes(tmp_path / "other")
    one, other = (each | {"seconds": 0, "papers": ""} for each in told)
    assert one == other
    rows = []
    for name in ("one", "other"):
        with closing(sqlite3.connect(tmp_path / f"{name}.office")) as office:
            rows.append(list(office.iterdump()))
    assert rows[0] == rows[1]


@pytest.mark.parametrize("cases", [1, 3])
def test_the_smallest_are_whole(tmp_path: Path, cases: int) -> None:
    summary = demonstration.demo(tmp_path / "demo.office", cases=cases, seed=7)
    assert sum(summary[name] for name in ("awards", "blocked", "refused")) == summary["applications"] == cases
    with Office.open(tmp_path / "demo.office").closing() as office:
        assert [check.name for check in verify.checks(office) if not check.ok] == []
        assert office.today() == datetime.date(2026, 7, 13)


def test_the_default_workbook_is_the_seed_s() -> None:
    table = made_up_applications.rows(demonstration.CASES, demonstration.SEED)
    fresh = made_up_applications.workbook(table)
    import io

    import openpyxl

    def cells(body: bytes) -> list[tuple[object, ...]]:
        return list(openpyxl.load_workbook(io.BytesIO(body)).worksheets[0].values)

    assert cells(fresh) == cells(demonstration.workbook(demonstration.CASES, demonstration.SEED))
    codes = [str(row["统一社会信用代码"]) for row in table]
    bad = [code for code in codes if creditcode.fault(code)]
    assert len(bad) == 3 and all("440399" in code for code in codes)
