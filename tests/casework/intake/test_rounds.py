"""Rounds: a window of their own, and which one an application falls into."""

import datetime

import pytest

from casework.core.office import SHANGHAI
from casework.core.refused import Refused
from casework.intake import rounds
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
        assert (rounds.find(session, SCHEME, None, at.replace(tzinfo=SHANGHAI)) is not None) == found
        assert rounds.find(session, "another-scheme", None, at.replace(tzinfo=SHANGHAI)) is None


def test_a_round_that_there_is_not(desk: Desk) -> None:
    with desk.office.read() as session, pytest.raises(Refused, match="no_such_round"):
        rounds.find(session, SCHEME, 9, desk.office.now())
    with pytest.raises(Refused, match="no_such_round"):
        rounds.close_round(desk.office, "officer", 9)
