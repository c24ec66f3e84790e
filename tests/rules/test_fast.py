"""The fast path says of every case what the reference says, and refuses what it can't do."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import fast
from rules.decide import Decision, decide
from rules.facts import Facts, Value
from rules.fast import NotFast, calculate, told
from rules.fast_columns import columns_of
from rules.pack import load
from rules.policy import Policy
from rules.position import Position
from tests.rules import round_packs

POLICIES = Path(__file__).parents[2] / "resources" / "policies"


def shipped(name: str, **changes: str) -> Policy:
    text = (POLICIES / f"{name}.toml").read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return Policy(load(text))


DOABLE = [
    shipped("shenzhen/training-voucher-2026"),
    shipped("shenzhen/training-voucher-2025"),
    shipped("shenzhen/model-voucher-2025"),
    shipped("shenzhen/corpus-voucher-2025"),
    shipped("shenzhen/longgang-compute-subsidy-2025"),
    shipped("shenzhen/guangming-compute-subsidy-2025"),
    shipped("beijing/etown-compute-voucher-2024"),
    shipped("hangzhou/compute-voucher-2024"),
    shipped("hangzhou/compute-voucher-2025"),
    shipped("chengdu/compute-voucher-2025"),
    shipped("henan/compute-voucher-2025"),
    shipped("tianmen/compute-voucher-2024"),
    round_packs.policy('exceeded = "rest"', cap="50.00"),
    round_packs.policy('exceeded = "nothing"', cap="50.00"),
    round_packs.policy('exceeded = "stop"', cap="50.00"),
]
PLAIN = DOABLE[-3]
TESTS = """
id = "every-test"
version = "1"
title = "各种条件"
document = "测试文件"
grade = "A"
in_force = { from = 2026-01-01, article = "一" }

[[fact]]
id = "place"
type = "choice"
choices = ["north", "south", "west"]

[[fact]]
id = "other_place"
type = "choice"
choices = ["west", "north", "south"]

[[fact]]
id = "staff"
type = "integer"

[[fact]]
id = "paid"
type = "money"

[[condition]]
id = "asked_of_some"
applies_when = { fact = "place", none_of = ["north"] }
fact = "staff"
at_most = 3
article = "一"

[[condition]]
id = "joint"
any = [
    { fact = "paid", above = "0.02" },
    { not = { fact = "place", is = { fact = "other_place" } } },
    { all = [{ fact = "staff", given = false }, { fact = "founded_on", given = true }] },
]
article = "一"

[[condition]]
id = "paid"
fact = "paid"
at_most = { fact = "contract_amount" }
article = "一"

[[condition]]
id = "old"
any = [
    { fact = "applied_at", after = "founded_on", at_least_months = 4 },
    { fact = "signed_on", after = "founded_on", at_most_months = 1 },
    { fact = "signed_on", from = 2026-02-01 },
]
article = "一"

[[tier]]
id = "many"
when = { fact = "staff", above = 2 }
rate = "0.3"
article = "一"

[[tier]]
id = "west"
when = { fact = "place", one_of = ["west", "south"] }
rate = "0.5"
article = "一"

[[tier]]
id = "general"
otherwise = true
rate = "0.4"
article = "一"

[[stacking]]
id = "exclude"
how = "exclude"
facts = ["other_support"]
article = "一"

[[stacking]]
id = "deduct"
how = "deduct"
facts = ["paid"]
article = "一"

[[cap]]
id = "contract"
limit = "1000.00"
article = "一"

