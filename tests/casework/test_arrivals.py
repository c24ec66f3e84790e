"""What rows mean: numbers compared by what tells them apart, and what doesn't fit within one application."""

import datetime

import pytest

from casework.arrivals import STORED, Arrival, Planner, Said, fingerprint, number_key, oddities, stored
from casework.case_facts import Register
from tests.casework.desk import PROVIDER, SERVICE, Desk

SAID = Said(
    datetime.datetime(2026, 5, 20, 9, 30),
    "甲公司",
    "91440300MA50050230",
    contract_amount=100,
    related_party=False,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [("SZ-SL-2026-0001", "sz sl 2026 0001"), ("ＨＴ－１", "HT1"), ("合同（2026）第3号", "合同2026第3号")],
)
def test_the_same_number_in_another_dress(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


def test_other_numbers_stay_apart() -> None:
    assert number_key("HT-11") != number_key("HT-12")
    assert number_key("") == number_key("--")


def test_a_row_is_stored_as_the_tables_hold_it() -> None:
    row = dict(zip(STORED, stored(SAID), strict=True))
    assert row["applied_at"] == "2026-05-20T01:30:00.000000Z"
    assert (row["contract_amount_fen"], row["related_party"], row["provider_admitted"]) == (100, 0, None)
    assert row["applicant_code"] == "91440300MA50050230"


@pytest.mark.parametrize(
    "change", [{"phone": "1"}, {"contract_amount": 101}, {"related_party": None}, {"bank": "x"}]
)
def test_any_other_word_is_another_fingerprint(change: dict[str, object]) -> None:
    other = SAID._replace(**change)  # type: ignore[arg-type]
    prints = {fingerprint(Arrival(1, "A", said), stored(said)) for said in (SAID, other)}
    assert len(prints) == 2
    extra = Arrival(1, "A", SAID, {"model_filed": True})
    assert fingerprint(extra, stored(SAID)) != fingerprint(Arrival(9, "B", SAID), stored(SAID))


def test_what_does_not_fit_within_one_application(desk: Desk) -> None:
    with desk.office.read() as session:
        register = Register(session)
    odd = SAID._replace(
        founded_on=datetime.date(2026, 4, 2),
        signed_on=datetime.date(2026, 4, 1),
        net_amount=101,
        provider="未知",
    )
    assert [each.code for each in oddities(odd, register)] == [
        "signed_before_founding",
        "net_above_gross",
        "provider_unknown",
    ]
    fits = SAID._replace(
        signed_on=datetime.date(2026, 4, 1), provider=PROVIDER, service=SERVICE, net_amount=100
    )
    assert oddities(fits, register) == []


def test_a_case_twice_in_one_file_is_taken_once(desk: Desk) -> None:
    rows = [Arrival(5, "A", SAID), Arrival(6, "A", SAID._replace(purpose="x")), Arrival(7, "B", SAID)]
    with desk.office.read() as session:
        plan = Planner(session, rows).plan()
    assert [one.arrival.row for one in plan.taken] == [5, 7]
    assert [(each.row, each.reason) for each in plan.refused] == [(6, "duplicate_case")]


def test_another_name_under_the_same_code_is_told(desk: Desk) -> None:
    rows = [Arrival(5, "A", SAID), Arrival(6, "B", SAID._replace(applicant_name="乙公司"))]
    with desk.office.read() as session:
        assert Planner(session, rows).plan().findings() == [("B", "other_name", "甲公司")]
