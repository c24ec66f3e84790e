"""Amounts of a file that is calculated without an office which look like yuan under a heading in 万元: what
an import finds as `amount_far_out`, by the same measure.
"""

from array import array
from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

from casework.cases.far_out import FAR, middle_of, most_of
from rules.facts import Value


class FarAmounts:
    """The amounts of a file as its rows stream by, each column under its heading."""

    def __init__(self, headings: Mapping[str, str]) -> None:
        self.headings = headings
        self.said = {fact: array("q") for fact in headings}
        self.above = {fact: array("q") for fact in headings}
        self.each = [(fact, self.said[fact].append, self.above[fact].append) for fact in headings]

    def take(self, facts: Mapping[str, Value], budget_fen: int | None) -> None:
        """The amounts of one row, under a pack that states this budget a year."""
        most = most_of(budget_fen)
        for fact, said, above in self.each:
            fen: Any = facts.get(fact)
            if fen and isinstance(fen, int):  # a version of the pack may say words under the same name
                said(fen)
                if fen > most:
                    above(fen)

    def found(self) -> dict[str, int]:
        """In how many rows an amount is far out, by heading; no heading without any."""
        counted = {heading: self._count(fact) for fact, heading in self.headings.items()}
        return {heading: count for heading, count in counted.items() if count}

    def _count(self, fact: str) -> int:
        rising, above = sorted(self.said[fact]), self.above[fact]
        middle = middle_of(rising)
        if middle is None:
            return len(above)
        far = len(rising) - bisect_left(rising, middle * FAR)
        return far + sum(1 for fen in above if fen < middle * FAR)
