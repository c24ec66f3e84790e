"""Rounds: a window of their own, and which one an application falls into."""

import datetime

import pytest

from casework.core.office import SHANGHAI
from casework.core.refused import Refused
from casework.intake import rounds
from casework.review import checking
from tests.casework.desk import Desk

SCHEME = "shenzhen-training-voucher"


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (datetime.datetime(2026, 5, 5, 23, 59, 59), False),
        (datetime.datetime(2026, 5, 6), True),
        (datetime.datetime(2026, 6, 5, 23, 59, 59), True),
        (datetime.datetime(2026, 6, 6), False),
    ],
)
def test_the_window_s_first_and_last_moment(desk: Desk, at: datetime.datetime, found: bool) -> None:
    with desk.office.read() as session:
        assert (rounds.places(session, SCHEME).holding(at) is not None) == found
        assert rounds.places(session, "another-scheme").holding(at) is None


def test_a_round_that_there_is_not(desk: Desk) -> None:
    with desk.office.read() as session, pytest.raises(Refused, match="no_such_round"):
        rounds.places(session, SCHEME, 9)
    with pytest.raises(Refused, match="no_such_round"):
        rounds.close_round(desk.office, "officer", 9)


def test_each_application_goes_into_the_round_of_its_own_moment(desk: Desk) -> None:
    opens = datetime.datetime(2026, 9, 1, tzinfo=SHANGHAI)
    second = rounds.open_round(desk.office, "officer", "第二批", 2026, opens).facts["round"]
    september = datetime.datetime(2026, 9, 10, 9)
    with desk.office.read() as session:
        places = rounds.places(session, SCHEME)
        found = [places.holding(at) for at in (datetime.datetime(2026, 5, 20), september)]
        assert [None if one is None else one.id for one in found] == [1, second]
        assert places.holding(datetime.datetime(2026, 7, 1)) is None
        named = rounds.places(session, "another-scheme", second)
        assert (named.scheme, named.holding(datetime.datetime(2026, 5, 20)).id) == (SCHEME, second)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("opens", "closes", "applied_on", "status"),
    [
        ((2026, 9, 1), None, (2026, 9, 10), "awarded"),
        ((2026, 9, 1), None, (2026, 12, 17), "awarded"),
        (None, (2026, 4, 1), (2026, 2, 10), "awarded"),
        ((2026, 9, 1), (2026, 10, 1), (2026, 9, 30), "awarded"),
        (None, None, (2026, 9, 10), "refused"),
    ],
)
def test_one_bound_of_a_round_never_takes_the_default_of_the_other(
    desk: Desk,
    opens: tuple[int, int, int] | None,
    closes: tuple[int, int, int] | None,
    applied_on: tuple[int, int, int],
    status: str,
) -> None:
    first, last = (
        None if day is None else datetime.datetime(*day, tzinfo=SHANGHAI) for day in (opens, closes)
    )
    rounds.close_round(desk.office, "officer", 1)
    rounds.open_round(desk.office, "officer", "第二批", 2026, first, last)
    case = desk.submit(applied_at=datetime.datetime(*applied_on, 9), signed_on=datetime.date(2026, 1, 5))
    desk.days(210)
    checking.accept(desk.office, "officer", case)
    decision = desk.decide(case)
    assert decision.status == status
    assert (decision.award_fen or 0) == (400_000_000 if status == "awarded" else 0)
