"""The fonts that an office's papers are drawn with, and what is said where none of them has a character."""

from collections.abc import Callable

from casework.core.office import Office
from casework.core.refused import Refused
from papers.drawing.fonts import FontSet, UncoveredCharacter, of_office, own_folder


def draw(office: Office, paper: Callable[[FontSet], bytes]) -> bytes:
    """Draw a paper with the fonts of the office.

    Raises:
        Refused: as `require`.
    """
    try:
        return paper(of_office(office.demonstration))
    except UncoveredCharacter as fault:
        raise _uncovered(fault) from fault


def require(office: Office, text: str) -> None:
    """Refuse a text that could not be drawn whole.

    Raises:
        Refused: `refused.uncovered`: which characters, and where a font that has them goes.
    """
    try:
        of_office(office.demonstration).require([("body", text)])
    except UncoveredCharacter as fault:
        raise _uncovered(fault) from fault


def folder() -> str:
    """Where a font goes that has what the others lack."""
    return str(own_folder())


def _uncovered(fault: UncoveredCharacter) -> Refused:
    return Refused("refused.uncovered", characters=fault.characters, folder=folder())