[[cap]]
id = "place_year"
limit = "3000.00"
per = ["year", "place"]
article = "一"
"""
DOABLE.append(Policy(load(TESTS)))
IN_THE_WAY = {
    "beijing/compute-voucher-2023": "base",
    "qingyang/compute-voucher-2024": "floor",
}


def sequentially(policy: Policy, cases: Sequence[Facts], left: int | None, hold: bool) -> list[Decision]:
    """The reference: one case after the other."""
    used: dict[str, int] = {}
    spent: dict[str, int] = {}
    closed: set[str] = set()
    found = []
    for facts in cases:
        keys, budget = policy.cap_keys(facts), policy.budget_key(facts) or ""
        remains = None if left is None or policy.pack.budget is None else left - spent.get(budget, 0)
        position = Position(tuple(used.get(key, 0) for key in keys), 0 if budget in closed else remains)
        one = decide(policy, facts, position)
        counts = one.holds_fen if hold else one.award_fen or 0
        for key in keys:
            used[key] = used.get(key, 0) + counts
        spent[budget] = spent.get(budget, 0) + counts
        if one.stops:
            closed.add(budget)
        found.append(one)
    return found


def same(policy: Policy, cases: Sequence[Facts], left: int | None = None, hold: bool = False) -> None:
    """Asserts that both ways agree on every case."""
    outcome = calculate(policy, columns_of(policy, cases), left, hold)
    amount = policy.budget_amount_fen if left is None else left
    for at, one in enumerate(sequentially(policy, cases, amount, hold)):
        expected = (one.status, one.tier, one.base_fen, one.award_fen, one.binding, one.reasons)
        assert told(policy, outcome, at) == expected, (at, cases[at])
        assert int(outcome.award[at]) == (one.award_fen or 0)
        assert fast.STATUS[int(outcome.status[at])] == one.status


AMOUNTS = st.sampled_from([0, 1, 2, 3, 99, 1_000, 3_333, 10_000, 50_000_000, 49_999_999, 2 * 10**9, 10**13])
SMALL = st.sampled_from([0, 0, 0, 0, 1, 500, 25_000_000])


@st.composite
def values(draw: st.DrawFn, policy: Policy) -> dict[str, Value]:
    """One case, with every fact that the policy uses."""
    facts: dict[str, Value] = {
        fact.id: draw(_value(fact.id, fact.type, fact.choices))
        for fact in policy.program.facts
        if fact.id != policy.pack.chosen_by
    }
    day = draw(st.sampled_from([4, 5, 6, 10, 20, 20, 30, 35, 36, 244, 245]))
    facts[policy.pack.chosen_by] = datetime(2026, 5, 1) + timedelta(days=day, hours=draw(st.integers(0, 23)))
    return facts


def _value(name: str, kind: str, choices: tuple[str, ...]) -> st.SearchStrategy[Any]:
    usual: dict[str, st.SearchStrategy[Any]] = {
        "applicant": st.sampled_from(["a", "b", "c"]),
        "applicant_kind": st.sampled_from(["enterprise"] * 5 + ["university", "person", None]),
        "contract_amount": AMOUNTS,
        "awarded_before": st.sampled_from([0, None, None, None, 5_000]),
        "overrun_reason": st.sampled_from([None, None, None, "reason"]),
        "officer_rate": st.sampled_from([None, None, None, 100_000]),
        "window_from": st.sampled_from([None, None, datetime(2026, 1, 1)]),
        "window_until": st.sampled_from([None, None, datetime(2027, 6, 1)]),
        "founded_on": st.sampled_from([date(2020, 2, 29), date(2026, 1, 1), date(2025, 5, 6), None]),
        "support_year": st.sampled_from([1, 2, 3, 4, None]),
    }
    if name in usual:
        return usual[name]
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "money": SMALL if name == "other_support" else st.one_of(st.none(), AMOUNTS),
        "yes_no": st.sampled_from([False, True, False, True, None]),
        "date": st.sampled_from([date(2026, 5, 1), date(2026, 1, 15), None]),
        "choice": st.sampled_from([*choices, *choices, None]) if choices else st.just("x"),
        "integer": st.integers(0, 5),
        "text": st.sampled_from(["x", "y"]),
    }
    return kinds[kind]


@pytest.mark.parametrize("policy", DOABLE, ids=lambda policy: policy.ref)
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_the_fast_path_says_what_the_reference_says(policy: Policy, data: st.DataObject) -> None:
    cases = data.draw(st.lists(values(policy), max_size=40))
    left = data.draw(st.sampled_from([None, 0, 1, 10_000, 25_000_000, 10**12]))
    shortest = data.draw(st.sampled_from([1, 3, 96]))
    before = fast.SHORTEST
    fast.SHORTEST = shortest
    try:
        same(policy, cases, left, hold=data.draw(st.booleans()))
    finally:
        fast.SHORTEST = before


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 300)), max_size=200), st.integers(0, 20_000)
)
@settings(max_examples=60, deadline=None)
def test_plain_cases_need_no_reference_until_the_budget_is_short(
    wishes: list[tuple[str, int]], left: int
) -> None:
    policy = PLAIN
    cases = round_packs.cases(*(amount for _, amount in wishes), applicants=tuple(name for name, _ in wishes))
    before, fast.SHORTEST = fast.SHORTEST, 1
    try:
        same(policy, cases, left)
        outcome = calculate(policy, columns_of(policy, cases), 10**9)
        assert not outcome.singles
    finally:
        fast.SHORTEST = before


def test_a_budget_that_is_gone_costs_no_reference() -> None:
    policy = round_packs.policy('exceeded = "rest"', cap="1000000.00")
    cases = round_packs.cases(*[1_000] * 2_000)
    same(policy, cases, 500_500)
    outcome = calculate(policy, columns_of(policy, cases), 500_500)
    assert 0 < len(outcome.singles) <= 2 * fast.SHORTEST


def test_a_cap_that_is_used_up_binds_before_a_budget_that_is_gone() -> None:
    names = ("a", "b", "a", "c", "a", "a")
    cases = round_packs.cases(5_000, 5_000, 700, 700, 0, 700, applicants=names)
    before, fast.SHORTEST = fast.SHORTEST, 1
    try:
        same(PLAIN, cases, 10_000)
        outcome = calculate(PLAIN, columns_of(PLAIN, cases), 10_000)
        bound = [told(PLAIN, outcome, at)[4] for at in range(6)]
        assert bound == ["rate", "rate", "applicant_year", "budget", "rate", "applicant_year"]
        assert len(outcome.singles) <= 2
    finally:
        fast.SHORTEST = before


def test_two_tiers_that_both_fit_go_to_the_reference() -> None:
    policy = Policy(load(TESTS))
    facts: Facts = {
        "applied_at": datetime(2026, 5, 6),
        "contract_no": "1",
        "contract_amount": 1_000,
        "founded_on": date(2020, 1, 1),
        "signed_on": date(2026, 5, 1),
        "place": "west",
        "other_place": "north",
        "staff": 3,
        "paid": 500,
    }
    same(policy, [facts] * 200)
    assert told(policy, calculate(policy, columns_of(policy, [facts])), 0)[5] == ("many", "west")


def test_large_amounts_do_not_leave_63_bits() -> None:
    policy = round_packs.policy('exceeded = "rest"', rate='"0.999999"', cap="1000000000000.00")
    cases = round_packs.cases(10**15, 10**14 + 1, 123_456_789_012_345, *[7] * 200)
    same(policy, cases, 10**17)
    assert not calculate(policy, columns_of(policy, cases), 10**17).singles


@pytest.mark.parametrize(("name", "reason"), IN_THE_WAY.items())
def test_a_policy_of_another_shape_is_refused(name: str, reason: str) -> None:
    with pytest.raises(NotFast) as refusal:
        calculate(shipped(name), columns_of(shipped(name), []))
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("policy", "reason"),
    [
        (round_packs.ranked(), "budget"),
        (round_packs.pro_rata(), "budget"),
        (round_packs.policy('exceeded = "rest"', more=round_packs.FLOOR.format(least="1.00")), "floor"),
    ],
)
def test_rounds_and_floors_are_refused(policy: Policy, reason: str) -> None:
    with pytest.raises(NotFast) as refusal:
        calculate(policy, columns_of(policy, []))
    assert refusal.value.reason == reason


def test_a_case_without_its_legal_date_is_refused() -> None:
    policy = DOABLE[0]
    with pytest.raises(NotFast) as refusal:
        calculate(policy, columns_of(policy, [{"applicant": "a"}]))
    assert refusal.value.reason == "no_date"


def test_no_cases_no_awards() -> None:
    assert len(calculate(DOABLE[0], columns_of(DOABLE[0], [])).award) == 0
