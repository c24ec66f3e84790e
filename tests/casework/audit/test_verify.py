"""Verify: an office at work holds together (faults are planted in
tests/end_to_end/test_planted_faults.py)."""

import datetime

import pytest

from casework.audit import one_check, verify
from casework.issuing import letters
from tests.casework.desk import Desk

WAIT = datetime.timedelta(days=8)


def test_an_office_at_work_holds_together(desk: Desk) -> None:
    case = desk.issued()
    letters.issue_approval(desk.office, "officer", case)
    answer = verify.verify(desk.office, "en")
    assert all(check["ok"] for check in answer["checks"])
    assert all(isinstance(check["detail"], str) and check["detail"] for check in answer["checks"])
    names = {check["name"] for check in answer["checks"]}
    assert {
        "log",
        "ledger",
        "references",
        "letters",
        "decision_numbers",
        "letter_numbers",
        "packs",
        "rows",
    } <= names


def test_an_empty_office_holds_together(desk: Desk) -> None:
    assert [check.name for check in verify.checks(desk.office) if not check.ok] == []


def test_it_can_be_watched_and_stopped(desk: Desk) -> None:
    assert len(verify.checks(desk.office, lambda done, of: done < 2)) == 2


@pytest.mark.parametrize(("back", "told"), [(datetime.timedelta(minutes=4), 0), (WAIT, 1)])
def test_a_clock_that_was_set_back_is_told(desk: Desk, back: datetime.timedelta, told: int) -> None:
    """Who sets it forward and back again waits for nothing; it is no fault by itself."""

    def runs_back() -> int:
        check = next(each for each in verify.checks(desk.office) if each.name == "log")
        found = 0 if check.note is None else check.note[1]["count"]
        assert check.ok and ("clock was set back" in check.say("en")) is bool(found)
        return int(str(found))

    before = runs_back()
    desk.clock.at += WAIT
    desk.set("correction_days", "5")
    desk.clock.at -= back
    for days in ("6", "7"):
        desk.set("correction_days", days)
    assert runs_back() == before + told


def test_what_does_not_hold_is_said(desk: Desk) -> None:
    check = one_check.Check("log", 3, ("2: hash",))
    assert not check.ok
    assert "2: hash" in check.say("en") and "2: hash" in check.say("zh")
