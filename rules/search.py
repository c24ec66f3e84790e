"""A search for a case that satisfies demands, among the edge values of each fact.

Constraint by constraint, with backtracking: facts are filled in one after the other, the most constrained
demand first, and each demand is asked as soon as all its facts are filled in. Where nothing is found and the
search was not cut, no case of these values satisfies them, and `clash` names a smallest set of demands that
already contradict each other.

Where the values of each fact alone may not be enough (a sum, a long chain of comparisons), those that follow
from what is filled in are tried too. If that finds nothing either, there is no case only where every sum
stands by itself, or where none is even if sums were free (`Demand.loose`); else the search counts as cut.
"""

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from rules.facts import Facts, Value

MOST_STEPS = 30_000
"""Demands asked in one search: beyond that it is cut, and says so."""
FEW_STEPS, MOST_FOR_FEW = 2_000, 20_000
"""The same for two demands by themselves, and for all such."""
MOST_FOR_CLASH = 60_000
"""Demands asked until the smallest set of those that clash is looked for no longer, and a small one named."""


class Demand(NamedTuple):
    """One thing a case must satisfy: its name, the facts that it looks at, and whether a case does.

    ``loose``: the same as if sums were facts with whatever value.
    """

    name: str
    facts: tuple[str, ...]
    holds: Callable[[Facts], bool]
    loose: "Demand | None" = None


class Cut(Exception):
    """The search was ended before it was through."""


class Tied(Protocol):
    """What ties facts to each other beyond the values of each alone."""

    def follows(self, name: str, facts: Facts, filled: Collection[str]) -> Iterator[Value]:
        """The values of a fact that follow from those that are filled in."""

    def tied(self, names: Collection[str]) -> tuple[str, ...]:
        """Of these facts those that are terms of one sum with others, or whose values may not be all."""

    def sure(self, names: Collection[str]) -> bool:
        """Whether a search through what follows finds a case of these facts wherever there is one."""


