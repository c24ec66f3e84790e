"""One act on many cases: the preview says what happens and keeps nothing, the act does each by itself."""

import hashlib

import pytest

from casework import leaving, many, people
from casework.cursor_reads import connected
from casework.office import Office
from casework.refused import Refused
from tests.casework.listed import enter

CASES = ["YS2026000001", "YS2026000002", "YS2026000003"]


@pytest.fixture
def three(office: Office) -> Office:
    for case in CASES:
        enter(office, "深圳智算有限公司", case)
    leaving.withdraw(office, "officer", CASES[1], "单位申请")
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
    told = many.preview(three, "officer", "accept", CASES)
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
    foretold = many.preview(three, "officer", "accept", CASES)
    change, done = many.do(three, "officer", "accept", CASES)
    assert [each[:4] for each in done] == [each[:4] for each in foretold]
    assert change.ids["application"] == (1, 3)
    assert done[1].refused is not None


def test_what_an_act_asks_for(three: Office) -> None:
    assert many.asks("accept") == ()
    assert many.asks("withdraw") == ("reason",)
    assert many.asks("approve") == ("minutes",)
    assert many.asks("review") == ("stage",)
    told = many.preview(three, "officer", "review", CASES[:1], stage="eligibility")
    assert told[0].after == "eligibility"


def test_only_acts_of_ones_roles_are_offered(three: Office) -> None:
    assert "accept" in many.offered(frozenset(("officer",)))
    assert set(many.offered(frozenset(("approver",)))) == {"check", "approve", "return", "suspend"}
    assert many.offered(frozenset(("auditor",))) == ()
    with pytest.raises(Refused, match="not_allowed"):
        many.preview(three, "auditor", "accept", CASES)


def test_progress_stops_between_cases_and_what_is_done_stays(three: Office) -> None:
    def progress(done: int, of: int) -> None:
        assert of == 3
        if done == 1:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        many.do(three, "officer", "accept", CASES, progress)
    assert many.preview(three, "officer", "check", CASES)[0].after == "accepted"


def test_a_preview_of_many_goes_in_steps(three: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "AT_ONCE", 1)
    steps: list[int] = []
    told = many.preview(three, "officer", "accept", CASES, lambda done, of: steps.append(done))
    assert len(told) == 3 and steps == [0, 1, 2]


def test_those_with_a_conflict_are_named(three: Office) -> None:
    people.recuse(three, "officer", 1, "亲属任职")
    told = many.preview(three, "officer", "accept", CASES)
    assert told[0].refused is not None and told[0].refused.code == "refused.recused"
