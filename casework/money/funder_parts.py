"""What of an amount falls on each funder of an award, to the fen.

How an award is split is the pack's (`rules.decide.split_award`): each one's part, odd fen to one of
them. What leaves such a sum later (a part that is paid, released, lapses) is taken from each in proportion to
what stands there for them, so that nobody's part ever falls below zero and all parts sum to the whole.
"""

from collections.abc import Mapping


def parts_of(split: str) -> dict[str | None, int] | None:
    """An award's parts as a decision keeps them (`city:600;district:400`); None where nobody shares it."""
    if not split:
        return None
    said = (part.rpartition(":") for part in split.split(";"))
    return {name: int(fen) for name, _, fen in said}


def taken(held: Mapping[str | None, int], amount_fen: int) -> dict[str | None, int]:
    """What each funder gives of an amount that is taken from what stands for them.

    Each gives their share rounded down; a fen more give those with the largest remainder, the first named
    first. Taking all of it takes all of each.

    Raises:
        ValueError: more is taken than stands there.

    >>> taken({"city": 600, "district": 400}, 333)
    {'city': 200, 'district': 133}
    """
    whole = sum(held.values())
    if not 0 <= amount_fen <= whole or min(held.values(), default=0) < 0:
        raise ValueError("no more can be taken than stands there")
    parts = {name: amount_fen * fen // whole if whole else 0 for name, fen in held.items()}
    left = amount_fen - sum(parts.values())
    by_remainder = sorted(held, key=lambda name: -(amount_fen * held[name] % whole) if whole else 0)
    for name in by_remainder[:left]:
        parts[name] += 1
    return parts
