"""Edge values: for each fact of a policy, the values around which one of its rules changes its answer.

A bound of a test and its neighbours (one fen, one day, one second), a choice's words, yes and no, blank.
Where a test compares two facts, each gets the neighbours of the other's values, from one fact to the next,
so that a case can be found in which several such tests hold at once. Where that would be too many, `unsure`
names the facts that lack some. `follows` gives what a fact must be beside facts that are filled in: the last
term of a sum, a day so far from another.
"""

import itertools
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from rules.facts import OF_ROUND, OPEN_END, OPEN_START, Fact, Value
from rules.faults import Unset
from rules.months import add_months
from rules.pack import Pack
from rules.predicate import APART, DAYS, MONTHS, FactRef, Predicate, leaves
from rules.program import Program
from rules.sum_edges import sums
from rules.workdays import Calendar, add_workdays, is_workday

TYPICAL_FEN = 100_000_000
MOST_VALUES, MOST_STEPS = 80, 3_000
"""Values up to which a fact gets some from those that it is compared with, and how often one is handed on."""
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


class Edges:
    """The edge values of a policy without open parameters, by fact, the most ordinary one first."""

    def __init__(
        self,
        pack: Pack,
        program: Program,
        tests: list[Predicate],
        calendar: Calendar | None = None,
        loose: bool = False,
    ) -> None:
        """``loose``: as if sums were facts of their own, with whatever value: not the pack's cases, but where
        even so there is none, the pack has none."""
        self.pack, self.program, self.calendar = pack, program, calendar
        self.facts: Mapping[str, Fact] = {
            fact.id: fact
            for fact in (program.shown_facts if loose else program.facts)
            if not fact.id.startswith("workdays:")
        }
        self.leaves = [*(leaf for test in tests for leaf in leaves(test)), *self._of_founding()]
        self.links = [leaf for leaf in self.leaves if self._linked(leaf)]
        asked = {end for leaf in self.leaves for end in _ends_of(leaf)}
        self.sums = () if loose else tuple(one for one in sums(program) if one.name in asked)
        self.needed = self._needed()
        self.rising = self._rising()
        self.day = self._legal_day()
        self.unsure: set[str] = set()
        self.bounds: dict[str, dict[int, None]] = {}
        self.by = self._found()

    def _of_founding(self) -> list[Predicate]:
        """A founding after the application is not known (`rules.facts_known`)."""
        both = all(name in self.facts for name in ("founded_on", "applied_at"))
        return [Predicate("at_most", "founded_on", FactRef("applied_at", "day"))] if both else []

    def _linked(self, leaf: Predicate) -> bool:
        return all(map(self._fact, _ends_of(leaf))) and not isinstance(leaf.value, Unset)

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
        for leaf in self.links:
            for end in filter(None, map(self._fact, _ends_of(leaf))):
                self._add(found, end.id, self._some(end))
        legal = self.facts.get(self.pack.chosen_by)
        for day in (self.pack.in_force_from, self.pack.in_force_until):
            if legal is not None and day is not None:
                found[legal.id].update(dict.fromkeys(near(legal.type, _typed(legal, day))))
        for name, bound in zip(OF_ROUND, (OPEN_START, OPEN_END), strict=True):
            if name in found:
                found[name][bound] = None
        self._spread(found)
        for values in found.values():
            values.setdefault(None)
        return {name: tuple(values) for name, values in found.items()}

    def _add(self, found: dict[str, dict[Value, None]], name: str, value: Value) -> None:
        """Keeps a value of a fact; of a computed amount, of each fact that it is made of."""
        if name in found:
            found[name][value] = None
            return
        if isinstance(value, int):
            self.bounds.setdefault(name, {})[value] = None
        for one in self.sums:
            for part, each in one.parts.items() if one.name == name else ():
                near_it = (
                    (value // abs(each), -(-value // abs(each)), 0) if isinstance(value, int) else (value,)
                )
                found[part].update(dict.fromkeys(near_it))

    def _spread(self, found: dict[str, dict[Value, None]]) -> None:
        """Takes values from fact to fact, along the comparisons of two, never back to one they came from."""
        waiting = deque(
            (name, value, frozenset((name,))) for name, values in found.items() for value in values
        )
        been: dict[tuple[str, Value], list[frozenset[str]]] = {}
        for _ in range(MOST_STEPS):
            if not waiting:
                return
            name, old, way = waiting.popleft()
            for part, value in self._onward(name, old, way):
                ways = been.setdefault((part, value), [])
                if any(one <= way for one in ways):
                    continue
                if value not in found[part] and len(found[part]) >= MOST_VALUES:
                    self.unsure.add(part)
                    continue
                found[part][value] = None
                ways.append(way)
                waiting.append((part, value, way | {part}))
        self.unsure.update(name for name, _, _ in waiting)

    def _onward(self, name: str, value: Value, way: frozenset[str]) -> Iterator[tuple[str, Value]]:
        """The facts that are compared with one, each with what it gets from its value."""
        for leaf in self.links:
            if name not in _ends_of(leaf):
                continue
            for other, new in self._across(leaf, name, value):
                parts = (other,) if other in self.facts else self.program.behind(other)
                yield from ((part, new) for part in parts if part not in way)

    def follows(self, name: str, facts: Mapping[str, Value], filled: Collection[str]) -> Iterator[Value]:
        """The values of a fact that hang on those that are filled in: where it is compared with one, or is
        the last term of a sum."""
        for leaf in self.links:
            for here, there in itertools.permutations(_ends_of(leaf)):
                edges = [new for _, new in self._across(leaf, there, self._value(there, facts, filled))]
                if name == here:
                    yield from edges
                for one in self.sums:
                    if one.name == here:
                        yield from one.last(name, facts, filled, edges)
        for one in self.sums:
            yield from one.last(name, facts, filled, self.bounds.get(one.name, ()))

    def _value(self, name: str, facts: Mapping[str, Value], filled: Collection[str]) -> Value:
        """A fact's or a sum's value as far as it is filled in."""
        if name in self.facts:
            return facts.get(name) if name in filled else None
        worth = [
            one.worth(facts)
            for one in self.sums
            if one.name == name and all(map(filled.__contains__, one.parts))
        ]
        return min((each for each in worth if each is not None), default=None)

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

    def _across(self, leaf: Predicate, end: str, value: Value) -> Iterator[tuple[str, Value]]:
        """The values that one fact of a comparison of two gets from a value of the other, at ``end``."""
        fact = self._fact(leaf.fact)
        other = self._fact(_ends_of(leaf)[1])
        if fact is None or other is None or value is None:
            return
        one, ahead = (other, False) if end == fact.id else (fact, True)
        if leaf.op in APART:
            yield from ((one.id, _typed(one, day)) for day in self._moved(leaf, as_day(value), ahead))
        elif isinstance(value, date):
            yield from ((one.id, each) for each in near(one.type, _typed(one, value)))
            if isinstance(leaf.value, FactRef) and ":" in leaf.value.by and one.type == "moment":
                at = datetime.combine(as_day(value), time.fromisoformat(leaf.value.by))
                yield from ((one.id, at + shift * SECOND) for shift in (0, 1, -1))
        else:
            yield from ((one.id, each) for each in near(one.type, value))

    def _moved(self, leaf: Predicate, day: date, ahead: bool) -> Iterator[date]:
        """The two days, ahead of another or behind it, between which a test on so many days turns."""
        count, at_most = int(leaf.value), leaf.op.startswith("at_most")
        try:
            if leaf.op in MONTHS:
                edge = add_months(day, count) if ahead else _months_before(day, count, at_most)
            elif leaf.op in DAYS or self.calendar is None:
                edge = day + (count if ahead else -count) * DAY
            elif ahead:
                edge = add_workdays(self.calendar, day, count + at_most) - at_most * DAY
            else:
                edge = _workdays_before(self.calendar, day, count, at_most)
            yield edge
            yield edge + (DAY if at_most == ahead else -DAY)
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


def _ends_of(leaf: Predicate) -> tuple[str, str]:
    """The two facts or sums that a test compares; the second is nothing where it compares with a value."""
    return str(leaf.fact), leaf.value.id if isinstance(leaf.value, FactRef) else leaf.after


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


def _months_before(day: date, count: int, first: bool) -> date:
    """The last day (or the first) of those that so many months lead to a day: many end on the last of one."""
    found, step = add_months(day, -count), -DAY if first else DAY
    if first and add_months(found, count) < day:
        return found + DAY
    while add_months(found + step, count) == day:
        found += step
    return found


def _workdays_before(calendar: Calendar, day: date, count: int, first: bool) -> date:
    """The last day (or the first) after which so many working days come, up to and with a day."""
    left = count
    while left > 0:
        left -= is_workday(calendar, day)
        day -= DAY
    while first and not is_workday(calendar, day):
        day -= DAY
    return day


def _typed(fact: Fact, day: date) -> date:
    return as_moment(day) if fact.type == "moment" else as_day(day)


def as_moment(value: Any) -> datetime:
    """A day as its midnight."""
    return value if isinstance(value, datetime) else datetime.combine(value, time())


def as_day(value: Any) -> date:
    """The day of a moment."""
    return value.date() if isinstance(value, datetime) else value
