"""Closed months take no entry: what belongs to them is booked for the next open day and says so."""

import datetime

import pytest
from sqlalchemy import insert, select
from sqlmodel import col

from casework.core.act import Turn
from casework.core.office import SHANGHAI, Office
from casework.core.refused import Refused
from casework.money import books_check, ledger, periods
from models import LedgerEntry, Period
from tests.casework.books import do, open_budget
from tests.casework.desk import Desk


def put(desk: Desk, year: int, month: int, day: int) -> None:
    desk.clock.at = datetime.datetime(year, month, day, 9, tzinfo=SHANGHAI)


def refused(office: Office, month: str) -> str:
    with pytest.raises(Refused) as caught:
        periods.close_period(office, "finance", month)
    assert caught.value.say("zh") and caught.value.say("en")
    return caught.value.code


def days(office: Office) -> list[tuple[datetime.date | None, datetime.date | None]]:
    with office.read() as session:
        entries = select(LedgerEntry).order_by(col(LedgerEntry.id))
        return [(one.for_day, one.belongs_on) for one in session.execute(entries).scalars()]


def test_an_entry_is_for_the_day_of_the_act_at_the_offices_place(office: Office, clock: object) -> None:
    open_budget(office, 1000)  # at noon of 20 May by Shanghai's clock
    assert days(office) == [(datetime.date(2026, 5, 20), None)] * 2


def test_what_belongs_to_a_closed_month_is_booked_in_the_next_and_says_so(desk: Desk) -> None:
    put(desk, 2026, 6, 3)
    told = periods.close_period(desk.office, "finance", "2026-05").facts
    assert told == {"from_on": datetime.date(2026, 5, 1), "until_on": datetime.date(2026, 5, 31)}
    late = ledger.About(on=datetime.date(2026, 5, 30))
    said = do(desk.office, lambda turn: ledger.reserve(turn, 1, 600, late)).facts
    assert said == {"booked_on": datetime.date(2026, 6, 1), "belongs_on": datetime.date(2026, 5, 30)}
    open_day = ledger.About(on=datetime.date(2026, 6, 2))
    assert do(desk.office, lambda turn: ledger.reserve(turn, 1, 5, open_day)).facts == {}
    booked = (datetime.date(2026, 6, 1), datetime.date(2026, 5, 30))
    assert days(desk.office)[-4:] == [booked, booked, *[(datetime.date(2026, 6, 2), None)] * 2]
    with desk.office.read() as session:
        assert books_check.check(session).faults == ()


def test_months_are_closed_once_in_their_order_and_when_they_are_over(desk: Desk) -> None:
    assert refused(desk.office, "2026-05") == "refused.month_not_over"
    put(desk, 2026, 9, 1)
    assert refused(desk.office, "2026-04") == "refused.no_entries"
    periods.close_period(desk.office, "finance", "2026-6")
    assert refused(desk.office, "2026-06") == "refused.month_closed"
    assert refused(desk.office, "2026-05") == "refused.month_closed"
    told = periods.close_period(desk.office, "finance2", " 2026-08 ").facts
    assert told["from_on"] == datetime.date(2026, 7, 1)
    rows = desk.rows(Period)
    assert [(one.first_on.month, one.last_on.month) for one in rows] == [(5, 6), (7, 8)]


@pytest.mark.parametrize(
    "said", ["", "2026", "2026-13", "0000-01", "9999-12", "２０２６-05", "5月", "2026-05-01"]
)
def test_what_is_no_month(desk: Desk, said: str) -> None:
    assert refused(desk.office, said) == "refused.no_month"


def test_an_entry_behind_the_books_is_found(office: Office) -> None:
    budget = open_budget(office, 1000)

    def sneaked(turn: Turn) -> None:
        closed = {"first_on": datetime.date(2026, 4, 1), "last_on": datetime.date(2026, 4, 30)}
        at = turn.at - datetime.timedelta(days=1)
        turn.session.execute(insert(Period).values(**closed, closed_at=at, closed_by_id=turn.person.id))
        journal = ledger.reserve(turn, budget, 5)
        values = {"budget_id": budget, "journal": journal, "act": "x", "at": turn.at, "person_id": 1}
        for fen in (7, -7):
            turn.session.execute(
                insert(LedgerEntry).values(
                    **values, account="treasury", amount_fen=fen, for_day=datetime.date(2026, 4, 30)
                )
            )

    do(office, sneaked)
    with office.read() as session:
        assert books_check.check(session).faults == (("day", "2"),)