class Search:
    """Cases made of these values, the most ordinary one of each fact first.

    ``loosely``: the search for cases in which sums have whatever value.
    """

    def __init__(
        self, values: Mapping[str, Sequence[Value]], ties: Tied | None = None, loosely: "Search | None" = None
    ) -> None:
        self.values, self.ties, self.loosely = values, ties, loosely
        self.usual: dict[str, Value] = {name: some[0] for name, some in values.items()}
        self.steps = self.asked = 0

    def find(self, demands: Sequence[Demand], steps: int = MOST_STEPS) -> dict[str, Value] | None:
        """A case that satisfies all demands, ordinary in all they do not ask about; ``None``: there is none.

        Raises:
            Cut: it was not through after so many steps.
        """
        try:
            return self._found(demands, steps)
        except Cut:
            if self._few_clash(demands):
                return None
            raise

    def _found(self, demands: Sequence[Demand], steps: int) -> dict[str, Value] | None:
        self.steps = steps
        if all(map(self._asked(self.usual), demands)):
            return dict(self.usual)
        found = dict(self.usual)
        for some in _apart(demands):
            part = self._part(some, steps)
            if part is None:
                return None
            found |= {name: part[name] for demand in some for name in demand.facts}
        return found

    def _part(self, some: Sequence[Demand], steps: int) -> dict[str, Value] | None:
        """A case of demands that hang together."""
        names = dict.fromkeys(name for demand in some for name in demand.facts)
        tied = self.ties.tied(names) if self.ties else ()
        self.steps, cut = steps, False
        try:
            narrow = self._narrowed(some)
            part = (
                None if narrow is None else next(self._filled(self._order(some, narrow), narrow, some), None)
            )
        except Cut:
            part, cut = None, True
        if part is not None or not (tied or cut):
            return part
        return self._followed(some, steps, tied, cut)

    def _followed(
        self, some: Sequence[Demand], steps: int, tied: Sequence[str], cut: bool
    ) -> dict[str, Value] | None:
        """The same among the values that follow from those that are filled in too; each term of a sum is once
        the last, that follows from the others."""
        if self.ties is None:
            raise Cut
        self.steps = steps
        alone = self._narrowed([demand for demand in some if len(demand.facts) == 1])
        if alone is not None:
            order = self._order(some, alone)
            try:
                for last in ("", *tied):
                    turned = [*(name for name in order if name != last), *([last] if last else [])]
                    part = next(self._filled(turned, alone, some, self.ties.follows), None)
                    if part is not None:
                        return part
            except Cut:
                cut = True
        if not cut and self.ties.sure([name for demand in some for name in demand.facts]):
            return None
        if self.loosely and self.loosely._found([demand.loose or demand for demand in some], steps) is None:
            return None
        raise Cut

    def clash(self, demands: Sequence[Demand]) -> tuple[str, ...]:
        """The names of a smallest set of demands that no case satisfies together.

        Raises:
            Cut: every search for one was cut.
        """
        few = self._few_clash(demands)
        if few:
            return tuple(one.name for one in few)
        kept, self.asked = list(demands), 0
        for one in demands:
            rest = [each for each in kept if each is not one]
            if self.asked <= 2 * MOST_FOR_CLASH and self._clashes(rest):
                kept = rest
        if len(kept) == len(demands) and not self._clashes(kept):
            raise Cut
        for size in range(3, len(kept)):
            for some in itertools.combinations(demands, size):
                if self.asked > MOST_FOR_CLASH:
                    break
                if len(_apart(some)) == 1 and self._clashes(some):
                    return tuple(one.name for one in some)
        return tuple(one.name for one in kept)

    def _few_clash(self, demands: Sequence[Demand]) -> tuple[Demand, ...]:
        """Two demands that look at one fact and contradict each other, or one that does by itself: so much is
        sure of many whose search was cut."""
        self.asked = 0
        for some in (*((one,) for one in demands), *itertools.combinations(demands, 2)):
            if self.asked > MOST_FOR_FEW:
                break
            if len(_apart(some)) == 1 and self._clashes(some, FEW_STEPS):
                return some
        return ()

    def _clashes(self, some: Sequence[Demand], steps: int = MOST_STEPS) -> bool:
        try:
            return self._found(some, steps) is None
        except Cut:
            return False

    def _asked(self, facts: Facts) -> Callable[[Demand], bool]:
        def asked(demand: Demand) -> bool:
            self.steps -= 1
            self.asked += 1
            if self.steps < 0:
                raise Cut
            return demand.holds(facts)

        return asked

    def _narrowed(self, demands: Sequence[Demand]) -> dict[str, tuple[Value, ...]] | None:
        """The values of each fact that some demand of one or two facts does not rule out by itself, each left
        with a value of the other that goes with it; ``None`` where none is left."""
        narrow = {name: tuple(self.values[name]) for demand in demands for name in demand.facts}
        waiting = [demand for demand in demands if len(demand.facts) in (1, 2)]
        while waiting:
            demand = waiting.pop(0)
            found = self._goes_together(demand, narrow)
            for name, values in found.items():
                if not values:
                    return None
                if len(values) < len(narrow[name]):
                    narrow[name] = values
                    waiting += [
                        each for each in demands
                        if name in each.facts and len(each.facts) == 2 and each not in (demand, *waiting)
                    ]  # fmt: skip
        return narrow

    def _goes_together(
        self, demand: Demand, narrow: Mapping[str, tuple[Value, ...]]
    ) -> dict[str, tuple[Value, ...]]:
        good: dict[str, dict[Value, None]] = {name: {} for name in demand.facts}
        facts = dict(self.usual)
        for choice in itertools.product(*(narrow[name] for name in demand.facts)):
            if all(value in good[name] for name, value in zip(demand.facts, choice, strict=True)):
                continue
            facts.update(zip(demand.facts, choice, strict=True))
            if self._asked(facts)(demand):
                for name, value in zip(demand.facts, choice, strict=True):
                    good[name][value] = None
        return {name: tuple(one for one in narrow[name] if one in good[name]) for name in demand.facts}

    def _order(self, demands: Sequence[Demand], narrow: Mapping[str, tuple[Value, ...]]) -> list[str]:
        """The facts in the order in which they are filled in: those of the most constrained demand first, and
        then those that share most with what is filled in."""
        order: list[str] = []
        waiting = [demand for demand in demands if demand.facts]
        while waiting:
            waiting.sort(key=lambda demand: self._ways(demand, order, narrow))
            new = [name for name in waiting.pop(0).facts if name not in order]
            order += sorted(new, key=lambda name: len(narrow.get(name, self.values[name])))
        return order

    def _ways(self, demand: Demand, order: Sequence[str], narrow: Mapping[str, tuple[Value, ...]]) -> int:
        ways = 1
        for name in demand.facts:
            ways *= 1 if name in order else len(narrow.get(name, self.values[name]))
        return ways

    def _filled(
        self,
        order: Sequence[str],
        narrow: Mapping[str, tuple[Value, ...]],
        demands: Sequence[Demand],
        follows: Callable[[str, Facts, Collection[str]], Iterator[Value]] | None = None,
    ) -> Iterator[dict[str, Value]]:
        places = {name: at for at, name in enumerate(order)}
        due: dict[int, list[Demand]] = {}
        for demand in demands:
            due.setdefault(max((places[name] for name in demand.facts), default=-1), []).append(demand)
        facts = dict(self.usual)

        def fill(at: int) -> Iterator[dict[str, Value]]:
            if not all(map(self._asked(facts), due.get(at - 1, ()))):
                return
            if at == len(order):
                yield dict(facts)
                return
            more = follows(order[at], facts, set(order[:at])) if follows else ()
            for value in dict.fromkeys((*more, *narrow.get(order[at], self.values[order[at]]))):
                facts[order[at]] = value
                yield from fill(at + 1)
            facts[order[at]] = self.usual[order[at]]

        yield from fill(0)


def _apart(demands: Sequence[Demand]) -> list[list[Demand]]:
    """The demands in groups that share no fact, so that each can be searched by itself."""
    groups: list[tuple[set[str], list[Demand]]] = []
    for demand in demands:
        names, some = set(demand.facts), [demand]
        for group in [each for each in groups if each[0] & names]:
            names |= group[0]
            some = group[1] + some
            groups.remove(group)
        groups.append((names, some))
    return [some for _, some in groups]
