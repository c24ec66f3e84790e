"""What takes an act back: only where nothing is lost and no money moves; money is reversed by own acts.

An act that can be taken back has its opposite here, with the arguments that it wants. The opposite is an act
like any other: it is asked whether this person may do it now, and it stands in the log beside the first.
"""

from typing import Any, NamedTuple


class Undo(NamedTuple):
    """The act that takes another back, by its name, with its arguments."""

    act: str
    args: tuple[Any, ...]


OPPOSITE: dict[str, tuple[str, int]] = {
    "suspend": ("resume", 1),
    "give_role": ("end_role", 2),
    "end_role": ("give_role", 2),
    "lock_person": ("unlock_person", 1),
    "unlock_person": ("lock_person", 1),
}
"""By act: its opposite, and how many of its own arguments the opposite takes."""


def undo_of(act: str, args: tuple[Any, ...]) -> Undo | None:
    """What takes an act with these arguments back; None where nothing does."""
    if act not in OPPOSITE:
        return None
    opposite, count = OPPOSITE[act]
    return Undo(opposite, args[:count]) if len(args) >= count else None
