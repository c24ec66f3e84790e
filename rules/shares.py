"""Shares of what is left, pro rata: rounded to whole units, and what the rounding leaves above or below.

The shares of all never come to more than is left.
"""

from collections.abc import Sequence
from typing import NamedTuple, cast

from rules.money import Mode, apply_ratio
from rules.parts import Budget


class Sharing(NamedTuple):
    """How a pack shares out (`rules.parts.Budget`).

    ``unit``: shares are whole units of so many fen where they are cut. ``mode``: rounded down, half up or
    half even. ``residual``: where what the rounding leaves goes, or comes from where the shares together
    are more than is left: ``largest_remainder``, whole units, to those whose rounding took the most, from
    those whose rounding gave the most; ``largest``, whole units, to or from the largest requests;
    ``to_largest``, to the fen, to the one largest request, as far as it goes, and from the largest;
    ``left_over``, to nobody (a unit too many comes from those whose
    rounding gave the most). ``above``: a rounded share may be more than what was asked for.
    """

    unit: int = 1
    residual: str = "left_over"
    mode: str = "down"
    above: bool = False

    @classmethod
    def of(cls, budget: Budget) -> "Sharing":
        """As a pack's budget says."""
        return cls(budget.unit, budget.residual, budget.share_mode, budget.above_request)


def shares(
    requests: Sequence[int], left: int, how: Sharing, least: int = 0, at_last: bool = True
) -> list[int]:
    """What each request gets of what is left, in fen.

    Args:
        requests: what each asks for, in the order of arrival.
        left: what there is.
        how: how it is shared.
        least: requests whose share would be below it are left out, the smallest (of equals the latest) first.
            They are given the share, below ``least``, that they were left out with.
        at_last: no share is below ``least`` once what the rounding left has been taken back, too; rounds once
            looked at it before alone, and whom it was taken from had nothing.
    """
    if sum(requests) <= left:
        return list(requests)
    rising = sorted(range(len(requests)), key=lambda at: (requests[at], -at))
    out = _left_out(requests, rising, left, how, least) if least else 0
    parts = _shared_out(requests, rising[out:], left, how)
    while at_last and any(parts[at] < least for at in rising[out:]):
        out += 1
        parts = _shared_out(requests, rising[out:], left, how)
    for at in rising[:out]:
        parts[at] = min(requests[at], least - 1, left)
    return parts


def _shared_out(requests: Sequence[int], places: Sequence[int], left: int, how: Sharing) -> list[int]:
    """What is left shared out among the requests at these places; the others have nothing."""
    kept = sorted(places)
    parts = [0] * len(requests)
    total = sum(requests[at] for at in kept)
    for at in kept:
        parts[at] = requests[at] if total <= left else _part(requests[at], left, total, how)
    if total > left:
        _place(parts, requests, kept, left, total, how)
    return parts


def _part(request: int, left: int, total: int, how: Sharing) -> int:
    part = apply_ratio(request, left, total, how.unit, cast(Mode, how.mode))
    return part if how.above else min(part, request)


def _left_out(requests: Sequence[int], rising: Sequence[int], left: int, how: Sharing, least: int) -> int:
    """How many of the smallest requests are left out so that no share of the rest is below ``least``.

    Requests of nothing are never counted out: they ask for no share.
    """
    total = sum(requests)
    for out, at in enumerate(rising):
        request = requests[at]
        part = request if total <= left else _part(request, left, total, how)
        if request and part >= least:
            return out
        total -= request
    return len(rising)


def _place(
    parts: list[int], requests: Sequence[int], kept: Sequence[int], left: int, total: int, how: Sharing
) -> None:
    """Gives out what rounding has left, or takes back what it has given too much."""
    remaining = left - sum(parts[at] for at in kept)
    unit, by_size = how.unit, sorted(kept, key=lambda at: (-requests[at], at))
    by_remainder = sorted(kept, key=lambda at: (parts[at] * total - requests[at] * left, at))
    if remaining < 0:
        _take(
            parts,
            by_size if how.residual in ("largest", "to_largest") else by_remainder[::-1],
            -remaining,
            how,
        )
    elif how.residual == "largest_remainder":
        for at in by_remainder:
            if remaining >= unit and (how.above or parts[at] + unit <= requests[at]):
                parts[at] += unit
                remaining -= unit
    elif how.residual in ("largest", "to_largest"):
        for at in by_size[:1] if how.residual == "to_largest" else by_size:
            more = remaining if how.above else min(remaining, requests[at] - parts[at])
            more = more if how.residual == "to_largest" else more // unit * unit
            parts[at] += more
            remaining -= more


def _take(parts: list[int], order: Sequence[int], excess: int, how: Sharing) -> None:
    """Takes what is too much from one after the other: by remainder a unit each, from the largest all it
    has."""
    if how.residual == "to_largest":
        for at in order:
            less = min(excess, parts[at])
            parts[at] -= less
            excess -= less
        return
    each = how.residual != "largest"
    while excess > 0:
        for at in order:
            wanted = how.unit if each else -(-excess // how.unit) * how.unit
            less = min(wanted, parts[at]) if excess > 0 else 0
            parts[at] -= less
            excess -= less
