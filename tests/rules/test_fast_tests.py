"""Tests over columns answer as those over single cases do, unknown answers included."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import numpy
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.facts import Value
from rules.fast_columns import Column, columns_of
from rules.fast_tests import judge
from rules.pack import load
from rules.policy import Policy
from rules.predicate import Predicate, compile_predicate

PACK = """
id = "tests"
version = "1"
title = "条件"
document = "测试"
grade = "A"
in_force = {{ from = 2026-01-01, article = "一" }}

[[fact]]
id = "place"
type = "choice"

[[fact]]
id = "other_place"
type = "choice"

[[fact]]
id = "staff"
type = "integer"

[[condition]]
id = "tried"
{test}
article = "一"

[[tier]]
id = "general"
otherwise = true
rate = "0.5"
article = "一"
"""
TESTS = [
    'fact = "staff"\nat_most = 2',
    'fact = "staff"\nabove = 1',
    'fact = "related_party"\nis = "no"',
    'fact = "place"\none_of = ["a", "b"]',
    'fact = "place"\nnone_of = ["a"]',
    'fact = "place"\nis = { fact = "other_place" }',
    'fact = "staff"\ngiven = true',
    'fact = "staff"\ngiven = false',
    'fact = "signed_on"\nfrom = 2026-01-31\nuntil = 2026-03-01',
    'fact = "signed_on"\nafter = "founded_on"\nless_than_months = 1',
    'fact = "signed_on"\nafter = "founded_on"\nat_most_months = 1',
    'fact = "applied_at"\nafter = "founded_on"\nat_least_months = 1',
    'any = [{ fact = "staff", above = 1 }, { fact = "related_party", is = "yes" }]',
    'all = [{ fact = "staff", above = 1 }, { not = { fact = "place", is = "a" } }]',
]
DAYS = [date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 1), date(1999, 2, 28), None]
CASE = st.fixed_dictionaries(
    {
        "staff": st.sampled_from([0, 1, 2, 3, None]),
        "related_party": st.sampled_from([True, False, None]),
        "place": st.sampled_from(["a", "b", "c", None]),
        "other_place": st.sampled_from(["c", "b", "a", None]),
        "signed_on": st.sampled_from(DAYS),
        "founded_on": st.sampled_from(DAYS),
        "applied_at": st.sampled_from([datetime(2026, 2, 28, 23, 59), datetime(2026, 3, 1), None]),
    }
)


def test_of(text: str) -> tuple[Policy, Predicate]:
    policy = Policy(load(PACK.format(test=text)))
    return policy, policy.pack.conditions[0].test


test_of.__test__ = False  # type: ignore[attr-defined]


@given(st.sampled_from(TESTS), st.lists(CASE, min_size=1, max_size=12))
@settings(max_examples=200, deadline=None)
def test_columns_and_cases_answer_alike(text: str, cases: list[Mapping[str, Value]]) -> None:
    policy, test = test_of(text)
    by: Mapping[str, Column] = columns_of(policy, cases).by
    yes, known = judge(numpy, by, test, {})
    one_by_one = compile_predicate(test, policy.program.index)
    expected: list[Any] = [one_by_one(policy.program.values(case), {}) for case in cases]
    found = [bool(answer) if sure else None for answer, sure in zip(yes, known, strict=True)]
    assert found == expected
    assert not any(answer and not sure for answer, sure in zip(yes, known, strict=True))


def test_far_dates_need_no_table() -> None:
    policy, test = test_of(TESTS[9])
    cases: list[Mapping[str, Value]] = [
        {"signed_on": date(2026, 3, 1), "founded_on": date(1, 1, 1)},
        {"signed_on": date(2026, 3, 1), "founded_on": date(2026, 2, 28)},
    ]
    yes, known = judge(numpy, columns_of(policy, cases).by, test, {})
    assert (yes.tolist(), known.tolist()) == ([False, True], [True, True])
