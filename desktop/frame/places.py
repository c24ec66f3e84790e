"""The pages of the rail: who works where. Apart from the acts, so that the first window needs no office."""

from typing import NamedTuple


class Place(NamedTuple):
    """A page of the rail: its name, shortcut, and the roles whose work is there (empty: everyone)."""

    name: str
    shortcut: str
    roles: tuple[str, ...] = ()


PLACES = (
    Place("home", "Alt+1"),
    Place("applications", "Alt+2", ("officer", "approver", "finance", "auditor")),
    Place("entry", "Alt+3", ("officer",)),
    Place("import", "Alt+4", ("officer",)),
    Place("rounds", "Alt+5", ("officer", "approver", "auditor")),
    Place("approval", "Alt+6", ("approver",)),
    Place("policies", "Alt+7", ("officer", "approver", "finance", "auditor")),
    Place("budgets", "Alt+8", ("officer", "approver", "finance", "auditor")),
    Place("overview", "Alt+9", ("officer", "approver", "finance", "auditor")),
    Place("people", "Alt+0", ("system", "rights", "approver")),
    Place("letterhead", "Alt+-"),
)
"""The pages in the order of the rail."""


def places_of(roles: frozenset[str]) -> tuple[Place, ...]:
    """The pages that someone with these roles works on."""
    return tuple(place for place in PLACES if not place.roles or roles.intersection(place.roles))
