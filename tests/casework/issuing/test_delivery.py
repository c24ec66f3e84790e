"""Delivery: the day a letter arrived, and until when it can be contested since."""

import datetime

import pytest

from casework.boards.case_view import view
from casework.core.office import SHANGHAI
from casework.core.refused import Refused
from casework.issuing import delivery, letters
from casework.issuing.delivery import terms
from models import Delivery
from tests.casework.desk import Desk


def on(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("arrived", "reconsideration", "suit"),
    [
        ("2026-05-20", "2026-07-20", "2026-11-20"),  # 60 days on: Sunday 19 July, so the Monday after
        ("2026-08-07", "2026-10-08", "2027-02-07"),  # 6 October lies in the holidays; 8 October is a workday
        ("2025-08-31", "2025-10-30", "2026-02-28"),  # no 31 February; that Saturday is a make-up working day
    ],
)
def test_terms_run_from_the_day_after_and_end_on_a_working_day(
    arrived: str, reconsideration: str, suit: str
) -> None:
    found = terms("refusal", on(arrived))
    assert found is not None
    assert found.reconsideration_on == on(reconsideration)
    if suit != "2027-02-07":
        assert found.suit_on == on(suit)
    else:  # a Sunday; the holidays of 2027 are not announced yet
        assert found.suit_on > on(suit) and found.provisional


def test_what_decides_nothing_has_no_terms() -> None:
    assert terms("correction", on("2026-05-20")) is None


def refused_with_letter(desk: Desk) -> tuple[str, int]:
    case = desk.submit(contract_amount=49_999_999)
    desk.cite()
    desk.decide(case)
    return case, letters.issue_refusal(desk.office, "approver", case).facts["letter"]


def test_a_delivery_is_shown_with_its_terms_and_recorded_again_where_it_was_wrong(desk: Desk) -> None:
    case, letter = refused_with_letter(desk)
    desk.days(5)
    wrong = delivery.record_delivery(desk.office, "officer", letter, "post", on("2026-05-21"))
    assert wrong.facts["reconsideration_on"] == on("2026-07-20")
    delivery.record_delivery(desk.office, "officer2", letter, "direct", on("2026-05-22"), "回证3号")
    shown = view(desk.office, "finance", case)
    assert shown is not None
    (one,) = shown.letters
    assert one.delivered is not None and one.terms is not None
    assert (one.delivered.method, one.delivered.receipt) == ("direct", "回证3号")
    assert (one.terms.reconsideration_on, one.terms.suit_on) == (on("2026-07-21"), on("2026-11-23"))
    assert len(desk.rows(Delivery)) == 2
    assert "record_delivery" in [event.act for event in shown.events]


def test_the_terms_of_a_real_letter_end_after_the_holidays(desk: Desk) -> None:
    """Delivered on 7 August 2026, 60 days end on 6 October, within National Day; the suit's 7 February
    2027 is a Sunday of a year whose holidays nobody has announced. Once it is void, nothing runs any more."""
    case, letter = refused_with_letter(desk)
    desk.clock.at = datetime.datetime(2026, 8, 10, 9, tzinfo=SHANGHAI)
    told = delivery.record_delivery(desk.office, "approver", letter, "post", on("2026-08-07")).facts
    assert told["reconsideration_on"] == on("2026-10-08")
    assert told["suit_on"] == on("2027-02-08") and told["provisional"]
    letters.void_letter(desk.office, "approver2", letter, "有误")
    shown = view(desk.office, "officer", case)
    assert shown is not None
    assert shown.letters[0].delivered is not None and shown.letters[0].terms is None


@pytest.mark.parametrize(
    ("method", "day", "code"),
    [
        ("owl", "2026-05-20", "no_such_method"),
        ("post", "2026-05-19", "delivered_when"),
        ("post", "2026-06-20", "delivered_when"),
    ],
)
def test_what_cannot_be_is_refused(desk: Desk, method: str, day: str, code: str) -> None:
    _, letter = refused_with_letter(desk)
    with pytest.raises(Refused) as refused:
        delivery.record_delivery(desk.office, "officer", letter, method, on(day))
    assert refused.value.code == f"refused.{code}"
    assert "{" not in refused.value.say("zh") + refused.value.say("en")
    assert desk.rows(Delivery) == []


def test_a_void_letter_and_an_unknown_one_are_not_delivered(desk: Desk) -> None:
    _, letter = refused_with_letter(desk)
    with pytest.raises(Refused, match="no_such_letter"):
        delivery.record_delivery(desk.office, "officer", 99, "post", on("2026-05-20"))
    letters.void_letter(desk.office, "approver2", letter, "有误")
    with pytest.raises(Refused, match="letter_void"):
        delivery.record_delivery(desk.office, "officer", letter, "post", on("2026-05-20"))
