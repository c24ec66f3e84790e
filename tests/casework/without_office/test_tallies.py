"""What a file has used so far: of each cap and of each budget, to the fen."""

from casework.without_office.tallies import Plan, Tallies
from rules.decide import AWARDED, REFUSED
from rules.policy import Policy
from tests.rules.desk import facts, policy

FIVE_MILLION = 500_000_000


def plan(one: Policy, amount_fen: int | None) -> Plan:
    return Plan(one, (), amount_fen)


def test_each_award_leaves_less_for_the_next_row() -> None:
    one = policy()
    tallies, ready = Tallies(), plan(one, FIVE_MILLION)
    first = tallies.decide(ready, facts(contract_amount="8000000"))
    budget = one.budget_key(facts(contract_amount="8000000"))
    assert (first.status, first.award_fen) == (AWARDED, 400_000_000)
    assert tallies.left(ready, budget) == FIVE_MILLION - 400_000_000
    assert set(tallies.used.values()) == {400_000_000}


def test_a_refused_row_takes_nothing() -> None:
    tallies = Tallies()
    refused = tallies.decide(plan(policy(), FIVE_MILLION), facts(contract_amount="1"))
    assert refused.status == REFUSED and not tallies.used and not tallies.spent


def test_where_no_budget_binds_there_is_no_end() -> None:
    assert Tallies().left(plan(policy(), None), "scheme/2026") is None
    assert Tallies().left(plan(policy(), FIVE_MILLION), None) is None
