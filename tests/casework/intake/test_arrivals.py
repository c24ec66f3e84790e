"""What rows mean: numbers compared by what tells them apart, and what is new, changed or said twice."""

import datetime

from casework.cases.said_values import Arrival, said_of
from casework.intake.arrivals import Planner
from tests.casework.desk import Desk

SAID = said_of({
    "applied_at": datetime.datetime(2026, 5, 20, 9, 30),
    "applicant_name": "甲公司",
    "applicant": "91440300MA50050230",
    "contract_amount": 100,
    "related_party": False,
})  # fmt: skip


FULL = said_of({
    **SAID, "applicant_kind": "enterprise", "founded_on": datetime.date(2020, 3, 1), "district": "南山区",
    "contact": "王某", "phone": "13800000000", "provider": "湾畔云计算", "provider_admitted": True,
    "service": "智能算力租赁", "contract_no": "HT-1", "signed_on": datetime.date(2026, 4, 1),
    "starts_on": datetime.date(2026, 5, 1), "ends_on": datetime.date(2027, 4, 30), "net_amount": 94,
    "leased_in_year": 200, "other_national": 1, "other_city": 2, "other_district": 3, "other_support": 6,
    "other_source": "区", "awarded_before": 0, "purpose": "训练", "bank": "某行", "account": "622",
})  # fmt: skip


def test_a_case_twice_in_one_file_is_taken_once(desk: Desk) -> None:
    rows = [Arrival(5, "A", SAID), Arrival(6, "A", {**SAID, "purpose": "x"}), Arrival(7, "B", SAID)]
    with desk.office.read() as session:
        plan = Planner(session, rows).plan()
    assert [one.arrival.row for one in plan.taken] == [5, 7]
    assert [(each.row, each.reason) for each in plan.refused] == [(6, "duplicate_case")]


def test_another_name_under_the_same_code_is_told(desk: Desk) -> None:
    rows = [Arrival(5, "A", SAID), Arrival(6, "B", {**SAID, "applicant_name": "乙公司"})]
    with desk.office.read() as session:
        assert Planner(session, rows).plan().findings() == [("B", "other_name", "甲公司")]
