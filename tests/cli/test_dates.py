"""A day as a command takes it."""

import datetime

import pytest

from cli.dates import date_of
from cli.trouble import Trouble


def test_a_day_or_none() -> None:
    assert date_of("2026-05-31", "--at") == datetime.date(2026, 5, 31)
    assert date_of(None, "--at") is None
    with pytest.raises(Trouble):
        date_of("31st", "--at")
