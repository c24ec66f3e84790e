"""What rows mean: numbers compared by what tells them apart, and what is new, changed or said twice."""

import datetime

from casework.cases.said_values import Arrival
from casework.intake.arrivals import Planner
from tests.casework.desk import Desk
from tests.casework.said import SAID

DAY = datetime.date(2026, 5, 20)


def test_a_case_twice_in_one_file_is_taken_once(desk: Desk) -> None:
    rows = [Arrival(5, "A", SAID), Arrival(6, "A", {**SAID, "purpose": "x"}), Arrival(7, "B", SAID)]
    with desk.office.read() as session:
        plan = Planner(session, rows, "shenzhen-training-voucher", DAY).plan()
    assert [one.arrival.row for one in plan.taken] == [5, 7]
    assert [(each.row, each.reason) for each in plan.refused] == [(6, "duplicate_case")]


def test_another_name_under_the_same_code_is_told(desk: Desk) -> None:
    other = {**SAID, "applicant_name": "乙公司", "contract_amount": 1_000}
    rows = [Arrival(5, "A", SAID), Arrival(6, "B", other)]
    with desk.office.read() as session:
        assert Planner(session, rows, "shenzhen-training-voucher", DAY).plan().findings() == [
            ("B", "other_name", "甲公司")
        ]
