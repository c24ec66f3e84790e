"""The fast path: the awards of a million cases in their order, by columns instead of case by case.

Where the awards are pure clipping (a rate of the base, clipped by what other support, an applicant's cap and
the budget leave) they follow from running sums, and numpy adds those up. A case fits if it comes out one way
whatever the readings, every fact it needs is known, and the budget reaches for it or is quite gone; any other
goes to the reference, `rules.decide`, at the position that the cases before it made. A policy that this can't
do is refused (`NotFast`), never done nearly right: running sums say nothing of floors, bands, rounding, two
caps that count at once, or a budget that is ranked or shared out.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple, TypeAlias

from rules.counter_keys import Scope
from rules.decide import AWARDED, BLOCKED, REFUSED, Decision, decide
from rules.fast_alone import Alone
from rules.fast_columns import Array, Columns
from rules.faults import Unset
from rules.parts import Stacking
from rules.policy import Policy
from rules.position import Position
from rules.predicate import DAYS, WORKDAYS, FactRef, Predicate, leaves

SHORTEST = 96
"""A stretch of fitting cases shorter than this is decided faster one by one."""

STATUS = (AWARDED, REFUSED, BLOCKED)


class NotFast(ValueError):
    """A policy or cases that running sums can't do; ``reason`` names what is in the way."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Outcome(NamedTuple):
    """What came out, by case; -1 stands for none.

    ``status`` is a place in `STATUS`, ``tier`` one in the pack's tiers, ``binding`` one in ``names``.
    ``reasons`` holds a bit for each condition that failed (refused) or can't be told (blocked).
    ``singles`` holds the decisions of the cases that went to the reference.
    """

    status: Array
    tier: Array
    base: Array
    computed: Array
    award: Array
    binding: Array
    reasons: Array
    names: tuple[str, ...]
    singles: Mapping[int, Decision]


def calculate(policy: Policy, columns: Columns, left: int | None = None, hold: bool = False) -> Outcome:
    """Every case in its order, as `rules.decide` would decide them one after the other.

    Args:
        policy: the policy of every case.
        columns: all that the policy uses of them (`Program.names`).
        left: fen of each budget at the beginning; the policy's own amount where it is ``None``.
        hold: whether a blocked case holds back its largest reading.

    Raises:
        NotFast: the policy is of another shape, or a case has no legal date.
    """
    counted = counted_cap(policy)
    if columns.rows and int(columns.by[policy.pack.chosen_by].values.min()) < 0:
        raise NotFast("no_date")
    alone = Alone(policy, columns)
    alone.work(hold)
    return _Run(alone, counted, policy.budget_amount_fen if left is None else left, hold).run()


def counted_cap(policy: Policy) -> Scope | None:
    """The one cap that counts over cases, if there is one, of a policy that the fast path can do.

    Raises:
        NotFast: the policy is of another shape.
    """
    pack, caps, budget = policy.rules, policy.caps, policy.rules.budget
    one_base = len(pack.base.smallest_of) == 1 and isinstance(pack.base.smallest_of[0], str)
    names = policy.program.row.index
    one_base = one_base and pack.base.needed and pack.base.smallest_of[0] in names
    counted = [scope for scope in caps if scope.cap.per]
    tests = [test for one in pack.conditions for test in (one.test, one.applies_when) if test]
    every = [*tests, *(tier.when for tier in pack.tiers if tier.when)]
    in_the_way = {
        "base": not one_base or bool(pack.base.less) or bool(pack.lines),
        "floor": bool(pack.floors),
        "rounding": bool(pack.rounding),
        "bands": any(tier.bands for tier in pack.tiers),
        "rate": any(isinstance(tier.rate, FactRef) for tier in pack.tiers),
        "applies": any(rule.applies is not True for rule in (*pack.stacking, *pack.caps)),
        "stacking": any(not _of_one_fact(rule, names) for rule in pack.stacking),
        "waiting": any(name in policy.program.waiting for test in every for name in test.unset()),
        "cap_readings": any(scope.readings for scope in caps),
        "known": any(fact.known for fact in policy.program.facts),
        "tests": not all(_counts(leaf, names) for test in every for leaf in leaves(test)),
        "caps": len(counted) > 1 or any(scope.tier or scope.cap.tier_limit for scope in caps),
        "cap_order": bool(counted) and caps[-1] is not counted[0],
        "cap_limit": any(isinstance(scope.cap.limit, Unset) or scope.cap.price is not None for scope in caps),
        "cap_scope": any(_by_other_names(policy, scope) for scope in counted),
        "budget": budget is not None
        and (budget.order != "first_come" or budget.per not in ("year", "programme") or bool(budget.blocked)),
        "conditions": len(tests) > 60 or any(test.unset() for test in tests),
    }
    for reason, found in in_the_way.items():
        if found:
            raise NotFast(reason)
    return counted[0] if counted else None


def _by_other_names(policy: Policy, scope: Scope) -> bool:
    """Whether a counter goes by more than the years and the values as they stand in their columns."""
    named = {"quarter", "month", "contract"} & set(scope.per)
    return bool(named) or scope.was_named_otherwise(policy.pack)


