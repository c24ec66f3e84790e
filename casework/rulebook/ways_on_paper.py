"""What tells the ways of reading a rule from each other, as a letter names them. Papers are Chinese."""

from collections.abc import Sequence

from papers.chinese import say
from rules.policy import Policy


def ways_apart(policy: Policy, ways: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """What each way is called: by its tier, or where another has the same by the readings that they do not
    share.

    Args:
        ways: the title of the tier of each, and the readings that lead there (``parameter=reading``).
    """
    tiers = [tier for tier, _ in ways]
    if len(set(tiers)) == len(ways):
        return [say("award.of_tier", tier=tier) for tier in tiers]
    shared = set.intersection(*(set(readings) for _, readings in ways))
    found = []
    for tier, readings in ways:
        parts = [say("award.of_tier", tier=tier)] if len(set(tiers)) > 1 else []
        parts += _readings(policy, [pair for pair in readings if pair not in shared])
        found.append(say("award.and").join(parts))
    return found


def parameter_title(policy: Policy, name: str) -> str:
    """What a parameter is called."""
    declared = policy.pack.parameter(name)
    return declared.title if declared else name


def _readings(policy: Policy, pairs: Sequence[str]) -> list[str]:
    by: dict[str, dict[str, None]] = {}
    for name, reading in (pair.split("=") for pair in pairs):
        by.setdefault(name, {})[reading] = None
    return [
        say(
            "award.of_reading",
            parameter=parameter_title(policy, name),
            readings=say("phrase.or").join(_title(policy, name, reading) for reading in readings),
        )
        for name, readings in by.items()
    ]


def _title(policy: Policy, name: str, reading: str) -> str:
    declared = policy.pack.parameter(name)
    found = next((one for one in declared.readings if one.id == reading), None) if declared else None
    return f"“{found.title or reading if found else reading}”"
