"""Balances at a date: by the day that entries are for, by the moment they were recorded, and fast."""

import datetime
import time

import pytest
from sqlalchemy import insert

from casework.core.act import Turn
from casework.core.office import SHANGHAI, Office
from casework.core.refused import Refused
from casework.money import balances, ledger
from casework.money.ledger import About, Line
from models import LedgerEntry
from tests.casework.books import do, open_budget
from tests.casework.desk import BUDGET_FEN, Desk


def at(office: Office, on: datetime.date | None = None, by: str = balances.DAY) -> ledger.Balance | None:
    with office.read() as session:
        found = balances.at(session, on, by)
    return found[0].balance if found else None


def test_a_date_by_day_and_by_moment_are_two_answers(desk: Desk) -> None:
    """On 3 June it is entered that 600 were reserved on 25 May."""
    desk.clock.at = datetime.datetime(2026, 6, 3, 9, tzinfo=SHANGHAI)
    do(desk.office, lambda turn: ledger.reserve(turn, 1, 600, About(on=datetime.date(2026, 5, 25))))
    before, on, now = datetime.date(2026, 5, 24), datetime.date(2026, 5, 25), datetime.date(2026, 6, 3)
    whole = ledger.Balance(BUDGET_FEN, BUDGET_FEN, 0, 0, 0, 0)
    less = ledger.Balance(BUDGET_FEN, BUDGET_FEN - 600, 600, 0, 0, 0)
    assert [at(desk.office, day) for day in (before, on, now, None)] == [whole, less, less, less]
    recorded = [at(desk.office, day, balances.RECORDED) for day in (before, on, now, None)]
    assert recorded == [whole, whole, less, less]
    assert at(desk.office, datetime.date(2026, 5, 19)) is None, "nothing stood in it before"


def test_the_end_of_a_day_is_that_of_the_offices_place(desk: Desk) -> None:
    desk.clock.at = datetime.datetime(2026, 5, 31, 23, 59, 58, tzinfo=SHANGHAI)
    do(desk.office, lambda turn: ledger.reserve(turn, 1, 1))  # at 23:59:59
    do(desk.office, lambda turn: ledger.reserve(turn, 1, 10))  # at midnight
    for by in (balances.DAY, balances.RECORDED):
        found = at(desk.office, datetime.date(2026, 5, 31), by)
        assert found is not None and found.reserved_fen == 1


def test_an_entry_of_an_earlier_version_is_for_the_day_on_which_it_was_recorded(desk: Desk) -> None:
    """It names no day: what is hashed stays as it was."""
    desk.clock.at = datetime.datetime(2026, 6, 3, 23, 59, 50, tzinfo=SHANGHAI)

    def as_before(turn: Turn) -> None:
        journal = ledger.reserve(turn, 1, 600)
        turn.session.connection().exec_driver_sql("DROP TRIGGER ledger_entry_kept")
        turn.session.connection().exec_driver_sql(
            f"UPDATE ledger_entry SET for_day = NULL WHERE journal = {journal}"
        )
        raise Looked(balances.at(turn.session, datetime.date(2026, 6, 2)), balances.at(turn.session, JUNE))

    with pytest.raises(Looked) as looked:
        do(desk.office, as_before)
    assert [one[0].balance.reserved_fen for one in looked.value.args] == [0, 600]


JUNE = datetime.date(2026, 6, 3)


class Looked(Exception):
    """Taken back once it was looked at."""


def test_what_stands_apart_and_what_falls_on_each_funder(office: Office) -> None:
    budget = open_budget(office, 1000)
    do(office, lambda turn: ledger.reserve(turn, budget, 101, parts={"city": 61, "district": 40}))
    do(office, lambda turn: ledger.post(turn, budget, [Line("receivable", 7), Line("treasury", -7)]))
    with office.read() as session:
        (one,) = balances.at(session)
    assert one.balance == (1000, 899, 101, 0, 0, 0)
    assert dict(zip(balances.APART, one.apart, strict=True)) == {
        "receivable": 7,
        "recovered": 0,
        "treasury": -7,
    }
    assert one.funders == (("city", (61, 0, 0, 0)), ("district", (40, 0, 0, 0)))


def test_a_time_that_entries_do_not_have(office: Office) -> None:
    with office.read() as session, pytest.raises(Refused) as caught:
        balances.at(session, None, "month")
    assert caught.value.code == "refused.no_such_time"
    assert "day" in caught.value.say("zh") and "recorded" in caught.value.say("en")


def test_a_hundred_thousand_entries_are_told_at_any_date_at_once(office: Office) -> None:
    budget = open_budget(office, 10**12)
    since = datetime.date(2026, 1, 1)

    def many(turn: Turn) -> None:
        rows = [
            {
                "journal": 10 + number // 2,
                "account": ("available", "reserved")[number % 2],
                "budget_id": budget,
                "amount_fen": (-1, 1)[number % 2],
                "act": "decide",
                "at": turn.at,
                "person_id": turn.person.id,
                "for_day": since + datetime.timedelta(days=number % 360),
            }
            for number in range(100_000)
        ]
        turn.session.execute(insert(LedgerEntry), rows)

    do(office, many)
    took = []
    for day in (since, datetime.date(2026, 6, 30), datetime.date(2026, 12, 31)):
        for by in (balances.DAY, balances.RECORDED):
            start = time.thread_time()
            at(office, day, by)
            took.append(time.thread_time() - start)
    assert sorted(took)[-2] < 0.25, took  # 0.1 s on a machine that does nothing else
