"""The measure of the fast path measures the same awards on both sides."""

import numpy

from bench.fast import BUDGET_FEN, clipped, made_up, rows
from casework.rulebook.shipped_packs import shipped
from rules.fast import calculate
from rules.policy import Policy


def test_both_sides_award_the_same_and_no_case_needs_the_reference() -> None:
    policy = Policy(next(pack for pack in shipped() if pack.ref == "shenzhen-training-voucher@2026"))
    columns, bare = made_up(policy, 3_000)
    outcome = calculate(policy, columns, BUDGET_FEN)
    assert numpy.array_equal(outcome.award, clipped(*bare))
    assert not outcome.singles
    assert len(set(outcome.tier.tolist())) == 2 and len(set(outcome.binding.tolist())) == 2


def test_it_answers_one_row() -> None:
    (found,) = rows(3_000, rounds=1)
    assert found["name"] == "fast_path" and found["unit"] == "s CPU"
