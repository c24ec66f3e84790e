"""The list of applications: order, filters, rows, counts and sums, and how far a million is from slow."""

import datetime
from typing import Any

import pytest

from casework.award import deciding
from casework.boards import application_list, case_search
from casework.boards.application_list import Filter, Lists, Query
from casework.core.cursor_reads import Stop, Stopped
from casework.core.office import Office
from casework.issuing import withdraw_suspend_revoke
from casework.review import checking
from tests.casework.listed import enter


@pytest.fixture
def five(office: Office) -> Office:
    enter(office, "深圳量子智算科技有限公司", "YS2026000001", district="福田区")
    enter(office, "深圳睿灵智能有限公司", "YS2026000002")
    enter(office, "湾畔大学", "YS2026000003", applicant_kind="university", district=None)
    enter(office, "100%_算力有限公司", "YS2026000004", contract_amount=100_000_01)
    enter(office, "鹏湾机器人有限公司", "YS2026000005")
    checking.accept(office, "officer", "YS2026000002")
    return office


def listed(office: Office, query: Query) -> list[int]:
    return list(Lists(office).ids(query))


def value(office: Office, application: int, column: str) -> object:
    (row,) = application_list.rows(office, [application])
    return row[[each.name for each in application_list.COLUMNS].index(column)]


def test_the_latest_stand_first_unless_asked_otherwise(five: Office) -> None:
    assert listed(five, Query()) == [5, 4, 3, 2, 1]
    assert listed(five, Query(descending=False)) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("column", [each.name for each in application_list.COLUMNS])
def test_every_column_sorts_both_ways(five: Office, column: str) -> None:
    up, down = (listed(five, Query(sort=column, descending=way)) for way in (False, True))
    assert sorted(up) == sorted(down) == [1, 2, 3, 4, 5]
    values = [value(five, number, column) for number in up]
    known: list[Any] = [each for each in values if each is not None]
    if column != "state":
        assert known == sorted(known)
    assert values[: len(known)] == known, "what is empty stands last"
    assert value(five, down[-1], column) is None or None not in values


def test_states_sort_in_the_order_of_a_life(five: Office) -> None:
    assert listed(five, Query(sort="state", descending=True))[0] == 2
    withdraw_suspend_revoke.withdraw(five, "officer", "YS2026000001", "单位申请")
    assert listed(five, Query(sort="state", descending=True))[:2] == [1, 2]


def test_amounts_sort_as_numbers(five: Office) -> None:
    assert listed(five, Query(sort="contract_amount", descending=False)) == [1, 4, 2, 3, 5]


@pytest.mark.parametrize(
    ("one", "wanted"),
    [
        (Filter("state", "in", ("accepted",)), [2]),
        (Filter("district", "in", ("南山区", None)), [5, 4, 3, 2]),
        (Filter("district", "in", (None,)), [3]),
        (Filter("contract_amount", "between", (200_000_00, 300_000_00)), [3, 2]),
        (Filter("contract_amount", "between", (None, 100_000_00)), [1]),
        (Filter("applied_at", "between", (datetime.date(2026, 5, 7), None)), []),
        (Filter("applied_at", "between", (None, datetime.date(2026, 5, 6))), [5, 4, 3, 2, 1]),
        (Filter("applicant_name", "contains", ("%_",)), [4]),
        (Filter("contract_no", "contains", ("ht-2026-0003",)), [3]),
        (Filter("contract_no", "contains", ("0003", "0005")), [5, 3]),
        (Filter("decision", "in", (None,)), [5, 4, 3, 2, 1]),
    ],
)
def test_filters(five: Office, one: Filter, wanted: list[int]) -> None:
    assert listed(five, Query(filters=(one,))) == wanted
    assert application_list.count(five, (one,)) == len(wanted)


def test_a_day_ends_at_midnight_of_the_offices_place(five: Office) -> None:
    enter(five, "夜间有限公司", "YS2026000006", applied_at=datetime.datetime(2026, 5, 7, 0, 0))
    on = Filter("applied_at", "between", (datetime.date(2026, 5, 7), datetime.date(2026, 5, 7)))
    assert listed(five, Query(filters=(on,))) == [6]


def test_finding_keeps_the_order_and_the_filters(five: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    case_search.catch_up(five)
    query = Query("深圳", (Filter("state", "in", ("submitted", "accepted")),), "contract_amount", False)
    assert listed(five, query) == [1, 2]
    monkeypatch.setattr(application_list, "FEW", 1)
    assert listed(five, query) == [1, 2]
    assert listed(five, Query("司")) == [5, 4, 2, 1]


def test_the_last_order_is_kept_until_the_office_changes(five: Office) -> None:
    lists = Lists(five)
    first = lists.ids(Query())
    assert lists.ids(Query()) is first
    checking.accept(five, "officer", "YS2026000001")
    assert lists.ids(Query()) is not first


def test_rows_come_in_the_order_asked_for(five: Office) -> None:
    rows = application_list.rows(five, [3, 1, 99])
    assert [row[:1] for row in rows] == [("YS2026000003",), ("YS2026000001",), ()]
    assert value(five, 1, "contract_amount") == 100_000_00
    assert value(five, 1, "applied_at") == "2026-05-06T02:00:00.000000Z"
    assert value(five, 2, "state") == "accepted"


def test_a_decision_shows_and_is_the_last_one(five: Office) -> None:
    deciding.decide(five, "officer", "YS2026000005")
    assert value(five, 5, "decision") == "blocked"
    assert value(five, 5, "reasons") == "no_pack"
    assert value(five, 5, "prepared_by") == "陈知远"
    deciding.decide_again(five, "officer", "YS2026000005", "再试")
    assert listed(five, Query(filters=(Filter("decision", "in", ("blocked",)),))) == [5]


def test_a_finished_case_waits_for_nobody(five: Office) -> None:
    assert value(five, 1, "waiting") is not None
    withdraw_suspend_revoke.withdraw(five, "officer", "YS2026000001", "单位申请")
    assert value(five, 1, "waiting") is None


def test_counts_and_sums(five: Office) -> None:
    assert application_list.counts(five, "state") == {"submitted": 4, "accepted": 1}
    assert application_list.counts(five, "district") == {"南山区": 3, None: 1, "福田区": 1}
    assert application_list.sums(five, [1, 2, 4]) == (3, 400_000_01, 0)
    assert application_list.sums(five, []) == (0, 0, 0)
    assert application_list.cases(five, [5, 1]) == ["YS2026000005", "YS2026000001"]


def test_a_query_changes_one_filter_at_a_time() -> None:
    one, other = Filter("state", "in", ("accepted",)), Filter("state", "in", ("refused",))
    query = Query(text="a").with_filter(one).with_filter(other)
    assert query.filters == (other,)
    assert query.without_filter("state") == Query(text="a")


def test_a_list_stops_when_asked(five: Office) -> None:
    stop = Stop()
    stop.stop()
    with pytest.raises(Stopped):
        Lists(five).ids(Query(), stop)
