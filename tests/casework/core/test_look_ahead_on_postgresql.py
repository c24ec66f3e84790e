"""A preview of many on a real PostgreSQL: it stands in nobody's way and keeps nothing."""

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlmodel import col

from casework.audit.verify import checks
from casework.core import look_ahead, on_many_cases
from casework.core.office import Office
from casework.people import accounts
from casework.review import checking
from models import Person
from tests.casework.conftest import StandingClock
from tests.casework.listed import enter
from tests.models.server import server

__all__ = ["server"]

pytestmark = pytest.mark.slow
MANY = look_ahead.FEW + 5


@pytest.fixture(scope="module")
def many(server: str) -> Iterator[tuple[Office, list[str]]]:
    """More cases than are tried in the office itself."""
    office = Office.create(server, name="测试", clock=StandingClock())
    accounts.found(office, accounts.DEMO_PEOPLE, "demo")
    cases = [f"YS20260001{number:02}" for number in range(MANY)]
    for case in cases:
        enter(office, "深圳智算有限公司", case)
    yield office, cases
    office.close()


def states(office: Office, cases: list[str]) -> list[str]:
    with office.read() as session:
        return [on_many_cases.state_of(session, case) for case in cases]


def test_while_many_are_tried_another_acts_and_the_preview_keeps_nothing(
    many: tuple[Office, list[str]],
) -> None:
    """The other takes the very rows that the preview changed: the head of the log and the next number."""
    office, cases = many
    acted: list[int] = []

    def progress(done: int, of: int) -> None:
        if done == look_ahead.FEW and not acted:
            with Office.open(office.store.name, clock=office.clock).closing() as other:
                acted.append(checking.accept(other, "officer2", cases[0]).seq)

    started = time.monotonic()
    told = look_ahead.on_cases(office, "officer", "accept", cases, progress)
    assert len(acted) == 1 and time.monotonic() - started < 25, "the other did not wait for its turn"
    assert [each.after for each in told] == ["accepted"] * MANY, "as it was when one asked"
    assert [each.told["receipt_no"] for each in told] == [f"2026-{at:06}" for at in range(1, MANY + 1)]
    assert states(office, cases) == ["accepted", *["submitted"] * (MANY - 1)], "the other's is kept"
    assert [check.name for check in checks(office) if not check.ok] == []


def test_doing_many_does_what_the_preview_said(many: tuple[Office, list[str]]) -> None:
    office, cases = many
    left = [case for case, state in zip(cases, states(office, cases), strict=True) if state == "submitted"]
    assert len(left) > look_ahead.FEW
    foretold = look_ahead.on_cases(office, "officer", "accept", left)
    _, done = on_many_cases.do(office, "officer", [("accept", left)])
    assert [each[:4] for each in done] == [each[:4] for each in foretold]
    assert states(office, cases) == ["accepted"] * MANY
    assert [check.name for check in checks(office) if not check.ok] == []


def test_what_is_written_aside_is_never_kept(many: tuple[Office, list[str]]) -> None:
    office, _ = many
    with office.apart() as there:
        assert there is not office
        accounts.lock_person(there, "rights", "officer2")
    with office.read() as session:
        wanted = select(col(Person.locked)).where(col(Person.name) == "officer2")
        assert session.execute(wanted).scalar_one() is False
    assert [check.name for check in checks(office) if not check.ok] == []
