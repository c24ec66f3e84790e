"""``fast_path``: a million cases by columns, beside the same clipping in bare numpy, columns already read.

The peer knows one rate a row, one cap and one budget: a stable sort by applicant, running sums, clip, and
back in order. Ours judges the conditions, the tier in each reading, other support and what bound besides.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bench.rounds import Row, medians, row
from casework.rulebook.shipped_packs import shipped
from rules.fast import calculate
from rules.fast_columns import DAY, Column, Columns, encoded
from rules.policy import Policy

COUNT = 1_000_000
APPLICANTS = 200_000
BUDGET_FEN = 10**15
"""As good as endless: both sides go to the last case."""


def rows(count: int = COUNT, rounds: int = 5) -> list[Row]:
    """The measure of the fast path."""
    import numpy

    pack = next(pack for pack in shipped() if pack.ref == "shenzhen-training-voucher@2026")
    policy = Policy(pack)
    columns, bare = made_up(policy, count)
    ours = calculate(policy, columns, BUDGET_FEN).award
    if not numpy.array_equal(ours, clipped(*bare)):
        raise AssertionError("the peer awards otherwise")
    fast, peer = medians([lambda: calculate(policy, columns, BUDGET_FEN), lambda: clipped(*bare)], rounds)
    return [row("fast_path", fast, peer, "s CPU", rounds)]


def made_up(policy: Policy, count: int) -> tuple[Columns, tuple[Any, Any, Any, int, int]]:
    """The columns of the training voucher, and the few that the peer takes: amount, rate, applicant."""
    import numpy as np

    chance = np.random.default_rng(2026)
    young = chance.random(count) < 0.35
    applied = encoded("moment", datetime(2026, 5, 6)) + np.sort(chance.integers(0, 31 * DAY, count))
    signed = date(2026, 5, 1).toordinal() - chance.integers(0, 60, count)
    founded = signed - np.where(young, chance.integers(0, 200, count), chance.integers(500, 9_000, count))
    amount = chance.integers(50_000_000, 1_500_000_000, count)
    applicant = chance.integers(0, APPLICANTS, count)
    made = {
        "applied_at": applied,
        "applicant_kind": np.zeros(count, dtype=np.int64),
        "leased_in_year": amount,
        "related_party": np.zeros(count, dtype=np.int64),
        "provider_admitted": np.ones(count, dtype=np.int64),
        "signed_on": signed,
        "founded_on": founded,
        "contract_amount": amount,
        "other_support": np.zeros(count, dtype=np.int64),
        "applicant": applicant,
        "awarded_before": np.zeros(count, dtype=np.int64),
    }
    unknown = np.full(count, -(2**63), dtype=np.int64)
    kinds = {"applicant_kind": ("enterprise",)}
    by = {}
    for fact in policy.program.facts:
        words = kinds.get(fact.id, ())
        places = {word: at for at, word in enumerate(words)}
        by[fact.id] = Column(fact, made.get(fact.id, unknown), words, places)
    rate = np.where(young, 600_000, 500_000)
    limit = 1_000_000_000
    return Columns(count, by), (amount, rate, applicant, limit, BUDGET_FEN)


def clipped(amount: Any, rate: Any, applicant: Any, limit: int, budget: int) -> Any:
    """The peer: what the cap and the budget leave of each award, by running sums."""
    import numpy as np

    wanted = amount * rate // 1_000_000
    order = np.argsort(applicant, kind="stable")
    keys, wishes = applicant[order], wanted[order]
    sums = np.cumsum(wishes)
    heads = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    sums -= np.repeat((sums - wishes)[heads], np.diff(heads, append=len(keys)))
    given = np.empty_like(sums)
    given[order] = np.clip(limit - (sums - wishes), 0, wishes)
    total = np.cumsum(given)
    return np.clip(budget - (total - given), 0, given)
