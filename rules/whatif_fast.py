"""What if, for a million cases: the sums of `rules.whatif` from columns, by the fast path.

It gives the two sides and who gains and loses as sums, not line by line; the awards by case are in the
outcome for whoever wants them. A draft that the fast path can't do is refused (`rules.fast.NotFast`).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from rules.fast import STATUS, Outcome, calculate
from rules.fast_columns import Array, Columns
from rules.months import add_months
from rules.policy import Policy
from rules.whatif import STARTUP_MONTHS, Side, short


class Change(NamedTuple):
    """How many cases change one way, and by how much in all."""

    cases: int
    sum_fen: int


class Sums(NamedTuple):
    """Both sides summed up, who gains and who loses, and what came out by case."""

    then: Side
    now: Side
    gain: Change
    lose: Change
    outcome: Outcome


def what_if_sums(
    draft: Policy,
    columns: Columns,
    then_status: Array,
    then_award: Array,
    small: Array | None = None,
    then_runs_out: Sequence[tuple[str, date]] = (),
) -> Sums:
    """Past cases under a draft policy, summed up.

    Args:
        draft: the policy to try, each of its budgets from the beginning.
        columns: the cases, in the order in which they were decided.
        then_status: what was decided then, as places in `rules.fast.STATUS`.
        then_award: fen awarded then, 0 where none.
        small: which cases are a small firm's.
        then_runs_out: when each budget was gone then, which no column tells.

    Raises:
        NotFast: the draft is of a shape that running sums can't do.
    """
    import numpy as np

    outcome = calculate(draft, columns, hold=True)
    young = _startups(np, columns)
    change = outcome.award - then_award
    gain, lose = change[change > 0], change[change < 0]
    held = sum(one.holds_fen for one in outcome.singles.values() if one.status == STATUS[2])
    return Sums(
        _side(np, then_status, then_award, young, small, 0, tuple(then_runs_out)),
        _side(np, outcome.status, outcome.award, young, small, held, _runs_out(np, draft, columns, outcome)),
        Change(len(gain), int(gain.sum())),
        Change(len(lose), -int(lose.sum())),
        outcome,
    )


def _side(
    np: Any,
    status: Array,
    award: Array,
    young: Array,
    small: Array | None,
    held: int,
    runs_out: tuple[tuple[str, date], ...],
) -> Side:
    awarded, refused, blocked = (int((status == place).sum()) for place in range(3))
    little = 0 if small is None else int(award[small].sum())
    return Side(awarded, refused, blocked, int(award.sum()), held, int(award[young].sum()), little, runs_out)


def _startups(np: Any, columns: Columns) -> Array:
    """Who was founded under twelve months before the application, where both days are known."""
    if "founded_on" not in columns.by or "applied_at" not in columns.by:
        return np.zeros(columns.rows, dtype=bool)
    founded, applied = columns.by["founded_on"].days, columns.by["applied_at"].days
    found = (founded > 0) & (applied > 0) & (applied >= founded)
    recent = found & (applied - founded <= 366)
    ends = [add_months(date.fromordinal(int(day)), STARTUP_MONTHS).toordinal() for day in founded[recent]]
    recent[np.flatnonzero(recent)] = applied[recent] < np.array(ends, dtype=np.int64)
    return recent | ((founded > 0) & (applied > 0) & (applied < founded))


def _runs_out(np: Any, draft: Policy, columns: Columns, outcome: Outcome) -> tuple[tuple[str, date], ...]:
    """The day of the first case of each budget for which it did not reach."""
    budget = draft.pack.budget
    if budget is None:
        return ()
    days = columns.by[draft.pack.chosen_by].days
    bound = np.flatnonzero(outcome.binding == outcome.names.index(budget.id)).tolist()
    bound += [at for at, one in outcome.singles.items() if short(draft, one)]
    first: dict[str, date] = {}
    for at in _earliest(bound, days):
        key, day = draft.budget_key(columns.facts(at)) or "", date.fromordinal(int(days[at]))
        first[key] = min(day, first.get(key, day))
    return tuple(sorted(first.items()))


def _earliest(places: Sequence[int], days: Array) -> list[int]:
    """Of many places one for each day: the budget's key hangs on the day alone."""
    by_day: dict[int, int] = {}
    for at in places:
        by_day.setdefault(int(days[at]), at)
    return list(by_day.values())
