"""Amounts that follow from a case's facts and that rules name as if they were facts: sums, and the base.

They stand behind the facts in the row of values that the rules go through, are worked out anew each time, and
are kept nowhere: the facts are.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias, cast

from rules.facts import Fact
from rules.faults import MOST_FEN, Unset
from rules.money import Mode, apply_ratio
from rules.pack import Pack
from rules.parts import BASE, BASE_FACT, Rounding, Terms, Total
from rules.predicate import Values

Work: TypeAlias = Callable[[list[Any]], int | None]


class Computed:
    """The computed amounts of a pack, behind a row of so many facts."""

    def __init__(self, pack: Pack, index: Mapping[str, int], uses_base: bool) -> None:
        used: dict[str, Total] = {}
        for total in pack.totals:  # of one that no rule names the facts are not in the row
            if all(term in index or term in used for term, _ in total.terms):
                used[total.id] = total
        self.prices = {total.id: total.price for total in used.values() if total.price is not None}
        self.open_prices = any(isinstance(price, Unset) for price in self.prices.values())
        self.terms: dict[str, Terms] = {total.id: total.terms for total in used.values()}
        facts = [Fact(total.id, "money", total.title, total.title_en) for total in used.values()]
        self.facts = (*facts, *([BASE_FACT] if uses_base else []))
        self.names = tuple(fact.id for fact in self.facts)
        self.index = {**index, **{name: len(index) + at for at, name in enumerate(self.names)}}
        self._works: tuple[Work, ...] = tuple(map(self._total, used.values()))
        self.base_terms, self.counted = base_terms(pack), counted_terms(pack)
        if uses_base:
            self._works += (self._base(pack),)

    def full(self, values: Values) -> Values:
        """The values with the computed amounts behind them; ``None`` where a fact of one is not known."""
        found = list(values)
        for work in self._works:
            found.append(work(found))
        return tuple(found)

    def blank(self, name: str, values: Values) -> tuple[str, ...]:
        """The facts because of which a value is not known, and the price that is not set."""
        if name in self.terms:
            parts = [each for term, _ in self.terms[name] for each in self.blank(term, values)]
            price = self.prices.get(name)
            return tuple(dict.fromkeys([*parts, *([price.id] if isinstance(price, Unset) else [])]))
        if name == BASE and name in self.names:
            return tuple(dict.fromkeys(each for term in self.base_terms for each in self.blank(term, values)))
        return (name,) if values[self.index[name]] is None else ()

    def _total(self, one: Total) -> Work:
        places, price = [(self.index[name], sign) for name, sign in one.terms], one.price

        def work(values: list[Any]) -> int | None:
            total = 0
            for at, sign in places:
                value = values[at]
                if value is None:
                    return None
                total += sign * value
            total = max(0, total)
            if price is None:
                return total
            return None if isinstance(price, Unset) or total * price > MOST_FEN else total * int(price)

        return work

    def _base(self, pack: Pack) -> Work:
        line = next((rounding for rounding in pack.rounding if rounding.where == "line"), None)
        if any(isinstance(slot, Unset) for slot in pack.base.smallest_of) or not self.base_terms:
            return lambda values: None
        counts = [self.index[line_.fact] for line_ in pack.lines]
        least = [] if counts else [self.index[str(slot)] for slot in pack.base.smallest_of]
        less = [] if counts else [self.index[name] for name in pack.base.less]

        def work(values: list[Any]) -> int | None:
            if any(values[at] is None for at in (*counts, *least, *less)):
                return None
            if counts:
                return sum([int(values[at]) for at in counts])
            smallest = min(rounded(values[at], line) for at in least)
            return max(0, smallest - sum(rounded(values[at], line) for at in less))

        return work


def base_terms(pack: Pack) -> tuple[str, ...]:
    """The facts and sums that the base is made of, with those that are deducted, where none is unset."""
    return tuple(dict.fromkeys((*counted_terms(pack), *(() if pack.lines else pack.base.less))))


def summed(pack: Pack, names: Iterable[str]) -> tuple[str, ...]:
    """Of these amounts those that are sums, with the sums that they are made of."""
    terms = {total.id: total.terms for total in pack.totals}
    found, waiting = [], list(names)
    while waiting:
        name = waiting.pop(0)
        if name in terms and name not in found:
            found.append(name)
            waiting += [term for term, _ in terms[name]]
    return tuple(found)


def counted_terms(pack: Pack) -> tuple[str, ...]:
    """Those of them with which the base rises."""
    slots = [slot for slot in pack.base.smallest_of if isinstance(slot, str)]
    return tuple(dict.fromkeys([line.fact for line in pack.lines] or slots))


def rounded(amount: int, rounding: Rounding | None) -> int:
    """An amount as a pack rounds it at one place; unchanged where it says nothing of that place."""
    return amount if rounding is None else apply_ratio(amount, 1, 1, rounding.unit, cast(Mode, rounding.mode))
