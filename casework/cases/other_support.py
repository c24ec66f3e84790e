"""Other support for the same contract, by level: national, city, district (RULES: a rule against double
funding).

What counts is the larger of the sum that was stated and what the levels add up to; where they differ, a
person has to look.
"""

from collections.abc import Mapping

from rules import parts
from rules.facts import Value

SUM, LEVELS = parts.SUPPORT, parts.LEVELS
_SAYS_NOTHING = (None,) * len(LEVELS)


def counted(facts: Mapping[str, Value]) -> Value:
    """Other support in fen as it counts; None where neither a sum nor a level says anything."""
    stated, levels = facts.get(SUM), by_level(facts)
    if not levels:
        return stated
    return max(levels, stated) if isinstance(stated, int) else levels


def differs(facts: Mapping[str, Value]) -> bool:
    """Whether a sum was stated and is another than the levels that were."""
    stated = facts.get(SUM)
    if not isinstance(stated, int) or (*map(facts.get, LEVELS),) == _SAYS_NOTHING:
        return False
    return stated != by_level(facts)


def by_level(facts: Mapping[str, Value]) -> int:
    """What the levels add up to."""
    found = [facts.get(name) for name in LEVELS]
    return sum(value for value in found if isinstance(value, int))