def _of_one_fact(rule: Stacking, names: Mapping[str, int]) -> bool:
    """Whether other support is facts, and a ceiling a share of one fact."""
    one = len(rule.of) == 1 and rule.of[0][1] == 1
    return one and all(name in names for name in (*rule.facts, rule.of[0][0]))


def _counts(test: Predicate, names: Mapping[str, int]) -> bool:
    """Whether a test can be judged over columns (`rules.fast_tests`)."""
    other = test.value if isinstance(test.value, FactRef) else None
    plain = test.op != "known" and test.op not in (*DAYS, *WORKDAYS) and (other is None or not other.by)
    return plain and all(name in names for name in test.facts({}))


class _Run:
    """The cases in their order, against one cap that counts and the budgets."""

    def __init__(self, alone: Alone, counted: Scope | None, left: int | None, hold: bool) -> None:
        self.np, self.alone, self.counted, self.left, self.hold = alone.np, alone, counted, left, hold
        self.policy, self.rows = alone.policy, alone.rows
        self.budget = alone.pack.budget
        self.cap = 1 + len(alone.pack.stacking) + (list(self.policy.caps).index(counted) if counted else 0)
        self.counters, self.budgets = self._counters(), self._budgets()
        self.used = self.np.zeros(self._most(self.counters) + 1, dtype=self.np.int64)
        self.spent = [0] * (self._most(self.budgets) + 1)
        self.closed: set[int] = set()
        self.given = 0
        self.award = self.np.zeros(self.rows, dtype=self.np.int64)
        self.singles: dict[int, Decision] = {}

    def run(self) -> Outcome:
        """Goes through the stretches between the cases that go to the reference."""
        np, alone = self.np, self.alone
        start = 0
        for stop in (*np.flatnonzero(alone.misfit).tolist(), self.rows):
            start = self._between(start, stop)
            if stop < self.rows:
                self._singly((stop,))
                start = stop + 1
        refused = np.where(alone.unknown != 0, 2, 1)
        refused = np.where(alone.failed != 0, 1, refused)
        judged = alone.fits
        outcome = Outcome(
            np.where(self.award > 0, 0, refused),
            np.where(judged, alone.tier, -1),
            np.where(judged, alone.base, -1),
            np.where(judged, alone.computed, -1),
            self.award,
            np.where(judged, alone.binding, -1),
            np.where(alone.failed != 0, alone.failed, alone.unknown),
            alone.names,
            self.singles,
        )
        self._fill(outcome)
        return outcome

    def _fill(self, outcome: Outcome) -> None:
        """Writes what the reference said of single cases into the columns."""
        tiers = {tier.id: at for at, tier in enumerate(self.policy.pack.tiers)}
        names = {name: at for at, name in enumerate(outcome.names)}
        for at, one in self.singles.items():
            outcome.status[at] = STATUS.index(one.status)
            outcome.tier[at] = tiers.get(one.tier, -1)
            outcome.binding[at] = names.get(one.binding, -1)
            outcome.base[at] = -1 if one.base_fen is None else one.base_fen
            outcome.computed[at] = -1 if one.computed_fen is None else one.computed_fen

    # -- counters and budgets as small numbers -------------------------------------------------------

    def _most(self, numbers: Array) -> int:
        return int(numbers.max()) if self.rows else 0

    def _counters(self) -> Array:
        """A number for the counter that each case draws on."""
        code = self.np.zeros(self.rows, dtype=self.np.int64)
        for part in self.counted.cap.per if self.counted else ():
            values = self._years() if part == "year" else self.alone.by[part].values
            if self.rows and values.min() != values.max():
                values = self._dense(values)
                code = self._dense(code * (self._most(values) + 1) + values) if code.any() else values
        return code

    def _dense(self, values: Array) -> Array:
        """The values as small numbers from 0; what is not known is 0."""
        known = self.np.maximum(values, -1) + 1
        if self._most(known) <= 4 * self.rows:
            return known
        return self.np.unique(known, return_inverse=True)[1]

    def _years(self) -> Array:
        """The calendar year of each case."""
        np = self.np
        days = self.alone.by[self.alone.pack.chosen_by].days
        if not self.rows:
            return days
        first, last = (date.fromordinal(int(day)).year for day in (days.min(), days.max()))
        if first == last:
            return np.full(self.rows, first, dtype=np.int64)
        starts = [date(year, 1, 1).toordinal() for year in range(first + 1, last + 1)]
        return first + np.searchsorted(np.array(starts), days, side="right")

    def _budgets(self) -> Array:
        if self.budget is None or self.budget.per == "programme" or self.left is None:
            return self.np.zeros(self.rows, dtype=self.np.int64)
        years = self._years()
        return years - years.min() if self.rows else years

    def _left_of(self, budget: int) -> int | None:
        if self.left is None or self.budget is None:
            return None
        return 0 if budget in self.closed else self.left - self.spent[budget]

    # -- stretches -----------------------------------------------------------------------------------

    def _between(self, start: int, stop: int) -> int:
        """Decides the cases that fit from ``start`` to before ``stop``; answers ``stop``."""
        patience = SHORTEST
        while start < stop:
            end = start
            if stop - start >= SHORTEST:
                rows = slice(start, stop)
                end = stop if self._gone(rows) else self._stretch(rows)
            if end < stop:
                # The budget is short for the next: some by the reference, more each time it comes to nothing.
                patience = SHORTEST if end - start > SHORTEST else 2 * patience
                start, end = end, min(stop, end + patience)
                self._singly(range(start, end))
            start = end
        return start

    def _gone(self, rows: slice) -> bool:
        """Awards nothing where nothing at all is left of any budget of these cases."""
        np, alone = self.np, self.alone
        if any((left := self._left_of(budget)) is None or left > 0 for budget in range(len(self.spent))):
            return False
        asked = alone.asked[rows]
        if self.counted is not None:
            cap_left = np.maximum(self.counted.cap.limit - self.used[self.counters[rows]], 0)
            alone.binding[rows] = np.where(cap_left < asked, self.cap, alone.binding[rows])
            asked = np.minimum(asked, cap_left)
        alone.binding[rows] = np.where(asked > 0, len(alone.names) - 1, alone.binding[rows])
        return True

    def _stretch(self, rows: slice) -> int:
        """Clips one stretch; answers where it ended: before the first case for which the budget is short."""
        np, alone = self.np, self.alone
        asked = alone.asked[rows]
        given, groups = self._capped(rows, asked)
        count = self._reaches(self.budgets[rows], given)
        done = slice(rows.start, rows.start + count)
        self.award[done] = given[:count]
        if groups is not None:
            alone.binding[done] = np.where(given[:count] < asked[:count], self.cap, alone.binding[done])
        if count < len(asked):
            given[count:] = 0
        if groups is not None:
            order, keys, heads = groups
            self.used[keys[heads]] += np.add.reduceat(given[order], heads)
        for budget in range(len(self.spent)):
            own = given if len(self.spent) == 1 else given[self.budgets[rows] == budget]
            self.spent[budget] += int(own.sum())
        self.given += int(given.sum())
        return int(done.stop)

    def _capped(self, rows: slice, asked: Array) -> tuple[Array, tuple[Array, Array, Array] | None]:
        """What the counted cap leaves of each wish, in the order of the cases; and how they were grouped."""
        np = self.np
        if self.counted is None:
            return asked.copy(), None
        limit, counters = self.counted.cap.limit, self.counters[rows]
        order = np.argsort(counters, kind="stable")
        keys, wishes = counters[order], asked[order]
        sums = np.cumsum(wishes)
        heads = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        before = (sums - wishes)[heads] - np.minimum(self.used[keys[heads]], limit)
        sums -= np.repeat(before, np.diff(heads, append=len(keys)))
        given = np.empty_like(sums)
        given[order] = np.minimum(sums, limit) - np.minimum(sums - wishes, limit)
        return given, (order, keys, heads)

    def _reaches(self, budgets: Array, given: Array) -> int:
        """How many cases the budgets reach for in full, from the first."""
        np = self.np
        ends = [len(given)]
        for budget in range(len(self.spent)):
            left = self._left_of(budget)
            if left is not None:
                own = given if len(self.spent) == 1 else np.where(budgets == budget, given, 0)
                sums = np.cumsum(own)
                if int(sums[-1]) > left:
                    ends.append(int(np.searchsorted(sums, left, side="right")))
        return min(ends)

    def _singly(self, rows: Iterable[int]) -> None:
        """Cases that go to the reference, each at its position."""
        for at in rows:
            counter, budget = int(self.counters[at]), int(self.budgets[at])
            used = [int(self.used[counter]) if scope.cap.per else self.given for scope in self.policy.caps]
            position = Position(tuple(used), self._left_of(budget))
            decision = decide(self.policy, self.alone.columns.facts(at), position)
            self.singles[at] = decision
            self.award[at] = decision.award_fen or 0
            counts = decision.holds_fen if self.hold else decision.award_fen or 0
            self.used[counter] += counts
            self.spent[budget] += counts
            self.given += counts
            if decision.stops:
                self.closed.add(budget)


Told: TypeAlias = tuple[str, str, int | None, int | None, str, tuple[str, ...]]


def told(policy: Policy, outcome: Outcome, at: int) -> Told:
    """Status, tier, base, award, binding and reasons of one case, as `Decision` says them."""
    one = outcome.singles.get(at)
    if one is not None:
        return one.status, one.tier, one.base_fen, one.award_fen, one.binding, one.reasons
    status, bits = STATUS[int(outcome.status[at])], int(outcome.reasons[at])
    if bits:
        conditions = policy.pack.conditions
        names = tuple(condition.id for bit, condition in enumerate(conditions) if bits >> bit & 1)
        return status, "", None, None, "", names
    binding, award = outcome.names[int(outcome.binding[at])], int(outcome.award[at])
    tier, base = policy.pack.tiers[int(outcome.tier[at])].id, int(outcome.base[at])
    return status, tier, base, award or None, binding, () if award else (binding,)
