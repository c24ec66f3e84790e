"""Who came first is served first: chosen cases go in their order, and what waits before them is told."""

import datetime
from collections.abc import Sequence

import pytest

from casework.award import deciding, round_preview
from casework.award.earlier_waiting import Waiting, earlier
from casework.core import look_ahead, on_many_cases
from casework.intake import rounds
from models import Application
from tests.casework.adopted import adopt
from tests.casework.award.test_deciding_bench import RANKED, submit
from tests.casework.desk import CODE, OTHER_CODE, YOUNG_CODE, Desk
from tests.rules.round_packs import pack_text

FIRST_COME = pack_text('exceeded = "rest"', cap="900000.00")
AMOUNTS = (60_000_000, 60_000_000, 60_000_000)


def waiting(desk: Desk, *cases: str) -> Waiting | None:
    with desk.office.read() as session:
        return earlier(session, cases)


@pytest.fixture
def three(desk: Desk) -> tuple[Desk, list[str]]:
    """A budget of 1,000,000.00 and three cases of 600,000.00, an hour after one another."""
    adopt(desk.office, FIRST_COME)
    return desk, submit(desk, AMOUNTS)


def test_chosen_newest_first_they_are_decided_oldest_first(three: tuple[Desk, list[str]]) -> None:
    desk, cases = three
    newest_first = cases[::-1]
    seen = look_ahead.on_cases(desk.office, "officer", "decide", newest_first)
    _, done = on_many_cases.do(desk.office, "officer", [("decide", newest_first)])
    for effects in (seen, done):
        assert [one.case for one in effects] == cases
        assert [one.told["award_fen"] for one in effects] == [60_000_000, 40_000_000, None]
        assert [one.applied_at for one in effects] == sorted(
            desk.application(case).applied_at for case in cases
        )
    assert [desk.decision(case).award_fen for case in cases] == [60_000_000, 40_000_000, None]


def test_receipt_numbers_follow_the_order_of_application(three: tuple[Desk, list[str]]) -> None:
    desk, cases = three
    on_many_cases.do(desk.office, "officer", [("accept", [cases[1], cases[2], cases[0]])])
    assert [row.receipt_no for row in desk.rows(Application)] == ["2026-000001", "2026-000002", "2026-000003"]


def test_of_the_same_moment_the_one_that_came_in_first_goes_first(desk: Desk) -> None:
    at = datetime.datetime(2026, 5, 20, 9)
    cases = [
        desk.submit(applied_at=at, applicant=code, contract_no=f"HT-{place}")
        for place, code in enumerate((CODE, OTHER_CODE, YOUNG_CODE))
    ]
    with desk.office.read() as session:
        assert list(on_many_cases.in_order(session, [cases[2], "没有", cases[0], cases[1]])) == [
            *cases,
            "没有",
        ]
    assert waiting(desk, cases[1]) == Waiting(1, cases[0], desk.application(cases[0]).applied_at)


def test_what_waits_before_is_told_with_the_first_of_it(three: tuple[Desk, list[str]]) -> None:
    desk, cases = three
    assert waiting(desk, cases[0]) is None
    first = desk.application(cases[0]).applied_at
    assert waiting(desk, cases[2]) == Waiting(2, cases[0], first)
    assert waiting(desk, cases[2], cases[0]) == Waiting(1, cases[1], desk.application(cases[1]).applied_at)
    assert waiting(desk, *cases) is None
    (effect,) = look_ahead.on_cases(desk.office, "officer", "decide", [cases[2]])
    assert (effect.told["earlier_undecided"], effect.told["earliest_undecided"]) == (2, cases[0])
    change = deciding.decide(desk.office, "officer", cases[1])
    assert change.facts["earlier_undecided"] == 1
    assert "earlier_undecided" not in deciding.decide(desk.office, "officer", cases[0]).facts


