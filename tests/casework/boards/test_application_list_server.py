"""The same lists on PostgreSQL: every column sorted and filtered, and found with LIKE."""

from collections.abc import Iterator

import pytest

from casework.boards import application_list, case_search
from casework.boards.application_list import Filter, Lists, Query
from casework.core.cursor_reads import Stop, Stopped
from casework.core.office import Office
from casework.issuing import withdraw_suspend_revoke
from casework.people import accounts
from tests.casework.conftest import StandingClock
from tests.casework.listed import enter
from tests.models.server import server

__all__ = ["server"]


@pytest.fixture(scope="module")
def three(server: str) -> Iterator[Office]:
    office = Office.create(server, name="测试", clock=StandingClock())
    accounts.found(office, accounts.DEMO_PEOPLE, "demo")
    enter(office, "深圳量子智算科技有限公司", "YS2026000001", district="福田区")
    enter(office, "深圳睿灵智能有限公司", "YS2026000002")
    enter(office, "湾畔大学", "YS2026000003", district=None)
    withdraw_suspend_revoke.withdraw(office, "officer", "YS2026000003", "单位申请")
    yield office
    office.close()


@pytest.mark.parametrize("column", [each.name for each in application_list.COLUMNS])
def test_every_column_sorts_and_counts(three: Office, column: str) -> None:
    for way in (False, True):
        assert sorted(Lists(three).ids(Query(sort=column, descending=way))) == [1, 2, 3]
    assert sum(application_list.counts(three, column).values()) == 3


def test_filters_rows_and_sums(three: Office) -> None:
    lists = Lists(three)
    assert list(lists.ids(Query(filters=(Filter("district", "in", ("南山区", None)),)))) == [3, 2]
    money = Filter("contract_amount", "between", (200_000_00, None))
    assert list(lists.ids(Query(filters=(money,), descending=False))) == [2, 3]
    assert application_list.count(three, (Filter("applicant_name", "contains", ("智能",)),)) == 1
    assert application_list.rows(three, [3, 1])[1][:1] == ("YS2026000001",)
    assert application_list.sums(three, [1, 2]) == (2, 300_000_00, 0)
    assert application_list.cases(three, [2, 1]) == ["YS2026000002", "YS2026000001"]


def test_finding_goes_without_words(three: Office) -> None:
    assert case_search.catch_up(three) == 0 == case_search.behind(three)
    assert list(Lists(three).ids(Query("智算"))) == [1]
    assert list(Lists(three).ids(Query("深圳 ys2026000002"))) == [2]


def test_a_query_stops(three: Office) -> None:
    stop = Stop()
    stop.stop()
    with pytest.raises(Stopped):
        Lists(three).ids(Query(), stop)
