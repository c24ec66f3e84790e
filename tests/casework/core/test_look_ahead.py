"""Looking ahead says what happens to each case and keeps nothing."""

import hashlib

import pytest

from casework.core import look_ahead, on_many_cases
from casework.core.act import Turn
from casework.core.cursor_reads import connected
from casework.core.office import Office
from casework.core.refused import Refused
from casework.issuing import withdraw_suspend_revoke
from casework.people import accounts
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
