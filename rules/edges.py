"""Edge values: for each fact of a policy, the values around which one of its rules changes its answer.

A bound of a test and its neighbours (one fen, one day, one second), a choice's words, yes and no, blank.
Where a test compares two facts, each gets the neighbours of the other's values, so that a case can be found
in which several such tests hold at once.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from rules.facts import Fact, Value
from rules.faults import Unset
from rules.months import add_months
from rules.pack import Pack
from rules.parts import BASE
from rules.predicate import APART, DAYS, MONTHS, FactRef, Predicate, leaves
from rules.program import Program
from rules.workdays import Calendar, add_workdays

TYPICAL_FEN = 100_000_000
MOST_VALUES, ROUNDS = 40, 3
"""Values of one fact, and how often comparisons of two facts are followed."""
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


class Edges:
    """The edge values of a policy without open parameters, by fact, the most ordinary one first."""

    def __init__(
        self, pack: Pack, program: Program, tests: list[Predicate], calendar: Calendar | None = None
    ) -> None:
        self.pack, self.program, self.calendar = pack, program, calendar
        self.facts: Mapping[str, Fact] = {
            fact.id: fact for fact in program.facts if not fact.id.startswith("workdays:")
        }
        self.leaves = [leaf for test in tests for leaf in leaves(test)]
        self.needed = self._needed()
        self.rising = self._rising()
        self.day = self._legal_day()
        self.by = self._found()

    def usual(self, name: str) -> Value:
        """The most ordinary value of a fact."""
        fact, day = self.facts[name], self.day
        if fact.type == "money":
            base = name == "contract_amount" or name in self.rising
            return TYPICAL_FEN if base else 0 if fact.default == 0 or name in self.needed else None
        if fact.type == "moment":
            return None if name.startswith("window_") else day
        if fact.type == "date":
            days = {"founded_on": -1100, "signed_on": 0, "starts_on": 0, "ends_on": 300}
            return day.date() + timedelta(days=days.get(name, 0))
        usual_words: dict[str, Value] = {name: f"{name}-1"} if name in self.needed else {}
        if fact.type == "choice":
            return fact.choices[0] if fact.choices else "enterprise"
        if any(name in tier.officer for tier in self.pack.tiers):
            return None
        rate = 100_000 if fact.type == "rate" and name in self.needed else None
        return {"text": usual_words.get(name), "yes_no": True, "integer": 1, "rate": rate}[fact.type]

    def _rising(self) -> tuple[str, ...]:
        """The facts with which the base rises: not those that a sum takes away."""
        program, terms = self.program, self.program.computed.terms
        found: dict[str, None] = {}
        waiting = [(name, 1) for name in program.computed.counted]
        while waiting:
            name, sign = waiting.pop(0)
            waiting += [(term, sign * of) for term, of in terms.get(name, ())]
            if name not in terms and sign > 0:
                found.update(dict.fromkeys(program.behind(name)))
        return tuple(found)

    def _legal_day(self) -> datetime:
        """A moment at which the pack is in force and its window is open."""
        opens = [datetime.combine(self.pack.in_force_from, time())]
        for leaf in self.leaves:
            if leaf.op == "within" and leaf.fact == self.pack.chosen_by and leaf.value[0] is not None:
                opens.append(as_moment(leaf.value[0]))
        return max(opens)

    def _needed(self) -> frozenset[str]:
        """The facts without which no amount can be calculated: an ordinary case knows them all."""
        computed = self.program.computed
        names = {name for rule in self.pack.stacking for name in rule.facts} | set(self.pack.base.less)
        names |= {line.fact for line in self.pack.lines}
        names |= {rate.id for rate in (tier.rate for tier in self.pack.tiers) if isinstance(rate, FactRef)}
        for scope in self.program.scopes:
            names |= {*self.program.scope_facts(scope), scope.cap.before}
        for total in [name for name in names if name in computed.terms]:
            names |= {term for term, _ in computed.terms[total]}
        return frozenset(names | {name for name, fact in self.facts.items() if fact.known})

    # -- the values ------------------------------------------------------------------------------------

    def _found(self) -> dict[str, tuple[Value, ...]]:
        found: dict[str, dict[Value, None]] = {name: {self.usual(name): None} for name in self.facts}
        for leaf in self.leaves:
            for name, value in self._around(leaf):
                self._add(found, name, value)
        for _ in range(ROUNDS):
            before = {name: len(values) for name, values in found.items()}
            for leaf in self.leaves:
                for name, value in list(self._across(leaf, found)):
                    self._add(found, name, value)
            if before == {name: len(values) for name, values in found.items()}:
                break
        for values in found.values():
            values.setdefault(None)
        return {name: tuple(values) for name, values in found.items()}

    def _add(self, found: dict[str, dict[Value, None]], name: str, value: Value) -> None:
        """Keeps a value of a fact; of a computed amount, of each fact that it is made of."""
        if name in found:
            if len(found[name]) < MOST_VALUES:
                found[name][value] = None
            return
        computed = self.program.computed
        terms = computed.base_terms if name == BASE else [term for term, _ in computed.terms.get(name, ())]
        for term in terms:
            self._add(found, term, value)

    def _around(self, leaf: Predicate) -> Iterator[tuple[str, Value]]:
        """The values around what a test compares its fact with."""
        fact = self._fact(leaf.fact)
        if fact is None or isinstance(leaf.value, Unset | FactRef) or leaf.op in APART:
            return
        if leaf.op in ("given", "known"):
            yield from ((fact.id, None), (fact.id, self._some(fact)))
            return
        bounds = leaf.value if leaf.op in ("within", "one_of", "none_of") else (leaf.value,)
        for bound in bounds:
            if bound is not None:
                yield from ((fact.id, value) for value in near(fact.type, bound))
        if fact.type == "yes_no":
            yield from ((fact.id, answer) for answer in (True, False))
        if leaf.op in ("is", "one_of", "none_of") and fact.type in ("choice", "text"):
            yield from ((fact.id, word) for word in fact.choices)
            yield fact.id, None if fact.choices else "something-else"

    def _across(
        self, leaf: Predicate, found: Mapping[str, Mapping[Value, None]]
    ) -> Iterator[tuple[str, Value]]:
        """The values that one fact of a comparison of two gets from the other's."""
        fact = self._fact(leaf.fact)
        other = self._fact(leaf.value.id if isinstance(leaf.value, FactRef) else leaf.after)
        if fact is None or other is None or isinstance(leaf.value, Unset):
            return
        for one, from_, ahead in ((other, fact, False), (fact, other, True)):
            for value in list(found.get(from_.id, ()))[:MOST_VALUES]:
                if value is None:
                    continue
                if leaf.op in APART:
                    moved = self._moved(leaf, as_day(value), ahead)
                    yield from (
                        (one.id, _typed(one, day + shift * DAY)) for day in moved for shift in (-1, 0, 1)
                    )
                elif isinstance(value, date):
                    yield from ((one.id, each) for each in near(one.type, _typed(one, value)))
                else:
                    yield from ((one.id, each) for each in near(one.type, value))

    def _moved(self, leaf: Predicate, day: date, ahead: bool) -> Iterator[date]:
        """The day so many months or days ahead of another or behind it, and the other itself."""
        count = int(leaf.value)
        yield day
        try:
            if leaf.op in MONTHS:
                yield add_months(day, count if ahead else -count)
            elif leaf.op in DAYS or self.calendar is None:
                yield day + (count if ahead else -count) * DAY
            elif ahead:
                yield add_workdays(self.calendar, day, count)
            else:
                yield from (day - days * DAY for days in range(count, 2 * count + 12, 3))
        except (ValueError, OverflowError):  # off the calendar: no day of ours
            return

    def _fact(self, name: object) -> Fact | None:
        if not isinstance(name, str):
            return None
        computed = {fact.id: fact for fact in self.program.computed.facts}
        return self.facts.get(name) or computed.get(name)

    def _some(self, fact: Fact) -> Value:
        if fact.choices:
            return fact.choices[0]
        kinds: dict[str, Value] = {"text": "given", "choice": "given", "yes_no": True, "moment": self.day}
        return kinds.get(fact.type, self.day.date() if fact.type == "date" else 1)


def near(kind: str, bound: Any) -> Iterator[Value]:
    """A bound and its neighbours."""
    if kind in ("money", "integer", "rate"):
        yield from (bound + shift for shift in (0, 1, -1) if bound + shift >= 0)
    elif kind == "moment":
        moment = as_moment(bound)
        yield from (moment, moment + DAY, moment - SECOND)
    elif kind == "date":
        yield from (bound, bound + DAY, bound - DAY)
    else:
        yield bound


def _typed(fact: Fact, day: date) -> date:
    return as_moment(day) if fact.type == "moment" else as_day(day)


def as_moment(value: Any) -> datetime:
    """A day as its midnight."""
    return value if isinstance(value, datetime) else datetime.combine(value, time())


def as_day(value: Any) -> date:
    """The day of a moment."""
    return value.date() if isinstance(value, datetime) else value
