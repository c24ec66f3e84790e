"""The row of values that a policy uses of a case: which facts, in which order, what stands in for empty ones.

The order is the witness's. Every decision takes a row, so the usual one costs little: which kinds of values
stand in it says what is still to be done, and that is remembered.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import NamedTuple, TypeAlias

from rules.facts import FROM_ISO, Constant, Fact, Facts, Value, fits
from rules.predicate import Span, Values
from rules.workdays import Calendar, workday_by, workdays_from

MOST = 10**16
"""Above every amount there is; ten times it still fits a database's whole number."""
_REMEMBERED = 1_000


class _Plan(NamedTuple):
    """What is to be done with a row whose values have certain types: by places in the row."""

    numbers: tuple[int, ...]
    texts: tuple[int, ...]
    moments: tuple[int, ...]
    defaults: tuple["_Stand", ...]


_Stand: TypeAlias = tuple[int, int | None, Value]
"""A place, and what stands in for what is blank there: the place of another fact, else a value."""


class Row:
    """The facts that a policy uses, with their places."""

    def __init__(
        self,
        facts: Mapping[str, Fact],
        names: tuple[str, ...],
        spans: tuple[Span, ...] = (),
        calendar: Calendar | None = None,
    ) -> None:
        self.names = _with_defaults(names, facts)
        self.facts = tuple(facts[name] for name in self.names)
        self.index = {name: at for at, name in enumerate(self.names)}
        self.days: tuple[tuple[int, Callable[[str], Value]], ...] = tuple(
            (at, FROM_ISO[fact.type]) for at, fact in enumerate(self.facts) if fact.type in FROM_ISO
        )
        self._defaults = self._default_places()
        self.calendar = calendar
        self.spans = [
            (self.index[each.name], self.index[each.after], self.index[each.fact], each.by) for each in spans
        ]
        self._absent = tuple(_constant(fact) for fact in self.facts)
        self._plans: dict[tuple[type, ...], _Plan] = {}
        self._last: tuple[tuple[type, ...], _Plan | None] = ((), None)

    def _default_places(self) -> tuple[_Stand, ...]:
        """What stands in for which place: a default that has a default itself is filled in before."""
        places: dict[int, _Stand] = {}

        def settle(name: str) -> None:
            at, fact = self.index[name], self.facts[self.index[name]]
            if isinstance(fact.default, str) and at not in places:
                settle(fact.default)
                places[at] = at, self.index[fact.default], None
            elif fact.default is not None and not isinstance(fact.default, str):
                places[at] = at, None, _constant(fact)

        for name in self.names:
            settle(name)
        return tuple(places.values())

    def take(self, facts: Facts) -> tuple[Values, tuple[str, ...]]:
        """The row of a case, and the facts in it that no rule can use."""
        raw = (*map(facts.get, self.names, self._absent),)
        plan = None if self.spans else self._plan(raw)
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
        for at, other, value in defaults:
            filled[at] = value if other is None else filled[other]
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
        for at, other, value in self._defaults:
            if values[at] is None:
                values[at] = value if other is None else values[other]
        for at, after, until, by in self.spans:
            if values[at] is None:
                values[at] = self._workdays(values[after], values[until], by)
        return tuple(values)

    def _workdays(self, first: Value, last: Value, by: bool) -> int | None:
        """The working days from one day to another; not known without a calendar that knows their years."""
        if self.calendar is None or not isinstance(first, date) or not isinstance(last, date):
            return None
        return (workday_by if by else workdays_from)(self.calendar, first, last)

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
        types = (*map(type, values),)
        before, plan = self._last
        if types == before:  # one case looks like the next, and comparing is cheaper than a look-up
            return plan
        plan = self._plans.get(types)
        if plan is None and all(map(fits, self.facts, values)) and len(self._plans) < _REMEMBERED:
            plan = self._plans[types] = _Plan(
                tuple(at for at, kind in enumerate(types) if issubclass(kind, int) and kind is not bool),
                tuple(at for at, kind in enumerate(types) if issubclass(kind, str)),
                tuple(at for at, kind in enumerate(types) if issubclass(kind, datetime)),
                tuple(stand for stand in self._defaults if values[stand[0]] is None),
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


def _constant(fact: Fact) -> Value:
    """The value that stands for a blank one, where it needs no other fact."""
    if isinstance(fact.default, Constant):
        return fact.default.value
    return 0 if fact.default == 0 else None


def _with_defaults(names: tuple[str, ...], facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """The names, and behind them those of the facts that stand in for empty ones."""
    found = dict.fromkeys(names)
    for name in names:
        default = facts[name].default
        while isinstance(default, str) and default not in found:
            found[default] = None
            default = facts[default].default
    return tuple(found)
