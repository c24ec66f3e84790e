"""What a number was used for before, however it is written, and what of it still stands."""

import datetime

from casework.money import allotments, budgets
from casework.money.allotments_entered import Given, given_under, meant_again, silent_of
from casework.money.allotments_taken_back import reverse_appropriation
from models import Appropriation
from tests.casework.desk import BUDGET, Desk

AT = datetime.datetime(2026, 5, 20, 4, tzinfo=datetime.UTC)


def test_a_reason_of_its_own_lets_a_number_pass_again() -> None:
    before = [Given(100, "年初下达", AT), Given(200, "追加", AT)]
    assert meant_again([], 100, "") is None
    assert meant_again(before, 300, "市政府专题会议追加") is None
    assert meant_again(before, 300, " 追加。") == before[1]
    assert meant_again(before, 100, "") == before[0]
    assert meant_again(before, 300, "") == before[1]


def test_what_was_taken_back_is_no_use_of_its_number(desk: Desk) -> None:
    desk.budget_of(1_000)
    number = desk.rows(Appropriation)[-1]
    with desk.office.read() as session:
        found = budgets.find(session, BUDGET)
        assert [one.amount_fen for one in given_under(session, found, BUDGET, number.allotment_no)] == [
            number.amount_fen
        ]
    reverse_appropriation(desk.office, "finance", number.id, "金额填写有误")
    with desk.office.read() as session:
        found = budgets.find(session, BUDGET)
        assert found is not None
        assert given_under(session, found, BUDGET, number.allotment_no) == []
        assert silent_of(session, found.id) == []
    allotments.appropriate(
        desk.office, "finance", BUDGET, number.allotment_no, number.amount_fen, number.reason
    )
