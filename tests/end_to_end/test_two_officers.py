"""Two at the same moment, in processes of their own: the money that is there goes once."""

import datetime
import multiprocessing
import shutil
from pathlib import Path
from typing import Any

import pytest

from casework.audit.verify import checks
from casework.award import deciding
from casework.core.office import Office
from casework.core.refused import Refused
from casework.issuing import approval
from models import Decision
from tests.casework.desk import CODE, MINUTES, Clock, Desk

CASES = 12
BUDGET_FEN = 1_000_000_000


def decide_some(path: str, person: str, cases: list[str], start: Any) -> list[str]:
    """Decide cases as fast as one can; another does the same from the other end."""
    clock = Clock()
    with Office.open(path, clock=clock).closing() as office:
        start.wait()
        outcomes = []
        for case in cases:
            try:
                outcomes.append(str(deciding.decide(office, person, case).facts["status"]))
            except Refused as refused:
                outcomes.append(refused.code)
        return outcomes


def approve_some(path: str, person: str, cases: list[str], start: Any) -> list[str]:
    clock = Clock()
    clock.at = clock.at.replace(month=8)
    with Office.open(path, clock=clock).closing() as office:
        start.wait()
        outcomes = []
        for case in cases:
            try:
                approval.approve(office, person, case, MINUTES)
                outcomes.append("approved")
            except Refused as refused:
                outcomes.append(refused.code)
        return outcomes


def together(function: Any, path: Path, people: tuple[str, str], cases: list[str]) -> list[list[str]]:
    """Both at once: one from the first case on, the other from the last."""
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, context.Pool(2) as pool:
        start = manager.Barrier(2)
        waiting = [
            pool.apply_async(function, (str(path), person, order, start))
            for person, order in zip(people, (cases, cases[::-1]), strict=True)
        ]
        return [each.get(timeout=120) for each in waiting]


@pytest.fixture
def busy(prepared_office: Path, tmp_path: Path) -> tuple[Desk, Path]:
    path = tmp_path / "busy.office"
    shutil.copy(prepared_office, path)
    clock = Clock()
    return Desk(Office.open(path, clock=clock), clock), path


def test_two_officers_never_spend_more_than_there_is(busy: tuple[Desk, Path]) -> None:
    desk, path = busy
    desk.budget_of(BUDGET_FEN)
    desk.set("budget_exceeded", "rest")
    codes = [CODE, "91440300MA5005088M", "91440300MA5005046B", "91440300MA5005068K"]
    cases = [
        desk.submit(
            applicant=codes[number % 4], contract_no=f"HT-{number}", contract_amount=300_000_000 + number
        )
        for number in range(CASES)
    ]
    outcomes = together(decide_some, path, ("officer", "officer2"), cases)
    appropriation, available, reserved, committed = desk.budget()
    awards = [decision.award_fen or 0 for decision in desk.rows(Decision)]
    assert sum(awards) == reserved == BUDGET_FEN - available <= appropriation == BUDGET_FEN
    assert available == 0 and committed == 0
    decided = [code for some in outcomes for code in some if not code.startswith("refused.")]
    assert len(decided) == len(awards) == CASES
    assert all(check.ok for check in checks(desk.office))
    desk.office.close()


def test_two_approvers_commit_each_award_once(busy: tuple[Desk, Path]) -> None:
    desk, path = busy
    day = datetime.date(2026, 4, 1)
    cases = [
        desk.submit(
            contract_no=f"HT-{at}", signed_on=day + datetime.timedelta(at), contract_amount=100_000_000
        )
        for at in range(6)
    ]
    for case in cases:
        desk.decide(case)
    desk.publish_and_end(*cases)
    outcomes = together(approve_some, path, ("approver", "approver2"), cases)
    assert sorted(code for some in outcomes for code in some) == ["approved"] * 6 + ["refused.state"] * 6
    assert desk.budget()[2:] == (0, 300_000_000)
    desk.office.close()
