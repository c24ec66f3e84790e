"""Positions: what had been used of each cap and was left of the budget when a case came up.

The order of decisions makes the position, so it is taken where the decision is numbered. Which counters a
case draws on is said by `rules.counter_keys`.
"""

from typing import NamedTuple


class Position(NamedTuple):
    """Fen ``used`` of each counter of `Policy.caps` and ``left`` of the budget (``None``: no budget)."""

    used: tuple[int, ...]
    left: int | None
