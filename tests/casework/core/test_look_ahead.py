"""Looking ahead says what happens to each case and keeps nothing."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from types import SimpleNamespace
from typing import Any

import pytest

from casework.core import look_ahead, on_many_cases
from casework.core.act import Turn
from casework.core.cursor_reads import connected
from casework.core.office import Office
from casework.core.refused import Refused
from casework.issuing import withdraw_suspend_revoke
from casework.people import accounts
from tests.casework.desk import Desk
from tests.casework.listed import enter

CASES = ["YS2026000001", "YS2026000002", "YS2026000003"]


@pytest.fixture
def three(office: Office) -> Office:
    for case in CASES:
        enter(office, "深圳智算有限公司", case)
    withdraw_suspend_revoke.withdraw(office, "officer", CASES[1], "单位申请")
    return office


def fingerprint(office: Office) -> str:
    """Of everything that is stored."""
    with connected(office) as (connection, _):
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall()
        stored = [connection.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in tables]
    return hashlib.sha256(repr(stored).encode()).hexdigest()


def test_a_preview_tells_each_case_and_keeps_nothing(three: Office) -> None:
    before = fingerprint(three)
    told = look_ahead.on_cases(three, "officer", "accept", CASES)
    assert [(each.case, each.before, each.after) for each in told] == [
        (CASES[0], "submitted", "accepted"),
        (CASES[1], "withdrawn", "withdrawn"),
        (CASES[2], "submitted", "accepted"),
    ]
    assert told[0].told["receipt_no"] == "2026-000001"
    assert told[2].told["receipt_no"] == "2026-000002", "each stands after those before it"
    assert told[1].refused is not None and told[1].refused.code == "refused.state"
    assert fingerprint(three) == before


def test_doing_it_does_what_the_preview_said(three: Office) -> None:
    foretold = look_ahead.on_cases(three, "officer", "accept", CASES)
    change, done = on_many_cases.do(three, "officer", [("accept", CASES)])
    assert [each[:4] for each in done] == [each[:4] for each in foretold]
    assert change.ids["application"] == (1, 3)
    assert done[1].refused is not None


@pytest.fixture
def many(office: Office) -> tuple[Office, list[str]]:
    cases = [f"YS20260001{number:02}" for number in range(look_ahead.FEW + 5)]
    for case in cases:
        enter(office, "深圳智算有限公司", case)
    return office, cases


ACCEPTED = """
import sys
from casework.core.office import Office
from casework.review import checking
with Office.open(sys.argv[1]).closing() as office:
    checking.accept(office, "officer", sys.argv[2])
"""


def test_while_many_are_tried_another_program_acts(many: tuple[Office, list[str]]) -> None:
    office, cases = many
    path = office.store.path
    assert path is not None

    def progress(done: int, of: int) -> None:
        if done == look_ahead.FEW:
            subprocess.run([sys.executable, "-c", ACCEPTED, str(path), cases[0]], check=True, timeout=60)

    started = time.monotonic()
    told = look_ahead.on_cases(office, "officer", "accept", cases, progress)
    assert time.monotonic() - started < 25, "the other did not wait for its turn to the last"
    assert [each.after for each in told] == ["accepted"] * len(cases), "as it was when one asked"
    with office.read() as session:
        assert on_many_cases.state_of(session, cases[0]) == "accepted", "the other's is kept"
        assert on_many_cases.state_of(session, cases[1]) == "submitted"


def test_doing_many_does_what_the_preview_in_a_copy_said(many: tuple[Office, list[str]]) -> None:
    office, cases = many
    withdraw_suspend_revoke.withdraw(office, "officer", cases[3], "单位申请")
    before = fingerprint(office)
    foretold = look_ahead.on_cases(office, "officer", "accept", cases)
    assert fingerprint(office) == before
    _, done = on_many_cases.do(office, "officer", [("accept", cases)])
    assert [each[:4] for each in done] == [each[:4] for each in foretold]
    assert [repr(each.refused) for each in done] == [repr(each.refused) for each in foretold]


def test_many_are_tried_in_the_office_where_a_copy_has_no_room(
    many: tuple[Office, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    office, cases = many
    in_a_copy = look_ahead.on_cases(office, "officer", "accept", cases)
    monkeypatch.setattr(shutil, "disk_usage", lambda where: SimpleNamespace(free=0))
    monkeypatch.setattr(look_ahead, "AT_ONCE", 20)
    with office.apart() as there:
        assert there is office
    told = look_ahead.on_cases(office, "officer", "accept", cases)
    assert told[:20] == in_a_copy[:20] and len(told) == len(cases)


def test_a_copy_is_ones_own_and_gone_afterwards(three: Office) -> None:
    with three.apart() as copy:
        path = copy.store.path
        assert path is not None and path != three.store.path
        assert os.name == "nt" or (path.stat().st_mode | path.parent.stat().st_mode) & 0o077 == 0
        assert fingerprint(copy) == fingerprint(three)
    assert not path.parent.exists()


def test_a_preview_of_many_goes_in_steps(three: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look_ahead, "AT_ONCE", 1)
    steps: list[int] = []
    told = look_ahead.on_cases(three, "officer", "accept", CASES, lambda done, of: steps.append(done))
    assert len(told) == 3 and steps == [0, 1, 2]


def test_those_with_a_conflict_are_named(three: Office) -> None:
    accounts.recuse(three, "officer", 1, "亲属任职")
    told = look_ahead.on_cases(three, "officer", "accept", CASES)
    assert told[0].refused is not None and told[0].refused.code == "refused.recused"


def test_what_an_act_asks_for_is_given(three: Office) -> None:
    told = look_ahead.on_cases(three, "officer", "review", CASES[:1], stage="eligibility")
    assert told[0].after == "eligibility"


def test_stopping_tells_what_was_tried(three: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look_ahead, "AT_ONCE", 1)
    told = look_ahead.on_cases(three, "officer", "accept", CASES, lambda done, of: done < 2)
    assert [one.case for one in told] == CASES[:2]


def test_who_may_not_do_it_at_all_is_refused(three: Office) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        look_ahead.on_cases(three, "auditor", "accept", CASES)


def test_what_is_tried_is_taken_back_whatever_it_finds(three: Office) -> None:
    before = fingerprint(three)

    def body(turn: Turn) -> str:
        application = turn.case(CASES[0])
        application.state = "accepted"
        return application.case_no

    assert look_ahead.tried(three, "officer", "accept", body) == CASES[0]
    assert fingerprint(three) == before


def test_what_a_decision_blocks_is_told_so_and_what_a_person_puts_aside_too(desk: Desk) -> None:
    case = desk.submit(related_party=None)

    def told(act: str, **given: Any) -> tuple[str, str]:
        (seen,) = look_ahead.on_cases(desk.office, "officer", act, [case], **given)
        _, (done,) = on_many_cases.do(desk.office, "officer", ((act, (case,)),), **given)
        assert (seen.before, seen.after) == (done.before, done.after)
        return done.before, done.after

    assert told("decide", reason="先行核算") == ("submitted", "blocked")
    assert told("decide_again", reason="再算一次") == ("blocked", "blocked")
    assert told("resume") == ("blocked", "eligibility")
    assert told("suspend", reason="等待核查结论") == ("eligibility", "suspended")
