"""What an application can't be without: one place for entry, for who verifies, and for what answers a
correction. A row of a portal's file without it is rejected by the reader, by the same table of fields."""

from collections.abc import Iterable, Mapping
from typing import Any

from casework.cases.field_table import NEEDED
from casework.core.refused import Refused
from papers.reading import portal_headings
from rules.pack import Pack
from rules.policy import Policy


def needed_of(packs: Iterable[Pack], scheme: str) -> frozenset[str] | None:
    """The fields that a file of a scheme must have: those that its rules look at, and what every application
    is known by. None where the office has no pack of the scheme."""
    programs = [Policy(pack).program for pack in packs if pack.id == scheme]
    if not programs:
        return None
    return portal_headings.needed(frozenset(name for program in programs for name in program.names))


def needed_at_counter(packs: Iterable[Pack], scheme: str) -> tuple[str, ...]:
    """The fields without which an application of a scheme can't be entered, in the order of the form: a rule
    that looks at no contract needs no amount of one."""
    needed = needed_of(packs, scheme)
    return tuple(name for name in NEEDED if needed is None or name in needed)


def must_be_whole(said: Mapping[str, Any], packs: Iterable[Pack], scheme: str) -> None:
    """Refuse an application that says nothing of what none of its scheme can be without.

    Raises:
        Refused: `refused.field_missing`.
    """
    for name in needed_at_counter(packs, scheme):
        if said.get(name) in (None, ""):
            raise Refused("refused.field_missing", field=name)


def emptied(said: Mapping[str, Any], changes: Mapping[str, Any], needed: Iterable[str]) -> list[str]:
    """The needed fields that an application says and that changes would make empty."""
    gone = [name for name in changes if changes[name] in (None, "") and said.get(name) not in (None, "")]
    return [name for name in gone if name in needed]


def must_stay_whole(
    said: Mapping[str, Any], changes: Mapping[str, Any], packs: Iterable[Pack], scheme: str
) -> None:
    """Refuse changes that empty what no row of a file may leave empty.

    Raises:
        Refused: `refused.field_missing`.
    """
    if not any(value in (None, "") for value in changes.values()):
        return
    needed = needed_of(packs, scheme)
    for name in emptied(said, changes, portal_headings.needed() if needed is None else needed):
        raise Refused("refused.field_missing", field=name)
