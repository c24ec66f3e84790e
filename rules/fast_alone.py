"""What each case of the fast path comes to on its own: conditions, tier, and what it asks for.

`Alone` works over whole columns. A case that has no one answer here (a fact is missing, readings disagree,
an officer's own rate, an amount awarded before) is a misfit, and goes to the reference.
"""

from collections.abc import Mapping
from typing import Any

from rules.counter_keys import scope_facts
from rules.facts import MILLION
from rules.fast_columns import MISSING, Array, Column, Columns
from rules.fast_tests import Judged, judge
from rules.faults import Unset
from rules.policy import Policy

_NUMBERS = ("money", "rate", "integer")
MOST = 10**15
"""Larger numbers are left to the reference."""


class Alone:
    """The cases one by one, before any cap that counts and the budget.

    After `work`: ``failed`` and ``unknown`` hold a bit for each condition, ``fits`` the cases that pass and
    have one answer, ``misfit`` those that have not; ``tier``, ``base``, ``computed``, ``asked`` and
    ``binding`` (a place in ``names``) are those of the cases that fit.
    """

    def __init__(self, policy: Policy, columns: Columns) -> None:
        import numpy

        self.np = numpy
        self.policy, self.pack, self.rows, self.columns = policy, policy.rules, columns.rows, columns
        self.by = {name: self._filled(name) for name in policy.program.names}
        budget = (self.pack.budget.id,) if self.pack.budget else ()
        caps = (scope.cap.id for scope in policy.caps)
        self.names = ("rate", *(rule.id for rule in self.pack.stacking), *caps, *budget)
        self.misfit: Array = numpy.zeros(self.rows, dtype=bool)
        self.asked: Array = self.misfit

    def _filled(self, name: str) -> Column:
        """A fact with its default in the place of what is not known."""
        column = self.columns.by[name]
        default = column.fact.default
        if default is None or not (column.values == MISSING).any():
            return column
        other = 0 if default == 0 else self._filled(str(default)).values
        values = self.np.where(column.values == MISSING, other, column.values)
        return Column(column.fact, values, column.words, column.places)

    def work(self, hold: bool) -> None:
        """Works it all out; with ``hold`` a case that waits for an answer is a misfit, as it holds money."""
        np = self.np
        self._unusable()
        self._conditions()
        waits = (self.unknown != 0) & (self.failed == 0)
        if hold:
            self.misfit |= waits
        self.fits = (self.failed == 0) & (self.unknown == 0)
        self._tiers()
        self._asked()
        self.fits &= ~self.misfit
        self.asked = np.where(self.fits, self.asked, 0)

    def _unusable(self) -> None:
        """Numbers that no rule can use are for the reference to say."""
        for column in self.by.values():
            values = column.values
            if self.rows and column.fact.type in _NUMBERS and not 0 <= values.min() <= values.max() <= MOST:
                self.misfit |= ((values < 0) & (values != MISSING)) | (values > MOST)

    # -- conditions ----------------------------------------------------------------------------------

    def _conditions(self) -> None:
        np = self.np
        self.failed, self.unknown = (np.zeros(self.rows, dtype=np.int64) for _ in range(2))
        for bit, condition in enumerate(self.pack.conditions):
            yes, known = self._judge(condition.test, {}, condition.round_window)
            if condition.applies_when is not None:
                asked, asked_known = self._judge(condition.applies_when, {})
                unasked = asked_known & ~asked
                sure = known & (asked_known | yes)
                yes, known = yes | unasked, sure | unasked
            self._mark(self.failed, known & ~yes, bit)
            self._mark(self.unknown, ~known, bit)

    @staticmethod
    def _mark(bits: Array, rows: Array, bit: int) -> None:
        if rows.any():
            bits[rows] |= 1 << bit

    def _judge(self, test: Any, readings: Mapping[str, Any], round_window: bool = False) -> Judged:
        return judge(self.np, self.by, test, readings, round_window)

    # -- tiers ---------------------------------------------------------------------------------------

    def _tiers(self) -> None:
        """The tier of each case; one that has no sure tier, or another in another reading, is a misfit."""
        first, *others = (self._tier_under(readings) for readings in self.policy.program.tier_readings)
        for other in others:
            self.misfit |= self.fits & (other != first)
        self.misfit |= self.fits & (first < 0)
        self.tier = first

    def _tier_under(self, readings: Mapping[str, Any]) -> Array:
        np = self.np
        tier = np.full(self.rows, -1, dtype=np.int64)
        still = np.ones(self.rows, dtype=bool)
        for rank in sorted({rule.priority for rule in self.pack.tiers}, reverse=True):
            hits = np.zeros(self.rows, dtype=np.int8)
            for at, rule in enumerate(self.pack.tiers):
                if rule.priority != rank:
                    continue
                if rule.when is None:
                    tier[still] = at
                    continue
                yes, known = self._judge(rule.when, readings)
                tier[still & yes] = at
                hits += np.where(known, yes, 2).astype(np.int8)
            tier[still & (hits > 1)] = -1
            still = still & (hits == 0)
        return tier

    # -- amounts -------------------------------------------------------------------------------------

    def _asked(self) -> None:
        """What each case asks for before the counters, and what has bound it so far."""
        np = self.np
        base = self.by[str(self.pack.base.smallest_of[0])].values
        needed = {name for scope in self.policy.caps for name in scope_facts(self.pack, scope.per)}
        self.misfit |= self.fits & (base < 0)
        for name in needed:
            self.misfit |= self.fits & (self.by[name].values == MISSING)
        self.base = np.where(self.fits & ~self.misfit, base, 0)
        self.place = np.maximum(self.tier, 0)
        self.computed = self.asked = self._computed()
        self.binding = np.zeros(self.rows, dtype=np.int64)
        for number, rule in enumerate(self.pack.stacking, 1):
            limit, engaged = self._stacking(rule)
            self._bind(engaged & (limit < self.asked), limit, number)
        for number, scope in enumerate(self.policy.caps, 1 + len(self.pack.stacking)):
            self._unusual(scope.cap.before, 0)
            self._unusual(scope.cap.overrun_reason, MISSING)
            if not scope.cap.per:
                self._bind(self.asked > scope.cap.limit, scope.cap.limit, number)

    def _bind(self, rows: Array, limit: Any, number: int) -> None:
        if rows.any():
            self.asked = self.np.where(rows, limit, self.asked)
            self.binding[rows] = number

    def _unusual(self, name: str, usual: int) -> None:
        if name:
            self.misfit |= self.fits & (self.by[name].values != usual)

    def _computed(self) -> Array:
        np, tiers = self.np, self.pack.tiers
        for at, rule in enumerate(tiers):
            if isinstance(rule.rate, Unset) or isinstance(rule.fixed, Unset):
                self.misfit |= self.fits & (self.place == at)
            elif rule.up_to:
                self.misfit |= self.fits & (self.place == at) & (self.by[rule.officer[0]].values != MISSING)
        computed = self._share(self.base, [rule.rate for rule in tiers])
        if any(isinstance(rule.fixed, int) for rule in tiers):
            fixed = [rule.fixed if isinstance(rule.fixed, int) else -1 for rule in tiers]
            sums = np.array(fixed, dtype=np.int64)[self.place]
            computed = np.where(sums >= 0, sums, computed)
        return computed

    def _share(self, amount: Array, rates: list[Any]) -> Array:
        """``amount`` × its tier's rate in millionths, rounded down, without leaving 63 bits on the way."""
        plain = [rate if isinstance(rate, int) else 0 for rate in rates]
        rate: Any = plain[0]
        if any(other != rate for other in plain):
            rate = self.np.array(plain, dtype=self.np.int64)[self.place]
        if self.rows and int(amount.max()) * max(plain) < 2**63:
            return amount * rate // MILLION
        return amount // MILLION * rate + amount % MILLION * rate // MILLION

    def _stacking(self, rule: Any) -> tuple[Array, Array]:
        """What other public money leaves, and in which cases there is any."""
        np = self.np
        other = np.zeros(self.rows, dtype=np.int64)
        for name in rule.facts:
            values = self.by[name].values
            self.misfit |= self.fits & (values < 0)
            other += np.maximum(values, 0)
        engaged = other > 0
        if rule.how == "exclude":
            return np.zeros(self.rows, dtype=np.int64), engaged
        if rule.how == "deduct":
            return np.maximum(self.computed - other, 0), engaged
        whole = self.by[rule.of[0][0]].values
        self.misfit |= self.fits & engaged & (whole < 0)
        own = dict(rule.tier_share)
        shares = [own.get(tier.id, rule.share) for tier in self.pack.tiers]
        for at, share in enumerate(shares):
            if isinstance(share, Unset):
                self.misfit |= self.fits & engaged & (self.place == at)
        part = self._share(np.where(engaged, np.maximum(whole, 0), 0), shares)
        return np.maximum(part - other, 0), engaged