def test_a_round_is_told_of_those_outside_it(three: tuple[Desk, list[str]]) -> None:
    desk, cases = three
    assert round_preview.decide_round(desk.office, "officer").earlier is None
    number = rounds.open_round(desk.office, "officer", "第二批", 2026, scheme="test-voucher").facts["round"]
    with desk.office.write() as session:
        session.get_one(Application, desk.application(cases[2]).id).round_id = number
    seen = round_preview.decide_round(desk.office, "officer", number)
    assert seen.earlier is not None and (seen.earlier.how_many, seen.earlier.case) == (2, cases[0])


def test_another_year_another_scheme_or_what_is_ranked_waits_for_nobody(desk: Desk) -> None:
    adopt(desk.office, pack_text(RANKED % "next"))
    ranked = submit(desk, AMOUNTS)
    early = desk.submit(applied_at=datetime.datetime(2025, 12, 31, 23))
    late = desk.submit(contract_no="HT-2")
    assert waiting(desk, *ranked[1:]) is None
    assert waiting(desk, late) is None
    assert waiting(desk, early, late) is None
    assert waiting(desk) is None


def test_schemes_that_share_a_budget_wait_for_each_other(desk: Desk) -> None:
    adopt(desk.office, FIRST_COME)
    other = FIRST_COME.replace('id = "test-voucher"', 'id = "other-voucher"')
    adopt(desk.office, other.replace("[budget]", '[budget]\nkey = "test-voucher"'), allotted=False)
    (case,) = submit(desk, AMOUNTS[:1])
    with desk.office.write() as session:
        row = session.get_one(Application, desk.application(case).id)
        row.scheme = "other-voucher"
    later = submit(desk, AMOUNTS)[1]
    found = waiting(desk, later)
    assert found is not None and found.case == case


def test_a_budget_of_a_quarter_is_waited_for_within_the_quarter(desk: Desk) -> None:
    """By the year a case of April waited for those of March, whose budget is another."""
    adopt(desk.office, FIRST_COME.replace("[budget]", '[budget]\nper = "quarter"'), allotted=False)
    cases = at_days(desk, "test-voucher", ((2026, 3, 31), (2026, 4, 1), (2026, 6, 30), (2026, 7, 1)))
    assert waiting(desk, cases[1]) is None
    found = waiting(desk, cases[2])
    assert found is not None and (found.how_many, found.case) == (1, cases[1])
    assert waiting(desk, cases[3]) is None
    found = waiting(desk, cases[0], cases[2], cases[3])
    assert found is not None and (found.how_many, found.case) == (1, cases[1])


def test_a_budget_that_never_starts_anew_is_waited_for_over_the_years(desk: Desk) -> None:
    adopt(desk.office, FIRST_COME.replace("[budget]", '[budget]\nper = "programme"'), allotted=False)
    cases = at_days(desk, "test-voucher", ((2026, 12, 31), (2027, 1, 1)))
    found = waiting(desk, cases[1])
    assert found is not None and found.case == cases[0]


def test_versions_of_a_scheme_with_budgets_of_their_own_do_not_wait_for_each_other(desk: Desk) -> None:
    """The last version's budget was taken for that of every case of the scheme."""
    first = FIRST_COME.replace("[budget]", '[budget]\nkey = "old"\nper = "programme"')
    second = FIRST_COME.replace('version = "1"', 'version = "2"').replace("[budget]", '[budget]\nkey = "new"')
    first = first.replace("from = 2026-01-01", "from = 2026-01-01, until = 2026-06-01")
    adopt(desk.office, first, allotted=False)
    adopt(desk.office, second.replace("from = 2026-01-01", "from = 2026-06-01"), allotted=False)
    cases = at_days(desk, "test-voucher", ((2026, 5, 1), (2026, 5, 31), (2026, 6, 1), (2026, 6, 2)))
    found = waiting(desk, cases[1])
    assert found is not None and (found.how_many, found.case) == (1, cases[0])
    assert waiting(desk, cases[2]) is None
    found = waiting(desk, cases[3])
    assert found is not None and (found.how_many, found.case) == (1, cases[2])


def at_days(desk: Desk, scheme: str, days: Sequence[tuple[int, int, int]]) -> list[str]:
    return [
        desk.submit(scheme, applied_at=datetime.datetime(*day, 9), contract_no=f"HT-{at}")
        for at, day in enumerate(days)
    ]
