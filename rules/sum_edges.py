"""Sums among the facts of a policy, for the search for a case: which value the last of their terms must have.

Where the edge values of each fact alone reach no case, a sum may stand in the way: of ``a - b`` between two
bounds the last term is worked out from the others and a bound.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from rules.facts import Facts, Value
from rules.faults import MOST_FEN
from rules.parts import BASE
from rules.program import Program


@dataclass(frozen=True, slots=True)
class Sum:
    """A computed amount as facts, each with what one of its units adds in fen (below zero: takes away)."""

    name: str
    parts: Mapping[str, int]

    def worth(self, facts: Facts) -> int | None:
        """What it comes to; ``None`` where a fact is not known."""
        total = _total(self.parts, facts)
        return None if total is None else max(0, total)

    def last(self, name: str, facts: Facts, filled: Collection[str], edges: Iterable[Value]) -> Iterator[int]:
        """The values of a term with which the sum comes to an edge, where all others are filled in."""
        others = {part: each for part, each in self.parts.items() if part != name}
        told = _total(others, facts) if all(part in filled for part in others) else None
        if told is None or name not in self.parts:
            return
        for edge in edges:
            if isinstance(edge, int):
                near = (edge - told) // self.parts[name]
                yield from (value for value in (near, near + 1) if 0 <= value <= MOST_FEN)


def _total(parts: Mapping[str, int], facts: Facts) -> int | None:
    total = 0
    for name, each in parts.items():
        value = facts.get(name)
        if not isinstance(value, int):
            return None
        total += value * each
    return total


def sums(program: Program) -> tuple[Sum, ...]:
    """The computed amounts of a policy, down to its facts; the base once for each amount that it is the
    smallest of."""
    computed = program.computed
    found = [Sum(name, _parts(program, name)) for name in computed.terms]
    if BASE in computed.names:
        less = () if program.pack.lines else program.pack.base.less
        counted = [computed.counted] if program.pack.lines else [(name,) for name in computed.counted]
        for names in counted:
            parts: dict[str, int] = {}
            for name, sign in [*((one, 1) for one in names), *((one, -1) for one in less)]:
                for part, each in _parts(program, name).items():
                    parts[part] = parts.get(part, 0) + sign * each
            found.append(Sum(BASE, parts))
    return tuple(Sum(one.name, {part: each for part, each in one.parts.items() if each}) for one in found)


def _parts(program: Program, name: str) -> dict[str, int]:
    terms, price = program.computed.terms, program.computed.prices.get(name)
    if name not in terms:
        return {name: 1}
    found: dict[str, int] = {}
    for term, sign in terms[name]:
        for part, each in _parts(program, term).items():
            found[part] = found.get(part, 0) + sign * each * (price if isinstance(price, int) else 1)
    return found
