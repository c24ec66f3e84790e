"""The books as Beancount text: `bean-check` accepts them, and refuses them with a transaction left out."""

import datetime
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casework.core.office import SHANGHAI
from casework.issuing import withdraw_suspend_revoke
from casework.money import ledger
from casework.money.ledger import About, Line
from casework.money.periods import close_period
from casework.outgoing import ledger_export
from tests.casework.books import do
from tests.casework.desk import Desk


def bean_check(path: Path) -> str:
    """What Beancount's own program says of a file; nothing where it accepts it."""
    found = shutil.which("bean-check", path=f"{Path(sys.executable).parent}") or shutil.which("bean-check")
    if found is None:
        pytest.skip("bean-check is not installed")
    done = subprocess.run([found, str(path)], capture_output=True, text=True, timeout=60)
    assert (done.returncode != 0) == bool(done.stderr)
    return done.stderr


def written(desk: Desk, path: Path, at: datetime.date | None = None) -> tuple[int, str]:
    count = ledger_export.write_ledger(desk.office, "auditor", "beancount", path, at=at)
    return count, path.read_text(encoding="utf-8")


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """An award, revoked; a month closed and something that belongs to it; parts of two funders."""
    case = desk.issued()
    desk.clock.at = datetime.datetime(2026, 7, 2, 9, tzinfo=SHANGHAI)
    withdraw_suspend_revoke.revoke(desk.office, "approver2", case, "合同终止")
    close_period(desk.office, "finance", "2026-06")
    late = About(on=datetime.date(2026, 6, 30))
    do(desk.office, lambda turn: ledger.reserve(turn, 1, 101, late, {'ci"ty': 61, "district": 40}))
    do(desk.office, lambda turn: ledger.post(turn, 1, [Line("receivable", 7), Line("treasury", -7)]))
    return desk


def test_bean_check_accepts_all_of_it(worked: Desk, tmp_path: Path) -> None:
    count, text = written(worked, tmp_path / "all.beancount")
    assert count == text.count("\n  journal: ") == 6
    assert bean_check(tmp_path / "all.beancount") == ""
    assert text.count(" balance ") >= 10
    late = next(part for part in text.split("\n\n") if "belongs: " in part)
    assert late.startswith("2026-07-01 *") and "belongs: 2026-06-30" in late
    assert 'funder: "ci\\"ty"' in late and "  0.61 CNY" in late and "  0.40 CNY" in late
    assert 'case: "SL2026000001"' in text and re.search(r'voucher: "[0-9A-Z]{16}"', text)


def test_what_is_left_out_or_changed_is_found(worked: Desk, tmp_path: Path) -> None:
    """The fault planted: one transaction gone, one fen moved."""
    _, text = written(worked, tmp_path / "all.beancount")
    parts = text.split("\n\n")
    gone = [part for part in parts if 'journal: "2"' not in part]
    assert len(gone) == len(parts) - 1
    other = text.replace("  0.61 CNY", "  0.62 CNY")
    for changed in ("\n\n".join(gone), other):
        (tmp_path / "changed.beancount").write_text(changed, encoding="utf-8")
        assert bean_check(tmp_path / "changed.beancount")


def test_the_end_of_a_day_and_the_same_bytes_again(worked: Desk, tmp_path: Path) -> None:
    day = datetime.date(2026, 5, 25)
    count, text = written(worked, tmp_path / "then.beancount", day)
    assert count == 2 and "2026-05-26 balance " in text and "2026-06" not in text
    assert bean_check(tmp_path / "then.beancount") == ""
    assert written(worked, tmp_path / "again.beancount", day) == (count, text)
    assert written(worked, tmp_path / "none.beancount", datetime.date(2026, 5, 1))[0] == 0
    assert bean_check(tmp_path / "none.beancount") == ""
