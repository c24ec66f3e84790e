"""The row of values that a policy uses of a case: which facts, in which order, what stands in for empty ones.

The order is the witness's. Every decision takes a row, so the usual one costs little: which kinds of values
stand in it says what is still to be done, and that is remembered.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from rules.facts import FROM_ISO, Fact, Facts, Value, fits
from rules.predicate import Values

MOST = 10**16
"""Above every amount there is; ten times it still fits a database's whole number."""
_REMEMBERED = 1_000


class _Plan(NamedTuple):
    """What is to be done with a row whose values have certain types: by places in the row."""

    numbers: tuple[int, ...]
    texts: tuple[int, ...]
    moments: tuple[int, ...]
    defaults: tuple[tuple[int, int | None], ...]


class Row:
    """The facts that a policy uses, with their places."""

    def __init__(self, facts: Mapping[str, Fact], names: tuple[str, ...]) -> None:
        self.names = _with_defaults(names, facts)
        self.facts = tuple(facts[name] for name in self.names)
        self.index = {name: at for at, name in enumerate(self.names)}
        self.days: tuple[tuple[int, Callable[[str], Value]], ...] = tuple(
            (at, FROM_ISO[fact.type]) for at, fact in enumerate(self.facts) if fact.type in FROM_ISO
        )
        self._defaults = self._default_places()
        self._absent = tuple(0 if fact.default == 0 else None for fact in self.facts)
        self._plans: dict[tuple[type, ...], _Plan] = {}
        self._last: tuple[tuple[type, ...], _Plan | None] = ((), None)

    def _default_places(self) -> tuple[tuple[int, int | None], ...]:
        """Which place stands in for which: a default that has a default itself is filled in before."""
        places: dict[int, int | None] = {}

        def settle(name: str) -> None:
            at, default = self.index[name], self.facts[self.index[name]].default
            if isinstance(default, str) and at not in places:
                settle(default)
                places[at] = self.index[default]
            elif default == 0:
                places[at] = None

        for name in self.names:
            settle(name)
        return tuple(places.items())

    def take(self, facts: Facts) -> tuple[Values, tuple[str, ...]]:
        """The row of a case, and the facts in it that no rule can use."""
        raw = tuple(map(facts.get, self.names, self._absent))
        plan = self._plan(raw)
        if plan is None:
            values = self.values(facts)
            return values, self.unusable(values)
        numbers, texts, moments, defaults = plan
        for at in numbers:
            if not 0 <= raw[at] <= MOST:  # type: ignore[operator]  # the plan says that it is a number
                return self._with_care(facts)
        for at in texts:
            if not raw[at]:
                return self._with_care(facts)
        for at in moments:
            if raw[at].tzinfo is not None:  # type: ignore[union-attr]
                return self._with_care(facts)
        if not defaults:
            return raw, ()
        filled = list(raw)
        for at, other in defaults:
            filled[at] = 0 if other is None else filled[other]
        return tuple(filled), ()

    def _with_care(self, facts: Facts) -> tuple[Values, tuple[str, ...]]:
        values = self.values(facts)
        return values, self.unusable(values)

    def values(self, facts: Facts) -> Values:
        """The row of a case, defaults filled in; blank texts are not known, a bare day is its midnight."""
        values = list(map(facts.get, self.names))
        for at, fact in enumerate(self.facts):
            value = values[at]
            if value == "":
                values[at] = None
            elif fact.type == "moment" and type(value) is date:
                values[at] = datetime(value.year, value.month, value.day)
        for at, other in self._defaults:
            if values[at] is None:
                values[at] = 0 if other is None else values[other]
        return tuple(values)

    def unusable(self, values: Values) -> tuple[str, ...]:
        """The facts whose values no rule can use: of another type than theirs, below zero, or too large."""
        plan = self._plan(values)
        if plan is None:
            return self._misfits(values)
        for at in plan.numbers:
            if not 0 <= values[at] <= MOST:
                return self._misfits(values)
        for at in plan.moments:
            if values[at].tzinfo is not None:
                return self._misfits(values)
        return ()

    def _plan(self, values: Values) -> _Plan | None:
        """What is to be done with a row of these types; ``None`` where one of them is none of its fact's."""
        types = tuple(map(type, values))
        before, plan = self._last
        if types == before:  # one case looks like the next, and comparing is cheaper than a look-up
            return plan
        plan = self._plans.get(types)
        if plan is None and all(map(fits, self.facts, values)) and len(self._plans) < _REMEMBERED:
            plan = self._plans[types] = _Plan(
                tuple(at for at, kind in enumerate(types) if issubclass(kind, int) and kind is not bool),
                tuple(at for at, kind in enumerate(types) if issubclass(kind, str)),
                tuple(at for at, kind in enumerate(types) if issubclass(kind, datetime)),
                tuple(pair for pair in self._defaults if values[pair[0]] is None),
            )
        if plan is not None:
            self._last = types, plan
        return plan

    def _misfits(self, values: Values) -> tuple[str, ...]:
        return tuple(
            fact.id
            for fact, value in zip(self.facts, values, strict=True)
            if not fits(fact, value) or (isinstance(value, int) and value > MOST)
        )


def _with_defaults(names: tuple[str, ...], facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """The names, and behind them those of the facts that stand in for empty ones."""
    found = dict.fromkeys(names)
    for name in names:
        default = facts[name].default
        while isinstance(default, str) and default not in found:
            found[default] = None
            default = facts[default].default
    return tuple(found)
