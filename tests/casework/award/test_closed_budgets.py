"""A budget that stops at the first case it does not reach for is closed to all that come after."""

from casework.award import deciding
from casework.award.closed_budgets import closed, stoppers
from casework.money import budgets
from tests.casework.adopted import adopt
from tests.casework.award.test_deciding_bench import BUDGET, submit
from tests.casework.desk import Desk
from tests.rules.round_packs import pack_text

RULE = "budget"


def decided(desk: Desk, order: str = "stop") -> list[int]:
    """Three cases under a budget of 1,000,000.00 that reaches for the first; returns them by number."""
    adopt(desk.office, pack_text(f'exceeded = "{order}"'))
    cases = submit(desk, (90_000_000, 20_000_000, 5_000_000))
    deciding.decide_round(desk.office, "officer")
    return [desk.application(case).id for case in cases]


def budget_id(desk: Desk) -> int:
    with desk.office.read() as session:
        row = budgets.find(session, BUDGET)
    assert row is not None
    return row.id


def stopped(desk: Desk, rule: str = RULE) -> list[int]:
    with desk.office.read() as session:
        return sorted(session.execute(stoppers(budget_id(desk), rule)).scalars())


def test_those_that_the_budget_did_not_reach_for_have_closed_it(desk: Desk) -> None:
    _, second, third = decided(desk)
    assert stopped(desk) == [second, third]
    with desk.office.read() as session:
        assert closed(session, budget_id(desk), RULE)
        assert closed(session, budget_id(desk), RULE, but=second), "the third stands in the way as well"


def test_who_closed_it_alone_may_be_decided_again(desk: Desk) -> None:
    adopt(desk.office, pack_text('exceeded = "stop"'))
    first, second = submit(desk, (90_000_000, 20_000_000))
    deciding.decide_round(desk.office, "officer")
    with desk.office.read() as session:
        number = budget_id(desk)
        assert not closed(session, number, RULE, but=desk.application(second).id)
        assert closed(session, number, RULE, but=desk.application(first).id)


def test_only_the_budget_and_the_rule_that_are_named_are_closed(desk: Desk) -> None:
    decided(desk)
    with desk.office.read() as session:
        assert not closed(session, budget_id(desk) + 1, RULE)
        assert not closed(session, budget_id(desk), "applicant_year")
    assert stopped(desk, "applicant_year") == []


def test_only_the_decision_that_stands_counts(desk: Desk) -> None:
    adopt(desk.office, pack_text('exceeded = "stop"'))
    _, second = submit(desk, (90_000_000, 20_000_000))
    deciding.decide_round(desk.office, "officer")
    assert stopped(desk) == [desk.application(second).id]
    budgets.appropriate(desk.office, "finance", BUDGET, "指标", 50_000_000)
    deciding.decide_again(desk.office, "officer", second, "追加预算")
    assert desk.decision(second).award_fen == 20_000_000
    assert stopped(desk) == []
